import type { Clock } from "#domain/clock.ts";

/** Time that passes only when it is moved, at once to where something is to happen. */
export interface MovedClock extends Clock {
  /** Alarms on the way ring in their order; one that is set by another on the way rings too. */
  readonly moveTo: (at: number) => void;
  /** The first alarm after now; null: there is none. */
  readonly next: () => number | null;
}

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

export function movedClock(start: number): MovedClock {
  let now = start;
  const alarms = new Set<Alarm>();
  const earliest = (): Alarm | undefined =>
    [...alarms].reduce<Alarm | undefined>(
      (first, alarm) => (first === undefined || alarm.at < first.at ? alarm : first),
      undefined,
    );

  function ringDue(): void {
    for (let alarm = earliest(); alarm !== undefined && alarm.at <= now; alarm = earliest()) {
      alarms.delete(alarm);
      alarm.ring();
    }
  }

  return {
    now: () => now,
    at: (at, ring) => {
      const alarm = { at, ring };
      alarms.add(alarm);
      if (at <= now) queueMicrotask(ringDue);
      return () => {
        alarms.delete(alarm);
      };
    },
    moveTo: (at) => {
      now = Math.max(now, at);
      ringDue();
    },
    next: () => earliest()?.at ?? null,
  };
}
