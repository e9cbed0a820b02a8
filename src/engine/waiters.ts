/** Those in this process who await an execution's end. */
import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { answerOf } from "./children.ts";
import type { End } from "./execution-end.ts";
import { notFound } from "./teller.ts";

export interface Waiters {
  /** Subscribes, then reads, then waits: an end between the two is not missed. */
  readonly result: (id: string, read: () => Promise<End | undefined>) => Promise<unknown>;
  readonly end: (id: string, end: End) => void;
}

export function openWaiters(): Waiters {
  const waiting = new Map<string, Set<(end: End) => void>>();

  function subscribe(id: string): { readonly later: Promise<End>; readonly leave: () => void } {
    const { promise, resolve } = Promise.withResolvers<End>();
    const all = waiting.get(id) ?? new Set();
    waiting.set(id, all.add(resolve));
    const leave = (): void => {
      all.delete(resolve);
      if (all.size === 0) waiting.delete(id);
    };
    return { later: promise, leave };
  }

  function end(id: string, how: End): void {
    const resolves = waiting.get(id);
    if (resolves === undefined) return;
    waiting.delete(id);
    for (const resolve of resolves) resolve(how);
  }

  return {
    result: async (id, read) => {
      const { later, leave } = subscribe(id);
      try {
        const known = await read();
        if (known !== undefined) end(id, known);
      } catch (error) {
        leave();
        throw error;
      }
      return outputOf(id, await later);
    },
    end,
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

/** How an ended execution ended; undefined while it is open. @throws Fault `not_found` */
export async function readEnd(ledger: Ledger, id: string): Promise<End | undefined> {
  const found = await ledger.find(id);
  if (found === undefined) throw notFound(id);
  if (!found.ended) return undefined;
  const last = (await ledger.read(found.no, 0)).at(-1);
  const fact = last?.facts.at(-1);
  if (fact?.t === "failed") return { state: found.state, fault: fact.fault };
  if (fact?.t !== "completed") return { state: found.state };
  const output = await answerOf({ ledger }, found.no, last?.version ?? 0, fact);
  return { state: found.state, output };
}
