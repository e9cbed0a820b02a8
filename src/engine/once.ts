/**
 * `once`: the intent is on disk before the effect. Whoever finds an intent without a completion (after
 * a crash, after a lost answer) first asks the outside whether it happened. What was found is done;
 * what was surely not done is tried again; what cannot be known is *uncertain*, and never repeated.
 */
import type { FactOf } from "#domain/facts.ts";
import { Fault, keepFault } from "#domain/fault.ts";

import { jsonOf } from "./answer.ts";
import type { Recorded } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import type { Once } from "./program.ts";
import { stepFault } from "./step-fault.ts";

const DEADLINE_MS = 30_000;
const FIND_ATTEMPTS = 5;

type Intent = FactOf<"stepIntended">;

export async function intend<Output>(
  lane: LaneRun,
  path: string,
  key: string,
  once: Once<Output>,
  state: Recorded,
): Promise<void> {
  const sendBy = lane.clock.now() + (once.deadlineMs ?? DEADLINE_MS);
  const intent = { t: "stepIntended", path, key, sendBy } as const;
  const put = (): void => {
    lane.stream.record(intent);
  };
  if (once.reserve === undefined || state.reserved === true) {
    put();
    await lane.write({});
  } else await reserve(lane, once.reserve, put);
  Object.assign(state, { intended: intent, reserved: true });
}

const RESERVE_ATTEMPTS = 20;

/** What is reserved is in the intent's own append; where it was overtaken it is decided again. */
async function reserve(
  lane: LaneRun,
  decide: NonNullable<Once<unknown>["reserve"]>,
  put: () => void,
): Promise<void> {
  for (let number = 1; ; number += 1) {
    try {
      await lane.writeWith(put, await decide());
      return;
    } catch (error) {
      const isStale = error instanceof Fault && error.code === "stale";
      if (!isStale || number === RESERVE_ATTEMPTS) throw error;
    }
  }
}

const nothing = (): void => undefined;

/** The signal of an attempt: canceled with its lane, and over at its deadline. */
export function onceDeadline<Output>(
  lane: LaneRun,
  once: Once<Output> | undefined,
): { readonly signal: AbortSignal; readonly cancel: () => void } {
  const { controller } = lane;
  if (once === undefined) {
    return {
      // Most attempts never look at their signal, and making one costs.
      get signal() {
        return controller.signal;
      },
      cancel: nothing,
    };
  }
  const deadline = new AbortController();
  const ms = once.deadlineMs ?? DEADLINE_MS;
  const cancel = lane.clock.at(lane.clock.now() + ms, () => {
    deadline.abort(new Fault("unavailable", `No answer within ${ms} ms.`, { happened: "unknown" }));
  });
  return { signal: AbortSignal.any([controller.signal, deadline.signal]), cancel };
}

/** Undefined: it surely did not happen, and may be tried. @throws Fault when that cannot be known */
export async function findOut<Output>(
  lane: LaneRun,
  path: string,
  once: Once<Output>,
  { key, sendBy }: Intent,
  subject?: string,
): Promise<{ readonly found: Output } | undefined> {
  const early = await ask(lane, once, key);
  if (early !== undefined) return await record(lane, path, once, early, subject);
  if (lane.clock.now() <= sendBy) {
    // An attempt may still be under way somewhere: until its deadline, "not found" means nothing.
    await lane.wait(path, { due: sendBy + 1, ready: (now) => now > sendBy });
    await lane.beforeEffect();
    const late = await ask(lane, once, key);
    if (late !== undefined) return await record(lane, path, once, late, subject);
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

/**
 * Before the first attempt of a retry: whether another execution with the same keys has had the effect.
 * What goes with the completion was written there.
 */
export async function findElsewhere<Output>(
  lane: LaneRun,
  path: string,
  once: Once<Output>,
  key: string,
  subject?: string,
): Promise<{ readonly found: Output } | undefined> {
  const known = await ask(lane, once, key);
  return known === undefined
    ? undefined
    : await record(lane, path, { ...once, settle: () => [] }, known, subject);
}

/** A lane that is stopped asks once more, so that what has happened is on record when it ends. */
export async function findOutAtLast<Output>(
  lane: LaneRun,
  path: string,
  once: Once<Output>,
  { key }: Intent,
  subject?: string,
): Promise<void> {
  const found = await ask(lane, once, key);
  if (found !== undefined) await record(lane, path, once, found, subject);
}

async function record<Output>(
  lane: LaneRun,
  path: string,
  { settle }: Once<Output>,
  { found }: { readonly found: Output },
  subject?: string,
): Promise<{ readonly found: Output }> {
  const json = jsonOf(found, `step "${path}"`);
  const done = (): void => {
    lane.stream.recordAnswer({ t: "stepDone", path, ms: 0 }, json, found, { subject });
  };
  const writes = settle?.(found) ?? [];
  if (writes.length === 0) done();
  else await lane.during(() => lane.writeWith(done, writes));
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
