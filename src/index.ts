/**
 * Stint as a library: durable functions on an embedded ledger. Nothing of the server, the page or
 * sign-in is loaded from here.
 *
 * @example
 * import { open, program } from "stint";
 *
 * const greet = program("greet", async (run, name: string) => {
 *   const text = await run.step("write", () => `Hello ${name}`);
 *   await run.sleep("a moment", 1_000);
 *   return text;
 * });
 * await using stint = await open({ data: "./data", programs: [greet] });
 * console.log(await stint.run(greet, "Ada", { key: "greet-ada" }));
 */
import { join } from "node:path";

import type { Clock } from "#domain/clock.ts";
import type { SteadyClock } from "#domain/steady-clock.ts";
import { openEngine, STDERR_LOG, type Engine } from "#engine/engine.ts";
import type { Limits } from "#engine/limits/limits.ts";
import type { Runnable } from "#engine/program.ts";
import { release, type Released } from "#engine/release.ts";
import type { StartOptions } from "#engine/start.ts";
import { openTime } from "#engine/time.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { holdFolder } from "#store/folder.ts";

export type { Clock } from "#domain/clock.ts";
export { Fault } from "#domain/fault.ts";
export type { ExecutionId } from "#domain/id.ts";
export type { Rate } from "#domain/rate.ts";
export type { Limits } from "#engine/limits/limits.ts";
export type { Started, StartOptions } from "#engine/start.ts";
export { LaneFailed, LaneSkipped } from "#engine/lane-ends.ts";
export { program } from "#engine/program.ts";
export type {
  Attempt,
  Context,
  EachOptions,
  LaneContext,
  LaneEnd,
  Once,
  Program,
  ProgramContext,
  Runnable,
  SignalOptions,
  StepName,
  StepOptions,
} from "#engine/program.ts";
export type { Released } from "#engine/release.ts";
export type { RetryOptions } from "#engine/start-again.ts";
export type { RetryPolicy } from "#engine/retry.ts";

export interface OpenOptions {
  /** The data folder; it is made where there is none. One process has it at a time. */
  readonly data: string;
  /** Every program that executions in the folder may need. */
  readonly programs: readonly Runnable[];
  /** How many executions run at once; more wait in the store. Default 1,000. */
  readonly concurrency?: number;
  /** How much of that each workspace and agent may have; without it all of it. */
  readonly limits?: Limits;
  /** For tests; see `stint/testing`. */
  readonly clock?: Clock;
  /** `off` is for tests: what was answered may be lost when the power fails. */
  readonly sync?: "full" | "off";
}

export interface Stint
  extends
    Pick<
      Engine,
      "retry" | "signal" | "cancel" | "pause" | "resume" | "stopLane" | "skipWait" | "running"
    >,
    AsyncDisposable {
  /** Starts an execution; its promise settles when it is on disk. @throws Fault `unknown_program` */
  readonly start: <Input>(
    program: Runnable<Input>,
    input: Input,
    options?: StartOptions,
  ) => ReturnType<Engine["start"]>;
  /** How an execution ended, whenever that is. @throws Fault as it failed */
  readonly result: <Output = unknown>(id: string) => Promise<Output>;
  /** Starts an execution and awaits its answer. @throws Fault as it failed */
  readonly run: <Input, Output>(
    program: Runnable<Input, Output>,
    input: Input,
    options?: StartOptions,
  ) => Promise<Output>;
  /**
   * Lets go on what is held since a backup was restored, and what is due only because the clock jumped.
   * @throws Fault `conflict` where nothing is held
   */
  readonly release: () => Promise<Released>;
  readonly close: () => Promise<void>;
}

/** Opens a data folder and goes on with what was running in it. @throws Fault `folder_held` */
export async function open(options: OpenOptions): Promise<Stint> {
  const { data, programs, concurrency, limits, clock, sync = "full" } = options;
  await using opening = new AsyncDisposableStack();
  const folder = holdFolder(data);
  opening.defer(folder.release);
  const ledger = await openSqliteLedger(join(folder.folder, "stint.db"), { sync });
  opening.defer(() => ledger.close());
  const time: Clock & Partial<SteadyClock> = clock ?? (await openTime(ledger, STDERR_LOG));
  const engine = await openEngine({
    ledger,
    programs,
    clock: time,
    ...(concurrency !== undefined && { concurrency }),
    ...(limits !== undefined && { limits }),
  });
  opening.defer(() => engine.stop());
  const opened = opening.move();
  return stintOf(engine, ledger, time, () => opened.disposeAsync()); // a second call does nothing
}

function stintOf(
  engine: Engine,
  ledger: Ledger,
  time: Clock & Partial<SteadyClock>,
  close: () => Promise<void>,
): Stint {
  return {
    start: engine.start,
    result: async <Output>(id: string) => (await engine.result(id)) as Output,
    run: async <Input, Output>(
      program: Runnable<Input, Output>,
      input: Input,
      more?: StartOptions,
    ) => {
      const { id } = await engine.start(program, input, more);
      return (await engine.result(id)) as Output;
    },
    retry: engine.retry,
    signal: engine.signal,
    cancel: engine.cancel,
    pause: engine.pause,
    resume: engine.resume,
    stopLane: engine.stopLane,
    skipWait: engine.skipWait,
    running: engine.running,
    release: () => release(ledger, time),
    close,
    [Symbol.asyncDispose]: close,
  };
}
