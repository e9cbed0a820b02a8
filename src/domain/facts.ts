/**
 * What can happen to an execution. A fact is never renamed or reused: a new one is added, and old
 * ones are upcast when read (`FACTS_VERSION`). Keys are short where millions of them are stored.
 * People's texts and data never stand in a fact: it names the `part` of the payload that holds them.
 */
import type { KeptFault } from "./fault.ts";
import type { Kind } from "./kinds.ts";
import type { Spending, Tokens } from "./spending.ts";

/** Schema version of the facts written by this code. */
export const FACTS_VERSION = 1;

/** Where a word about pausing was passed on from; a word without it was said to the execution itself. */
export type Through = "parent" | "agent";

/** Why an execution began: by hand, by a schedule, by an event, by another execution, as a retry. */
export interface Trigger {
  readonly type: "manual" | "scheduled" | "event" | "api" | "parent" | "retry";
  /** A user's id, or `system`. */
  readonly by: string;
  readonly event?: string;
}

/** A step's answer: JSON inline (absent: undefined), or the number of the payload part that holds it. */
interface Answer {
  readonly r?: unknown;
  readonly part?: number;
}

/** What a retry is handed on of the execution that it tries again. */
export interface Carries {
  /** The step from which on everything is done again; absent: what had failed, and nothing else. */
  readonly from?: string;
  /** With `from`, where journeys came to that step: the path of their lanes. */
  readonly within?: string;
  /** Steps that are others now under the same path: what they had come to is not handed on. */
  readonly changed?: readonly string[];
}

export interface CreatedFact {
  readonly t: "created";
  readonly id: string;
  readonly ws: number;
  readonly kind: Kind;
  readonly agent: number;
  readonly agentVersion?: number;
  readonly target: string | null;
  readonly driver: string;
  readonly driverVersion: string;
  readonly trigger: Trigger;
  readonly label: string | null;
  readonly parent?: { readonly no: number; readonly lane: number; readonly path: string };
  /** The execution that this one tries again. */
  readonly retryOf?: string;
  /** The execution whose `once` effects count as this one's; its own where none is named. */
  readonly origin?: string;
  /** A retry that goes on from somewhere: what of `retryOf` it is handed on, also by journeys that open later. */
  readonly carries?: Carries;
  readonly guards?: readonly string[];
  /** What its program gets: inline, or in the payload that `part` names. */
  readonly input?: unknown;
  readonly part?: number;
}

export interface LaneOpenedFact {
  readonly t: "laneOpened";
  readonly name: string;
  /** What the lane is about, where that is an entity with an id. */
  readonly entity: string | null;
  /** What its function gets: inline, or in the payload that `part` names. */
  readonly item?: unknown;
  readonly part?: number;
  /** The move that its execution had taken last when it was opened. */
  readonly moved?: string;
}

/** What a lane's steps came to, on its last fact, so that its execution can add them up. */
export interface Tally {
  readonly steps: number;
  readonly retries: number;
  readonly spending?: Spending;
}

/** On the end of a lane that had ended so before, in the execution that is tried again: it did nothing here. */
interface Again {
  readonly again?: true;
}

/** On what happened before it could be put on record: when, epoch milliseconds. */
interface Earlier {
  readonly when?: number;
}

/** Counts by name, such as `{ emailsSent: 5 }`. */
export type Figures = Readonly<Record<string, number>>;

export type Fact =
  | CreatedFact
  | LaneOpenedFact
  | ({ readonly t: "started" } & Earlier)
  | {
      readonly t: "waiting";
      /** When it goes on by itself; absent: only a signal moves it. */
      readonly until?: number;
      /** What it waits for: the paths of its open timers and signals. */
      readonly on: readonly string[];
    }
  | { readonly t: "resumed" }
  /** One that had ended goes on, with what it is given now. */
  | ({ readonly t: "reopened"; readonly by: string } & Answer & Earlier)
  | ({
      readonly t: "completed";
      readonly figures?: Figures;
      readonly warnings?: number;
      readonly tally?: Tally;
    } & Answer &
      Again &
      Earlier)
  | ({
      readonly t: "failed";
      readonly fault: KeptFault;
      readonly figures?: Figures;
      readonly warnings?: number;
      readonly tally?: Tally;
    } & Answer &
      Again &
      Earlier)
  | ({
      readonly t: "canceled";
      readonly by: string;
      readonly reason?: string;
      readonly tally?: Tally;
    } & Again)
  | ({ readonly t: "skipped"; readonly reason: string; readonly tally?: Tally } & Answer & Again)
  | ({ readonly t: "stepDone"; readonly path: string; readonly ms: number } & Answer)
  | {
      readonly t: "stepFailed";
      readonly path: string;
      readonly ms: number;
      readonly attempt: number;
      readonly fault: KeptFault;
      /** When the next attempt is due; absent: there is none, the step has failed. */
      readonly retryAt?: number;
      /** Whether the attempt's effect happened is not known: its intent stands, and the outside is asked. */
      readonly unknown?: true;
    }
  /** The intent of a `once` step: on disk before the effect. After `sendBy` no attempt is still under way. */
  | {
      readonly t: "stepIntended";
      readonly path: string;
      readonly key: string;
      readonly sendBy: number;
    }
  | { readonly t: "stepUncertain"; readonly path: string; readonly fault: KeptFault }
  | { readonly t: "timerSet"; readonly path: string; readonly until: number }
  | { readonly t: "timerFired"; readonly path: string; readonly early?: string }
  | { readonly t: "awaited"; readonly path: string; readonly name: string; readonly until?: number }
  | ({ readonly t: "signaled"; readonly name: string; readonly by?: string } & Answer)
  | { readonly t: "signalTaken"; readonly path: string; readonly index: number }
  | { readonly t: "signalTimedOut"; readonly path: string }
  | { readonly t: "childStarted"; readonly path: string; readonly id: string }
  | {
      readonly t: "childEnded";
      readonly path: string;
      readonly state: string;
      readonly fault?: KeptFault;
      readonly r?: unknown;
    }
  | {
      readonly t: "lanesOpened";
      readonly path: string;
      readonly name: string;
      readonly first: number;
      readonly count: number;
    }
  | {
      readonly t: "lanesClosed";
      /** The failure of the lane that stopped them all; what follows knows it from here. */
      readonly fault?: KeptFault;
      readonly path: string;
      readonly steps: number;
      readonly retries: number;
      readonly spending?: Spending;
    }
  /** Money and tokens. `cost` is in nano-dollars; null: it is not known. */
  | {
      readonly t: "spent";
      readonly path: string;
      readonly cost: number | null;
      readonly tokens?: Tokens;
      /** How often a cost was not known, where that is not told by `cost`. */
      readonly unknown?: number;
    }
  /** Something the driver wants remembered for its readers; the engine does not look inside. */
  | { readonly t: "noted"; readonly path: string; readonly note: unknown }
  /** An answer of the execution that this one tries again: it stands here, too. */
  | { readonly t: "carried"; readonly fact: Fact }
  /** It goes on with another version of its program than the one that it was on. */
  | { readonly t: "upgraded"; readonly driverVersion: string }
  /**
   * It goes on with another input: what it has done stands. The execution's own says what is given, its lanes' name that.
   */
  | {
      readonly t: "moved";
      readonly key: string;
      readonly by: string;
      readonly given?: unknown;
    }
  | { readonly t: "cancelAsked"; readonly by: string; readonly reason?: string }
  /** From here on it begins nothing and lets no wait end, until somebody asks that it goes on. */
  | { readonly t: "pauseAsked"; readonly by: string; readonly through?: Through }
  | { readonly t: "resumeAsked"; readonly by: string; readonly through?: Through };

export type FactType = Fact["t"];
export type FactOf<T extends FactType> = Extract<Fact, { readonly t: T }>;
