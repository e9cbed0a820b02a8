/** A clock that stands still until a test moves it. */
import type { Clock } from "./clock.ts";

export interface TestClock extends Clock {
  /** Time passes, so many milliseconds; alarms on the way ring in their order, each at its time. */
  readonly advance: (ms: number) => void;
  /** Somebody sets the clock forward, or back: no time passes, and no alarm rings for it. */
  readonly jump: (ms: number) => void;
  /** Milliseconds that have passed, whatever the clock was set to. */
  readonly uptime: () => number;
}

interface Alarm {
  /** By what will have passed. */
  readonly due: number;
  readonly ring: () => void;
}

/** A clock at a moment, by default 2026-01-05T09:00:00Z (a Monday). @param start epoch milliseconds */
export function testClock(start: number = Date.UTC(2026, 0, 5, 9)): TestClock {
  let passed = 0;
  let began = start;
  let alarms: readonly Alarm[] = [];

  function ringUntil(until: number): void {
    for (;;) {
      const first = alarms.filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
      if (first === undefined) return;
      alarms = alarms.filter((alarm) => alarm !== first);
      passed = Math.max(passed, first.due);
      first.ring();
    }
  }

  return {
    now: () => began + passed,
    uptime: () => passed,
    at: (at, ring) => {
      const alarm = { due: at - began, ring };
      alarms = [...alarms, alarm];
      if (alarm.due <= passed) queueMicrotask(() => ringUntil(passed));
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    advance: (ms) => {
      const until = passed + ms;
      ringUntil(until);
      passed = until;
    },
    jump: (ms) => {
      began += ms;
    },
  };
}
