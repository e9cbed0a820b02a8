import type { CreatedFact } from "#domain/facts.ts";
/**
 * What a developer writes: a durable function and the lanes it opens.
 *
 * Between its steps a program only computes: what it awaits are the context's own calls. It may run
 * again from the top at any time (after a crash, after a wait); every call then answers at once with
 * what it answered before, so it comes to where it was.
 */
import type { KeptFault } from "#domain/fault.ts";
import type { ExecutionId, KIND_IDS } from "#domain/id.ts";
import type { Spent } from "#domain/spending.ts";
import type { Write } from "#store/store.ts";

import type { Closing } from "./closing.ts";
import type { Conclusion } from "./execution-end.ts";
import type { Reopening } from "./history.ts";
import type { Moving } from "./moving.ts";
import type { RetryPolicy } from "./retry.ts";

/** A step is known by its name within its lane: two steps of one lane need two names. */
export type StepName = string | readonly (string | number)[];

/** What a step's work gets. */
export interface Attempt {
  /** The same in every attempt at this step: pass it on, and others can drop repeats. */
  readonly key: string;
  /** 1, 2, 3 … */
  readonly number: number;
  /** Fires when the execution is canceled, or the attempt's deadline has passed. */
  readonly signal: AbortSignal;
  /**
   * Changes of the store's other tables, written in the same transaction as the step's completion:
   * they happen exactly once. If one finds its row changed meanwhile, the step is tried again.
   */
  readonly write: (writes: readonly Write[]) => void;
}

export interface StepOptions<Output> {
  readonly retry?: RetryPolicy;
  /** Whose data the answer is; it is then kept apart and can be erased. */
  readonly subject?: string;
  /** The answer holds people's texts: it is kept apart from the facts. */
  readonly apart?: boolean;
  /** Journeys of one execution take new steps in this order: no step of rank 2 while one can take rank 1. */
  readonly rank?: number;
  /** The effect must happen at most once, whatever crashes when. */
  readonly once?: Once<Output>;
  /** A retry does it again, also where it was done: what it came to may no longer be so. */
  readonly anew?: boolean;
}

export interface Once<Output> {
  /** Asks the outside whether the effect with this key has happened, and what it had answered. */
  readonly find: (key: string) => Promise<{ readonly found: Output } | undefined>;
  /** Whether "not found" means for sure that it did not happen; else the step becomes uncertain. */
  readonly authoritative: boolean;
  /** After so many milliseconds an attempt has ended one way or the other. Default 30,000. */
  readonly deadlineMs?: number;
  /**
   * Changes that go with the intent, such as counting it against a limit: if they are refused, the
   * effect does not happen. They are made once for all attempts. @throws Fault that the step fails with
   */
  readonly reserve?: () => Promise<readonly Write[]>;
  /** Changes that go with the completion, also when the effect was only found out later. */
  readonly settle?: (output: Output) => readonly Write[];
}

export interface SignalOptions {
  /** After so many milliseconds the answer is `undefined`. */
  readonly timeoutMs?: number;
}

/** How a lane ended; `again`: as it had in the execution that is tried again, and it did nothing here. */
export type LaneEnd<Output> = { readonly again?: true } & (
  | { readonly state: "completed"; readonly output: Output }
  /** `output` is what `LaneFailed` carried. */
  | { readonly state: "failed"; readonly fault: KeptFault; readonly output?: unknown }
  /** `output` is what `LaneSkipped` carried. */
  | { readonly state: "skipped"; readonly output?: unknown }
  | { readonly state: "canceled" }
);

/** What programs and lanes share. */
export interface Context {
  readonly id: ExecutionId;
  /** The number of its workspace; 0 where there is none. */
  readonly ws: number;
  /** When the execution was created, epoch milliseconds. */
  readonly createdAt: number;
  /** Does work once: a step that is done is never done again, it answers with what it answered before. */
  readonly step: <Output>(
    name: StepName,
    work: (attempt: Attempt) => Promise<Output> | Output,
    options?: StepOptions<Output>,
  ) => Promise<Output>;
  /** Waits out of memory, through restarts. @param ms milliseconds */
  readonly sleep: (name: StepName, ms: number) => Promise<void>;
  /** Waits for a moment, which is set once. @param at epoch milliseconds, or how to find them */
  readonly until: (name: StepName, at: number | (() => number)) => Promise<void>;
  /** Waits for input from outside by that name; each signal is taken once, in the order of arrival. */
  readonly signal: <Input>(
    name: string,
    options?: SignalOptions & { readonly as?: StepName },
  ) => Promise<Input | undefined>;
  /** Remembers something for the execution's readers; it is written with the next step. */
  readonly note: (name: StepName, note: unknown) => void;
  /**
   * Puts on record what was spent, once under that name; it is written with the next step. An unknown
   * cost (`dollars: null`) is counted as unknown. @throws Fault `bad_request` for what is no amount
   */
  readonly spend: (name: StepName, spent: Spent) => void;
  /** What was said with `note` under that name, in this run or one before. */
  readonly noted: (name: StepName) => unknown;
  /** Whether the answer under that name is one of the execution that this one tries again. */
  readonly isCarried: (name: StepName) => boolean;
}

export interface LaneContext extends Context {
  readonly lane: number;
  /** What the execution was started with. */
  readonly input: unknown;
}

export type LaneFunction = (lane: LaneContext, item: never) => Promise<unknown>;
export type Lanes = Readonly<Record<string, LaneFunction>>;
type ItemOf<Lane> = Lane extends (lane: LaneContext, item: infer Item) => Promise<unknown>
  ? Item
  : never;
type OutputOf<Lane> = Lane extends (lane: LaneContext, item: never) => Promise<infer Output>
  ? Output
  : never;

export interface EachOptions<Item> {
  /** What a lane is about, where that has an id of its own. */
  readonly entity?: (item: Item) => string;
  /** How many of the lanes' steps run at a time. Default 50. */
  readonly concurrency?: number;
  /** The name of this use, where one lane function is used more than once. */
  readonly as?: string;
  /** A lane's failure that ends them all: the others are canceled, and the call fails with it. */
  readonly stopOn?: (fault: KeptFault) => boolean;
}

export interface ProgramContext<L extends Lanes = Lanes> extends Context {
  /** What it was given when it was opened again after its ends, in that order. */
  readonly reopenings: readonly Reopening[];
  /**
   * Of a kind that says itself when it begins: puts on record that it has, once, with all that was noted before.
   * Also for use within a step.
   * @param when epoch milliseconds, where that was before now
   */
  readonly begun: (when?: number) => Promise<void>;
  /** Runs another program as a child and waits for its answer. Canceling this one cancels it. */
  readonly child: <Input, Output>(
    name: StepName,
    program: Runnable<Input, Output>,
    input: Input,
  ) => Promise<Output>;
  /**
   * Runs a lane for every item, side by side, each with a stream of its own: what one lane has done is
   * not repeated when another waits or fails. Answers when all have ended, in the order of the items.
   */
  readonly each: <Name extends keyof L & string>(
    lane: Name,
    items: readonly ItemOf<L[Name]>[],
    options?: EachOptions<ItemOf<L[Name]>>,
  ) => Promise<readonly LaneEnd<OutputOf<L[Name]>>[]>;
}

/** What an engine can run, whatever its lanes are. */
export interface Runnable<Input = never, Output = unknown> {
  readonly name: string;
  /** Said in the ledger with each execution. */
  readonly version: string;
  readonly kind: keyof typeof KIND_IDS;
  readonly lanes: Lanes;
  /** Where its executions may go on with another input than they were started with. */
  readonly moving?: Moving<never>;
  /** What it is given holds people's data: it is kept apart from the facts, unless a start says otherwise. */
  readonly apart?: boolean;
  /** The row of executions in which a new one gets the next number; undefined: in none. */
  readonly countedIn?: (created: CreatedFact) => string | undefined;
  /** Its work goes on outside when this process dies: where it is canceled, what is under way is ended here. */
  readonly close?: (closing: Closing, input: never) => Promise<void>;
  /** Figures, warnings, or that it failed although it returned. */
  readonly conclude?: (output: never) => Conclusion;
  readonly run: (context: never, input: Input) => Promise<Output>;
}

/** Any of them. */
export type AnyProgram = Runnable;

export interface Program<Input, Output, L extends Lanes> extends Runnable<Input, Output> {
  readonly lanes: L;
  readonly run: (context: ProgramContext<L>, input: Input) => Promise<Output>;
}

export interface ProgramOptions<L extends Lanes> {
  readonly version?: string;
  readonly lanes?: L;
}

/** A program without lanes. */
type NoLanes = { readonly [Name in never]: LaneFunction };

/**
 * Names a durable function.
 *
 * @example
 * const charge = program("charge", async (run, order: { total: number }) => {
 *   const receipt = await run.step("pay", () => pay(order.total));
 *   await run.sleep("settle", 60_000);
 *   return receipt;
 * });
 */
export function program<Input, Output, const L extends Lanes = NoLanes>(
  name: string,
  run: (context: ProgramContext<L>, input: Input) => Promise<Output>,
  options: ProgramOptions<L> = {},
): Program<Input, Output, L> {
  const lanes = options.lanes ?? ({} as L);
  return { name, version: options.version ?? "1", kind: "program", lanes, run };
}
