/** Time is a value that comes from here, so that tests can move it. Epoch milliseconds. */
export interface Clock {
  readonly now: () => number;
  /** Calls `then` once, at or soon after `at`; the returned function takes the alarm back. */
  readonly at: (at: number, then: () => void) => () => void;
}

const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The real clock: it has no setter. Its alarms never keep a process alive by themselves. */
export const systemClock: Clock = {
  now: Date.now,
  at: (at, then) => {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const ms = at - Date.now();
      timer = setTimeout(
        ms > LONGEST_TIMEOUT ? arm : then,
        Math.min(Math.max(ms, 0), LONGEST_TIMEOUT),
      );
      timer.unref();
    };
    arm();
    return () => {
      clearTimeout(timer);
    };
  },
};
