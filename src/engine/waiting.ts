/** Whether a lane waits, for all to see; and what it gives back while it does. */
import { openWaits, type Waits } from "./lane.ts";
import type { Stream } from "./stream.ts";

export interface Waiting extends Waits {
  readonly isOnRecord: () => boolean;
  /** Records what it waits for, and until when. */
  readonly begin: (due: number | null) => void;
  /** The guard that was given back meanwhile is taken again where it is free; it goes on either way. */
  readonly end: () => void;
}

export function openWaiting(
  stream: Stream,
  already: boolean,
  guards: readonly string[] = [],
): Waiting {
  const waits = openWaits();
  let waiting = already;
  return {
    ...waits,
    isOnRecord: () => waiting,
    begin: (due) => {
      if (waiting) return;
      waiting = true;
      const on = waits.paths();
      stream.record(due === null ? { t: "waiting", on } : { t: "waiting", on, until: due });
    },
    end: () => {
      if (!waiting) return;
      waiting = false;
      stream.record({ t: "resumed" });
      if (guards.length > 0) stream.goesAlong({ retake: guards });
    },
  };
}
