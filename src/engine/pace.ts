/** What goes on in a lane while it is in memory: how much, once more, and until when. */
import type { Clock } from "#domain/clock.ts";

/** Counts what is under way, and tells when nothing is. */
export interface Activity {
  readonly count: () => number;
  readonly add: (by: 1 | -1) => void;
  readonly idle: () => Promise<void>;
}

export function openActivity(): Activity {
  let active = 0;
  let waiting: (() => void)[] = [];
  return {
    count: () => active,
    add: (by) => {
      active += by;
      if (active > 0 || waiting.length === 0) return;
      const all = waiting;
      waiting = [];
      for (const resolve of all) resolve();
    },
    idle: async () => {
      if (active > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

/**
 * Does the work, and once more where it was asked for meanwhile. Undefined: it is under way, and will be
 * done once more.
 */
export function openRepeating(work: () => Promise<void>): () => Promise<void> | undefined {
  let asked = false;
  let busy = false;
  const run = async (): Promise<void> => {
    while (asked) {
      asked = false;
      await work();
    }
    busy = false;
  };
  return () => {
    asked = true;
    if (busy) return undefined;
    busy = true;
    return run();
  };
}

/** One time at a time to be rung at. */
export interface Alarm {
  readonly set: (at: number | null, ring: () => void) => void;
  readonly clear: () => void;
}

export function openAlarm(clock: Clock): Alarm {
  let disarm: (() => void) | undefined;
  const clear = (): void => disarm?.();
  return {
    set: (at, ring) => {
      clear();
      if (at !== null) disarm = clock.at(at, ring);
    },
    clear,
  };
}
