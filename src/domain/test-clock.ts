/** A clock that stands still until a test moves it. */
import type { Clock } from "./clock.ts";

export interface TestClock extends Clock {
  /** Moves time on by so many milliseconds; alarms on the way ring in their order, each at its time. */
  readonly advance: (ms: number) => void;
}

/** A clock at a moment, by default 2026-01-05T09:00:00Z (a Monday). @param start epoch milliseconds */
export function testClock(start: number = Date.UTC(2026, 0, 5, 9)): TestClock {
  let now = start;
  let alarms: { readonly at: number; readonly ring: () => void }[] = [];

  function ringUntil(until: number): void {
    for (;;) {
      const due = alarms.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) return;
      alarms = alarms.filter((alarm) => alarm !== due);
      now = Math.max(now, due.at);
      due.ring();
    }
  }

  return {
    now: () => now,
    at: (at, ring) => {
      const alarm = { at, ring };
      alarms.push(alarm);
      if (at <= now) queueMicrotask(() => ringUntil(now));
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    advance: (ms) => {
      const until = now + ms;
      ringUntil(until);
      now = until;
    },
  };
}
