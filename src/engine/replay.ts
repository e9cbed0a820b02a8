/** How far a lane's function has come in asking again for what is on record. */
import { Fault } from "#domain/fault.ts";

import type { History, Recorded } from "./history.ts";

export interface Replay {
  readonly isOver: () => boolean;
  /** What is on record for a path that is asked for now. @throws Fault `step_name_reused` */
  readonly visit: (path: string) => Recorded | undefined;
  /** A path on record that was not asked for. */
  readonly unasked: () => string | undefined;
  /** Does it now, or when the replay is over: it is about the waits that are open then. */
  readonly whenOver: (work: () => void) => void;
  readonly end: () => void;
}

export function openReplay(history: History, replaying: boolean): Replay {
  const visited = new Set<string>();
  let over = !replaying;
  let later: (() => void)[] = [];
  return {
    isOver: () => over,
    visit: (path) => {
      if (visited.has(path)) {
        throw new Fault("step_name_reused", `The name "${path}" is used twice in one lane.`, {
          suggestion: `Give each its own name, such as step(["${path}", i], …) in a loop.`,
        });
      }
      visited.add(path);
      return history.paths.get(path);
    },
    unasked: () => {
      for (const [path, { carried }] of history.paths)
        if (carried !== true && !visited.has(path)) return path;
      return undefined;
    },
    whenOver: (work) => {
      if (over) work();
      else later.push(work);
    },
    end: () => {
      over = true;
      const works = later;
      later = [];
      for (const work of works) work();
    },
  };
}
