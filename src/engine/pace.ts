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

/** Work that is done once more where it was asked for meanwhile. */
export class Repeating {
  readonly #work: () => Promise<void>;
  #asked = false;
  #busy = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Undefined: it is under way, and will be done once more. */
  ask(): Promise<void> | undefined {
    this.#asked = true;
    return this.#busy ? undefined : this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#asked) {
      this.#asked = false;
      await this.#work();
    }
    this.#busy = false;
  }
}

/** One time at a time to be rung at. */
export class Alarm {
  readonly #clock: Clock;
  #disarm: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(at: number | null, ring: () => void): void {
    this.clear();
    if (at !== null) this.#disarm = this.#clock.at(at, ring);
  }

  clear(): void {
    this.#disarm?.();
    this.#disarm = undefined;
  }
}
