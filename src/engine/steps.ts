/** How a step is done once: an answer on record is given again, else its work is tried until it holds. */
import { Fault } from "#domain/fault.ts";
import type { Write } from "#store/store.ts";

import type { Gate } from "./gate.ts";
import type { Recorded } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import { never } from "./lane.ts";
import { findElsewhere, findOut, findOutAtLast, intend, onceDeadline } from "./once.ts";
import { pathOf } from "./path.ts";
import type { Attempt, StepName, StepOptions } from "./program.ts";
import { stepFault } from "./step-fault.ts";
import {
  complete,
  doubt,
  fail,
  giveUp,
  type Answered,
  type Missed,
  type Step,
} from "./step-records.ts";

export interface StepPlace {
  readonly lane: LaneRun;
  /** Starts every key of this lane's steps: the first execution of a row of retries, and the lane's entity. */
  readonly keyBase: string;
  /** Others have used these keys: executions that this one tries again, or that try the same one again. */
  readonly sharesKeys: boolean;
  readonly random: () => number;
  readonly gate?: Gate;
}

type Work<Output> = (attempt: Attempt) => Promise<Output> | Output;

interface Doing<Output> extends Step<Output> {
  readonly work: Work<Output>;
  readonly key: string;
  readonly gate: Gate | undefined;
}

export async function doStep<Output>(
  place: StepPlace,
  name: StepName,
  work: Work<Output>,
  options: StepOptions<Output> = {},
): Promise<Output> {
  const { lane, gate, random } = place;
  const path = pathOf(name);
  const recorded = recall(lane, path, options);
  if (recorded?.done !== undefined) return recorded.done.value as Output;
  if (recorded?.failed !== undefined) throw stepFault(recorded.failed);
  await lane.beforeEffect();
  if (gate !== undefined) await gate.turn(lane, options.rank);
  const state: Recorded = recorded ?? { use: "step", attempts: 0 };
  const key = `${place.keyBase}/${path}`;
  const doing = { lane, path, options, state, random, work, key, gate };
  const elsewhere = place.sharesKeys ? await findOutElsewhere(doing) : undefined;
  return elsewhere === undefined ? await tryUntilDone(doing) : elsewhere.found;
}

/** What is on record; of a step that is done anew only what this execution itself did about it. */
function recall<Output>(
  lane: LaneRun,
  path: string,
  { anew = false }: StepOptions<Output>,
): Recorded | undefined {
  const recorded = lane.visit(path, "step");
  if (!anew || recorded?.carried !== true) return recorded;
  lane.history.paths.delete(path);
  return undefined;
}

/** Before the first attempt at an effect whose key others may have used. */
async function findOutElsewhere<Output>({
  lane,
  path,
  options: { once, subject },
  state,
  key,
}: Doing<Output>): Promise<{ readonly found: Output } | undefined> {
  if (once === undefined || state.intended !== undefined) return undefined;
  return await findElsewhere(lane, path, once, key, subject);
}

async function tryUntilDone<Output>(doing: Doing<Output>): Promise<Output> {
  const { lane, path, options, state } = doing;
  for (;;) {
    if (state.retryAt !== undefined) await waitForRetry(lane, path, state.retryAt);
    const settled = await settle(doing);
    if (settled !== undefined) return settled.value;
    if (!lane.isStopping) continue;
    if (lane.isCanceled && options.once !== undefined && state.intended !== undefined)
      await findOutAtLast(lane, path, options.once, state.intended, options.subject);
    await never();
  }
}

async function waitForRetry(lane: LaneRun, path: string, retryAt: number): Promise<void> {
  if (retryAt <= lane.clock.now()) return;
  await lane.wait(path, { due: retryAt, ready: (now) => now >= retryAt });
  await lane.beforeEffect();
}

/** One attempt, its result on record. Undefined: it is to be tried again. */
async function settle<Output>(
  doing: Doing<Output>,
): Promise<{ readonly value: Output } | undefined> {
  const { lane, path, options, state, gate } = doing;
  if (options.once !== undefined && state.intended !== undefined) {
    const known = await findOut(lane, path, options.once, state.intended, options.subject);
    if (known !== undefined) return { value: known.found };
    giveUp(doing);
  }
  return await lane.during(async () => {
    const leave = gate === undefined ? undefined : await gate.enter();
    try {
      return lane.isStopping ? undefined : await attempt(doing);
    } finally {
      leave?.();
    }
  });
}

async function attempt<Output>(
  doing: Doing<Output>,
): Promise<{ readonly value: Output } | undefined> {
  const refused = await begin(doing);
  if (refused !== undefined) {
    fail(doing, refused);
    return undefined;
  }
  if (isOverdue(doing)) return undefined; // stopped since: another owner may have done it
  const tried = await tryWork(doing);
  if ("error" in tried && hasLetGo(tried.error)) {
    doing.lane.drop();
    return await never();
  }
  if (!("error" in tried)) return await complete(doing, tried);
  const isUnknown = doing.options.once !== undefined && !isKnownNot(tried.error);
  if (isUnknown) doubt(doing, tried);
  else fail(doing, tried);
  return undefined;
}

/** Puts the intent of a `once` step on disk; what refuses it has kept the effect from happening. */
async function begin<Output>({
  lane,
  path,
  key,
  options,
  state,
}: Doing<Output>): Promise<Missed | undefined> {
  if (options.once === undefined) return undefined;
  try {
    await intend(lane, path, key, options.once, state);
    return undefined;
  } catch (error) {
    return { error, ms: 0 };
  }
}

/** Past its deadline an intent no longer allows the effect: whoever looks now takes it for not begun. */
const isOverdue = ({ lane, state: { intended } }: Pick<Step<never>, "lane" | "state">): boolean =>
  intended !== undefined && lane.clock.now() > intended.sendBy;

/** Its work goes on outside of this process, which is about to end: the next life takes it up. */
const hasLetGo = (error: unknown): boolean => error instanceof Fault && error.code === "lost";

const isKnownNot = (error: unknown): boolean => error instanceof Fault && error.happened === "no";

async function tryWork<Output>({
  lane,
  key,
  work,
  options,
  state,
}: Doing<Output>): Promise<Answered<Output> | Missed> {
  const writes: Write[] = [];
  const startedAt = lane.clock.now();
  const deadline = onceDeadline(lane, options.once);
  try {
    const done = await work({
      key,
      number: state.attempts + 1,
      get signal() {
        return deadline.signal;
      },
      write: (more) => {
        writes.push(...more);
      },
    });
    return { done, ms: lane.clock.now() - startedAt, writes };
  } catch (error) {
    return { error, ms: lane.clock.now() - startedAt };
  } finally {
    deadline.cancel();
  }
}
