/** Those in this process who await an execution's end. */
import { Fault } from "#domain/fault.ts";

import type { End } from "./execution-run.ts";

export interface Waiters {
  /** Subscribes, then reads, then waits: an end between the two is not missed. */
  readonly result: (id: string, read: () => Promise<End | undefined>) => Promise<unknown>;
  readonly end: (id: string, end: End) => void;
}

export function openWaiters(): Waiters {
  const waiting = new Map<string, ((end: End) => void)[]>();

  function subscribe(id: string): Promise<End> {
    return new Promise((resolve) => {
      const others = waiting.get(id);
      if (others === undefined) waiting.set(id, [resolve]);
      else others.push(resolve);
    });
  }

  return {
    result: async (id, read) => {
      const later = subscribe(id);
      const known = await read();
      if (known !== undefined) waiting.delete(id);
      return outputOf(id, known ?? (await later));
    },
    end: (id, end) => {
      const resolves = waiting.get(id);
      if (resolves === undefined) return;
      waiting.delete(id);
      for (const resolve of resolves) resolve(end);
    },
  };
}

function outputOf(id: string, { state, output, fault }: End): unknown {
  if (state === "completed") return output;
  if (fault === undefined) throw new Fault("canceled", `The execution ${id} was ${state}.`);
  throw new Fault("step_failed", fault.message, {
    facts: { executionId: id, code: fault.code, step: fault.step },
    ...(fault.suggestion !== undefined && { suggestion: fault.suggestion }),
  });
}
