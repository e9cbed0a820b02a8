/** How a step is done once: an answer on record is given again, else its work is tried until it holds. */
import { Fault, isFaultCode, keepFault, type KeptFault } from "#domain/fault.ts";
import type { Write } from "#store/store.ts";

import type { Gate } from "./gate.ts";
import type { Recorded } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import { never } from "./lane.ts";
import { findOut, intend, onceDeadline } from "./once.ts";
import { pathOf } from "./path.ts";
import type { Attempt, Once, StepName, StepOptions } from "./program.ts";
import { DEFAULT_RETRY, nextAttemptMs, NO_RETRY } from "./retry.ts";

export interface StepPlace {
  readonly lane: LaneRun;
  /** Starts every key of this lane's steps: the first execution of a row of retries, and the lane's entity. */
  readonly keyBase: string;
  readonly random: () => number;
  readonly gate?: Gate;
}

type Work<Output> = (attempt: Attempt) => Promise<Output> | Output;

/** What an attempt came to. */
type Tried<Output> =
  | {
      readonly done: Output;
      readonly json: string | undefined;
      readonly ms: number;
      readonly writes: readonly Write[];
    }
  | { readonly error: unknown; readonly ms: number };

/** A failure as the program sees it, in the first run and in every replay alike. */
export function stepFault(kept: KeptFault): Fault {
  const { message, suggestion, scope } = kept;
  return new Fault("step_failed", message, {
    facts: { code: kept.code, step: kept.step, details: kept.details },
    ...(suggestion !== undefined && { suggestion }),
    ...(scope !== undefined && { scope }),
  });
}

export async function doStep<Output>(
  place: StepPlace,
  name: StepName,
  work: Work<Output>,
  options: StepOptions<Output> = {},
): Promise<Output> {
  const { lane } = place;
  const path = pathOf(name);
  const recorded = lane.visit(path, "step");
  if (recorded?.done !== undefined) return recorded.done.value as Output;
  if (recorded?.failed !== undefined) throw stepFault(recorded.failed);
  await lane.beforeEffect();
  if (place.gate !== undefined) await place.gate.turn(lane, options.rank);
  const state: Recorded = recorded ?? { use: "step", attempts: 0 };
  for (;;) {
    if (state.retryAt !== undefined) await waitForRetry(lane, path, state.retryAt);
    const settled = await settle(place, path, work, options, state);
    if (settled !== undefined) return settled.value;
    if (lane.isStopping) await never();
  }
}

async function waitForRetry(lane: LaneRun, path: string, retryAt: number): Promise<void> {
  if (retryAt <= lane.clock.now()) return;
  await lane.wait(path, { due: retryAt, ready: (now) => now >= retryAt });
  await lane.beforeEffect();
}

/** One attempt, its result on record. Undefined: it is to be tried again. */
async function settle<Output>(
  place: StepPlace,
  path: string,
  work: Work<Output>,
  options: StepOptions<Output>,
  state: Recorded,
): Promise<{ readonly value: Output } | undefined> {
  const { lane } = place;
  const key = `${place.keyBase}/${path}`;
  if (options.once !== undefined && state.intended !== undefined) {
    const known = await findOut(lane, path, options.once, state.intended);
    if (known !== undefined) return { value: known.found };
    giveUp(lane, path, options, state);
  }
  return await lane.during(async () => {
    const leave = place.gate === undefined ? undefined : await place.gate.enter();
    try {
      if (lane.isStopping) return undefined;
      const { once } = options;
      const refused = once === undefined ? undefined : await begin(lane, path, key, once, state);
      if (isOverdue(lane, state)) return undefined; // stopped since: another owner may have done it
      const tried = refused ?? (await attempt(lane, key, state.attempts + 1, work, options));
      if (!("error" in tried)) return await complete(place, path, options, state, tried);
      const isUnknown =
        refused === undefined && options.once !== undefined && !knownNot(tried.error);
      if (isUnknown) doubt(lane, path, state, tried);
      else fail(place, path, options, state, tried);
      return undefined;
    } finally {
      leave?.();
    }
  });
}

/** Nobody knows whether it happened: the intent stands, and the outside is asked before anything else. */
function doubt(
  lane: LaneRun,
  path: string,
  state: Recorded,
  { error, ms }: { readonly error: unknown; readonly ms: number },
): void {
  state.attempts += 1;
  state.doubt = keepFault(error, path);
  const { attempts: attempt, doubt: fault } = state;
  const retryAt = lane.clock.now();
  lane.stream.record({ t: "stepFailed", path, ms, attempt, fault, unknown: true, retryAt });
}

/** It surely did not happen. Whether it is tried again is for the failure that had left it unknown. */
function giveUp<Output>(
  lane: LaneRun,
  path: string,
  { retry = DEFAULT_RETRY }: StepOptions<Output>,
  state: Recorded,
): void {
  delete state.intended;
  const { doubt: fault, attempts: attempt } = state;
  if (fault === undefined) return;
  const isTerminal = isFaultCode(fault.code) && new Fault(fault.code).retry === "never";
  if (!isTerminal && attempt < retry.attempts) return;
  lane.stream.record({ t: "stepFailed", path, ms: 0, attempt, fault });
  throw stepFault(fault);
}

/** Puts the intent of a `once` step on disk; what refuses it has kept the effect from happening. */
async function begin<Output>(
  lane: LaneRun,
  path: string,
  key: string,
  once: Once<Output>,
  state: Recorded,
): Promise<{ readonly error: unknown; readonly ms: number } | undefined> {
  try {
    await intend(lane, path, key, once, state);
    return undefined;
  } catch (error) {
    return { error, ms: 0 };
  }
}

/** Past its deadline an intent no longer allows the effect: whoever looks now takes it for not begun. */
const isOverdue = ({ clock }: LaneRun, { intended }: Recorded): boolean =>
  intended !== undefined && clock.now() > intended.sendBy;

const knownNot = (error: unknown): boolean => error instanceof Fault && error.happened === "no";

async function attempt<Output>(
  lane: LaneRun,
  key: string,
  number: number,
  work: Work<Output>,
  options: StepOptions<Output>,
): Promise<Tried<Output>> {
  const writes: Write[] = [];
  const startedAt = lane.clock.now();
  const deadline = onceDeadline(lane, options.once);
  try {
    const output = await work({
      key,
      number,
      get signal() {
        return deadline.signal;
      },
      write: (more) => {
        writes.push(...more);
      },
    });
    const json = JSON.stringify(output) as string | undefined;
    return { done: output, json, ms: lane.clock.now() - startedAt, writes };
  } catch (error) {
    return { error, ms: lane.clock.now() - startedAt };
  } finally {
    deadline.cancel();
  }
}

/** What a replay will read is what the program gets now: the answer after its way through JSON. */
async function complete<Output>(
  place: StepPlace,
  path: string,
  options: StepOptions<Output>,
  state: Recorded,
  tried: Extract<Tried<Output>, { readonly done: Output }>,
): Promise<{ readonly value: Output } | undefined> {
  const { lane } = place;
  const { json, ms } = tried;
  const isPlain = typeof tried.done !== "object" || tried.done === null;
  const value = (isPlain || json === undefined ? tried.done : JSON.parse(json)) as Output;
  const record = (): void => {
    lane.stream.recordAnswer({ t: "stepDone", path, ms }, json, value, options.subject);
  };
  const writes = [...tried.writes, ...(options.once?.settle?.(value) ?? [])];
  try {
    if (writes.length === 0) record();
    else await lane.writeWith(record, writes);
    return { value };
  } catch (error) {
    const isStale = error instanceof Fault && error.code === "stale";
    state.overtaken = (state.overtaken ?? 0) + (isStale ? 1 : 0);
    if (isStale && state.overtaken < STALE_ATTEMPTS) return undefined; // what it read has changed: decide again
    // The answer cannot be kept, or its changes be made: the step has failed, and is not done again.
    fail(place, path, { ...options, retry: NO_RETRY }, state, {
      error: isStale ? overtaken(path) : error,
      ms,
    });
    return undefined;
  }
}

function overtaken(path: string): Fault {
  const message = `"${path}" was overtaken by other changes ${STALE_ATTEMPTS} times.`;
  return new Fault("conflict", message);
}

const STALE_ATTEMPTS = 20;

/** Puts a failed attempt on record: with the time of the next one, or as the step's end. */
function fail<Output>(
  { lane, random }: StepPlace,
  path: string,
  options: StepOptions<Output>,
  state: Recorded,
  { error, ms }: { readonly error: unknown; readonly ms: number },
): void {
  state.attempts += 1;
  delete state.intended;
  delete state.doubt;
  const fault = keepFault(error, path);
  const base = { t: "stepFailed", path, ms, attempt: state.attempts, fault } as const;
  const inMs = nextAttemptMs(error, options.retry ?? DEFAULT_RETRY, state.attempts, random());
  if (inMs !== undefined) {
    state.retryAt = lane.clock.now() + inMs;
    lane.stream.record({ ...base, retryAt: state.retryAt });
    return;
  }
  lane.stream.record(base);
  throw stepFault(fault);
}
