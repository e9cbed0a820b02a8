/**
 * `once`: the intent is on disk before the effect. Whoever finds an intent without a completion (after
 * a crash, after a lost answer) first asks the outside whether it happened. What was found is done;
 * what was surely not done is tried again; what cannot be known is *uncertain*, and never repeated.
 */
import type { FactOf } from "#domain/facts.ts";
import { Fault, keepFault } from "#domain/fault.ts";

import type { LaneRun } from "./lane-run.ts";
import type { Once } from "./program.ts";
import { stepFault } from "./steps.ts";

const DEADLINE_MS = 30_000;
const FIND_ATTEMPTS = 5;

type Intent = FactOf<"stepIntended">;

export async function intend<Output>(
  lane: LaneRun,
  path: string,
  key: string,
  once: Once<Output>,
): Promise<Intent> {
  const sendBy = lane.clock.now() + (once.deadlineMs ?? DEADLINE_MS);
  const intent = { t: "stepIntended", path, key, sendBy } as const;
  lane.stream.record(intent);
  await lane.write({});
  return intent;
}

/** The signal of an attempt: canceled with its lane, and over at its deadline. */
export function onceDeadline<Output>(
  lane: LaneRun,
  once: Once<Output> | undefined,
): { readonly signal: AbortSignal; readonly cancel: () => void } {
  const { signal } = lane.controller;
  if (once === undefined) return { signal, cancel: () => undefined };
  const deadline = new AbortController();
  const ms = once.deadlineMs ?? DEADLINE_MS;
  const cancel = lane.clock.at(lane.clock.now() + ms, () => {
    deadline.abort(new Fault("unavailable", `No answer within ${ms} ms.`, { happened: "unknown" }));
  });
  return { signal: AbortSignal.any([signal, deadline.signal]), cancel };
}

/** Undefined: it surely did not happen, and may be tried. @throws Fault when that cannot be known */
export async function findOut<Output>(
  lane: LaneRun,
  path: string,
  once: Once<Output>,
  { key, sendBy }: Intent,
): Promise<{ readonly found: Output } | undefined> {
  const early = await ask(lane, once, key);
  if (early !== undefined) return record(lane, path, early);
  if (lane.clock.now() <= sendBy) {
    // An attempt may still be under way somewhere: until its deadline, "not found" means nothing.
    await lane.wait(path, { due: sendBy + 1, ready: (now) => now > sendBy });
    await lane.beforeEffect();
    const late = await ask(lane, once, key);
    if (late !== undefined) return record(lane, path, late);
  }
  if (once.authoritative) return undefined;
  const fault = keepFault(
    new Fault("effect_uncertain", `It is not known whether "${path}" happened.`, {
      scope: "contact",
      suggestion: "Look at the other side; then mark it as done, or retry it.",
    }),
    path,
  );
  lane.stream.record({ t: "stepUncertain", path, fault });
  throw stepFault(fault);
}

function record<Output>(
  lane: LaneRun,
  path: string,
  { found }: { readonly found: Output },
): { readonly found: Output } {
  const json = JSON.stringify(found) as string | undefined;
  lane.stream.recordAnswer({ t: "stepDone", path, ms: 0 }, json, found);
  return { found };
}

/** Looking costs nothing and changes nothing, so it is tried more than once. */
async function ask<Output>(
  lane: LaneRun,
  once: Once<Output>,
  key: string,
): Promise<{ readonly found: Output } | undefined> {
  return await lane.during(async () => {
    for (let number = 1; ; number += 1) {
      try {
        return await once.find(key);
      } catch (error) {
        if (number === FIND_ATTEMPTS) throw error;
      }
    }
  });
}
