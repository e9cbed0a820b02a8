import { type TestClock, testClock } from "#domain/test-clock.ts";

/** A clock whose alarms a test can wait for, each with how far ahead it was set. */
export interface AlarmClock extends TestClock {
  /** The next alarm that is set, from the first on, one a call. */
  readonly alarm: () => Promise<number>;
}

export function alarmClock(): AlarmClock {
  const clock = testClock();
  const set: number[] = [];
  const waiting: ((ms: number) => void)[] = [];
  return {
    ...clock,
    at: (at, ring) => {
      const takeBack = clock.at(at, ring);
      const ms = at - clock.now();
      const waiter = waiting.shift();
      if (waiter === undefined) set.push(ms);
      else waiter(ms);
      return takeBack;
    },
    alarm: async () => set.shift() ?? new Promise((resolve) => waiting.push(resolve)),
  };
}
