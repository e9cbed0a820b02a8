/** How an attempt at a step is put on record: as done, as failed with or without another one, as in doubt. */
import { Fault, isFaultCode, keepFault } from "#domain/fault.ts";
import type { Write } from "#store/store.ts";

import { jsonOf } from "./answer.ts";
import type { Recorded } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import type { StepOptions } from "./program.ts";
import { DEFAULT_RETRY, nextAttemptMs, NO_RETRY } from "./retry.ts";
import { stepFault } from "./step-fault.ts";

/** A step that is being done. */
export interface Step<Output> {
  readonly lane: LaneRun;
  readonly path: string;
  readonly options: StepOptions<Output>;
  readonly state: Recorded;
  readonly random: () => number;
}

export interface Answered<Output> {
  readonly done: Output;
  readonly ms: number;
  readonly writes: readonly Write[];
}

export interface Missed {
  readonly error: unknown;
  readonly ms: number;
}

const STALE_ATTEMPTS = 20;

/**
 * What a replay will read is what the program gets now: the answer after its way through JSON.
 * Undefined: what its changes were based on has changed, and it decides again.
 */
export async function complete<Output>(
  step: Step<Output>,
  { done, ms, writes }: Answered<Output>,
): Promise<{ readonly value: Output } | undefined> {
  const { lane, path, options } = step;
  try {
    const json = jsonOf(done, `step "${path}"`);
    const value = throughJson(done, json);
    const record = (): void => {
      lane.stream.recordAnswer({ t: "stepDone", path, ms }, json, value, options);
      // Who closes a canceled execution does not do again what was done.
      if (options.apart === true) lane.history.paths.set(path, { ...step.state, done: { value } });
    };
    const settling = options.once?.settle?.(value) ?? [];
    const all = settling.length === 0 ? writes : [...writes, ...settling];
    if (all.length === 0) record();
    else await lane.writeWith(record, all);
    return { value };
  } catch (error) {
    return refuseAnswer(step, error, ms);
  }
}

function throughJson<Output>(done: Output, json: string | undefined): Output {
  const isPlain = typeof done !== "object" || done === null || json === undefined;
  return isPlain ? done : (JSON.parse(json) as Output);
}

/** Where the answer cannot be kept, or its changes be made, the step has failed, and is not done again. */
function refuseAnswer<Output>(step: Step<Output>, error: unknown, ms: number): undefined {
  const { state, path, options } = step;
  const isStale = error instanceof Fault && error.code === "stale";
  const overtaken = (state.overtaken ?? 0) + (isStale ? 1 : 0);
  state.overtaken = overtaken;
  if (isStale && overtaken < STALE_ATTEMPTS) return undefined;
  const often = `"${path}" was overtaken by other changes ${STALE_ATTEMPTS} times.`;
  const why = isStale ? new Fault("conflict", often) : error;
  fail({ ...step, options: { ...options, retry: NO_RETRY } }, { error: why, ms });
  return undefined;
}

/** A failed attempt: with the time of the next one, or as the step's end. @throws the failure */
export function fail<Output>(step: Step<Output>, { error, ms }: Missed): void {
  const { lane, path, options, state, random } = step;
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

/** Nobody knows whether it happened: the intent stands, and the outside is asked before anything else. */
export function doubt<Output>({ lane, path, state }: Step<Output>, { error, ms }: Missed): void {
  state.attempts += 1;
  state.doubt = keepFault(error, path);
  const { attempts: attempt, doubt: fault } = state;
  const retryAt = lane.clock.now();
  lane.stream.record({ t: "stepFailed", path, ms, attempt, fault, unknown: true, retryAt });
}

/** It surely did not happen. Whether it is tried again is for the failure that had left it unknown. */
export function giveUp<Output>({ lane, path, options, state }: Step<Output>): void {
  delete state.intended;
  const { doubt: fault, attempts: attempt } = state;
  if (fault === undefined) return;
  const isTerminal = isFaultCode(fault.code) && new Fault(fault.code).retry === "never";
  if (!isTerminal && attempt < (options.retry ?? DEFAULT_RETRY).attempts) return;
  lane.stream.record({ t: "stepFailed", path, ms: 0, attempt, fault });
  throw stepFault(fault);
}
