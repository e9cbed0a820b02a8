/**
 * What can be asked of the writer, and its answers. Items that arrive together share one transaction
 * and one sync, yet each stands on its own: a refused one changes nothing and leaves the others be.
 */
import type { Rate } from "#domain/rate.ts";
import type { Spending } from "#domain/spending.ts";
import type { Write } from "#store/store.ts";

/** A text or data of a person, kept apart from the facts that name it by `part`. */
export interface Payload {
  readonly part: number;
  readonly subject: string | null;
  /** JSON. */
  readonly body: string;
}

/** One append to a stream: `data` is a JSON array of `count` facts. */
export interface Append {
  readonly at: number;
  readonly count: number;
  readonly data: string;
  readonly payloads?: readonly Payload[];
}

export interface Identity {
  readonly id: string;
  readonly ws: number;
  readonly kind: string;
  readonly agent: number;
  readonly target: string | null;
  readonly driver: string;
  readonly driverVersion: string;
  readonly trigger: string;
  readonly label: string | null;
  readonly parentNo: number | null;
}

/** Who may write a stream: a node, in one of its lives. */
export interface Owner {
  readonly id: string;
  readonly incarnation: number;
}

export interface CreateItem extends Append {
  readonly op: "create";
  readonly identity: Identity;
  readonly state: string;
  readonly startedAt: number | null;
  /** The owner that starts it here and now; without one it waits for whoever claims it at `readyAt`. */
  readonly owner?: Owner;
  readonly readyAt?: number;
  /** Unique keys taken for it, such as "one run of this agent". */
  readonly guards?: readonly string[];
  /** The caller's idempotency key, with the answer that a repeat will get. */
  readonly command?: { readonly key: string; readonly answer: string };
  /** Changes of other tables that belong to it, such as counting it against a limit; `stale` undoes it all. */
  readonly writes?: readonly Write[];
  /** It gets the next number of that row: 1, 2, 3 … without gap or repeat. */
  readonly counted?: string;
}
export type CreateOutcome =
  | { readonly ok: true; readonly no: number; readonly position: number }
  | { readonly ok: false; readonly why: "repeated"; readonly no: number; readonly answer: string }
  | { readonly ok: false; readonly why: "guarded"; readonly key: string; readonly holder: string }
  | { readonly ok: false; readonly why: "stale" };

/** Where in which stream the owner writes, and by which claim. */
export interface Place {
  readonly no: number;
  readonly lane: number;
  /** The version that the owner has read. */
  readonly version: number;
  readonly epoch: number;
}

export interface DriveItem extends Append, Place {
  readonly op: "drive";
  /** Left out: as before. */
  readonly state?: string;
  /** In ms, once it is known; left out: as before. */
  readonly startedAt?: number;
  /** Lanes above 0: the step that the journey came to. */
  readonly planStep?: string;
  /** Changes of other tables that belong to this append; `stale` undoes it all. */
  readonly writes?: readonly Write[];
  /** Inbox entries that these facts record. */
  readonly consumed?: readonly number[];
  readonly opened?: readonly OpenedLane[];
  /** Child executions, born in the same append as the fact that names them. */
  readonly children?: readonly CreateItem[];
  /** Gives the claim back, unless a signal came since `wake` was read. */
  readonly park?: { readonly wake: number; readonly readyAt: number | null };
  /** The step at which a replay did not match; null takes the mark away. */
  readonly blocked?: string | null;
  /** Who paused it; null takes the mark away. */
  readonly paused?: string | null;
  /** Guards that are given back; and such as are taken again where they are free. */
  readonly release?: readonly string[];
  readonly retake?: readonly string[];
}
export interface OpenedLane extends Append {
  readonly lane: number;
  readonly entity: string | null;
}
export type DriveOutcome =
  | { readonly ok: true; readonly position: number; readonly parked: boolean }
  | { readonly ok: false; readonly why: "lost" | "stale" };

/** The end of a lane above 0, or of the whole execution. */
export interface EndItem extends Append, Place {
  readonly op: "end";
  readonly state: string;
  readonly planStep?: string;
  readonly writes?: readonly Write[];
  readonly release?: readonly string[];
  /** Lane 0 only. */
  readonly ended?: EndedRow;
  /** Tells the parent's lane. */
  readonly notify?: { readonly no: number; readonly lane: number; readonly body: string };
}

export interface EndedRow {
  readonly identity: Identity;
  readonly createdAt: number;
  readonly startedAt: number | null;
  /** Where it ended before it could be put on record; left out: with its last facts. */
  readonly endedAt?: number;
  readonly waitedMs: number;
  readonly steps: number;
  readonly retries: number;
  readonly warnings: number;
  readonly errorCode: string | null;
  readonly figures: string | null;
  /** Null: nothing was spent. */
  readonly spending: Spending | null;
  /** Days since 1970-01-01 in the workspace's zone, for the roll-ups. */
  readonly day: number;
}

/**
 * The executions of one agent that wait for a place, oldest first. Those that never began stand in a
 * line of their own, so that they and those that go on do not wait for one another.
 */
export interface Line {
  readonly ws: number;
  readonly agent: number;
  readonly begun: boolean;
}
/** So many of a line, and of those no more than its rate has room for: they are counted with the claim. */
export interface Share extends Line {
  readonly most: number;
  readonly rate?: Rate;
}
export interface ClaimItem {
  readonly op: "claim";
  readonly owner: Owner;
  readonly at: number;
  readonly from: readonly Share[];
  /** So many of those that were told to stop or to pause: they need no place, and may be what frees one. */
  readonly urgent?: number;
}
/** Lanes above 0 of an execution that the owner holds: those that are due, or whose owner has gone. */
export interface ClaimLanesItem {
  readonly op: "claimLanes";
  readonly no: number;
  /** Which of its lanes. */
  readonly first: number;
  readonly last: number;
  /** Also those that are not due. */
  readonly all?: boolean;
  /** Also those that this very life holds: the caller knows that none of them is in memory. */
  readonly held?: boolean;
  readonly owner: Owner;
  /** Of the claim on lane 0: who has lost it gets no lane. */
  readonly epoch: number;
  readonly at: number;
}
export type ClaimLanesOutcome =
  | { readonly ok: true; readonly lanes: readonly Claimed[] }
  | { readonly ok: false; readonly why: "lost" };
export interface Claimed {
  readonly no: number;
  readonly lane: number;
  readonly id: string;
  readonly ws: number;
  readonly agent: number;
  readonly driver: string;
  readonly state: string;
  readonly blocked: string | null;
  readonly epoch: number;
  readonly wake: number;
}

export interface SignalItem {
  readonly op: "signal";
  readonly id: string;
  readonly lane: number;
  readonly kind: string;
  /** JSON: codes and ids only. */
  readonly body: string;
  readonly at: number;
  /** A repeat with the same key is accepted and changes nothing. */
  readonly key?: string;
}
export type SignalOutcome =
  | { readonly ok: true; readonly no: number; readonly repeated: boolean }
  | { readonly ok: false; readonly why: "ended" };

/**
 * Opens an ended execution again, for whoever claims it: its row leaves the ended ones and what it added to the sums
 * is taken out of them. Its next end adds what it is then.
 */
export interface ReopenItem extends Append {
  readonly op: "reopen";
  readonly no: number;
  readonly ws: number;
  /** Of its last fact, as it was read. */
  readonly version: number;
  /** From here on. */
  readonly state: string;
  readonly startedAt: number;
  /** The day of its former end in its workspace's zone, as its roll-ups have it. */
  readonly day: number;
  /** The caller's idempotency key, with the answer that a repeat will get. */
  readonly command?: { readonly key: string; readonly answer: string };
}
export type ReopenOutcome =
  | { readonly ok: true; readonly position: number }
  /** `stale`: it was opened again and has ended since it was read. */
  | { readonly ok: false; readonly why: "open" | "gone" | "stale" }
  | { readonly ok: false; readonly why: "repeated"; readonly answer: string };

/** Takes all of a node's former lives' claims away, so that recovery waits for no lease. */
export interface RecoverItem {
  readonly op: "recover";
  readonly owner: Owner;
  readonly at: number;
}

/** A claim that could not be carried out is given back, to be looked at again later. */
export interface ReleaseItem {
  readonly op: "release";
  readonly no: number;
  readonly owner: Owner;
  readonly readyAt: number;
}

/**
 * Takes ended executions out of the ledger: their sums stay, and nothing else may ever tell of them. What is left of
 * them is deleted by this item and by later ones, `most` rows at a time, so that no large one holds the writer up.
 */
export interface PruneItem {
  readonly op: "prune";
  readonly executions: readonly Prunable[];
  readonly most: number;
  /** Changes of other tables that belong to it. */
  readonly writes?: readonly Write[];
}
export interface Prunable {
  readonly no: number;
  /** The day of its end in its workspace's zone, as its roll-ups have it. */
  readonly day: number;
  /** Its end as it was read: one that was opened again since, and has another one, stays. */
  readonly endedAt?: number;
}
export interface PruneOutcome {
  /** How many were taken out; those that are open, gone already or have another end are passed over. */
  readonly pruned: number;
  /** Rows are left to be deleted: by a prune of nobody new. */
  readonly isLeft: boolean;
}

/**
 * Empties what the ledger holds of a person: the bodies of their payloads, wherever they stand, and the key of those in
 * archives. Their open journeys are told to end, and do before they ask for an answer that is gone.
 */
export interface EraseItem {
  readonly op: "erase";
  readonly ws: number;
  readonly subject: string;
  /** Whose journeys they may be on. */
  readonly agents: readonly number[];
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  /** Changes of other tables that belong to it; `stale` undoes it all. */
  readonly writes?: readonly Write[];
}
export type EraseOutcome =
  | {
      readonly ok: true;
      readonly payloads: number;
      /** Keys to what archives hold of them: 1, or 0 where they hold nothing. */
      readonly keys: number;
      /** Numbers of those that hold or held something of them, or have them on a journey: what was derived is to be again. */
      readonly executions: readonly number[];
      /** The lanes that were told to end. */
      readonly lanes: readonly { readonly no: number; readonly lane: number }[];
    }
  | { readonly ok: false; readonly why: "stale" };
/** What is blocked of an execution is looked at again; answers how many of its lanes will be. */
export interface UnblockItem {
  readonly op: "unblock";
  readonly id: string;
  readonly at: number;
}

export interface WriteItem {
  readonly op: "write";
  readonly writes: readonly Write[];
}
export type WriteOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: "stale" | "conflict"; readonly message?: string };

export interface Outcomes {
  create: CreateOutcome;
  drive: DriveOutcome;
  end: DriveOutcome;
  reopen: ReopenOutcome;
  claim: readonly Claimed[];
  claimLanes: ClaimLanesOutcome;
  signal: SignalOutcome;
  recover: number;
  release: boolean;
  prune: PruneOutcome;
  erase: EraseOutcome;
  unblock: number;
  write: WriteOutcome;
}
export type Item =
  | CreateItem
  | DriveItem
  | EndItem
  | ReopenItem
  | ClaimItem
  | ClaimLanesItem
  | SignalItem
  | RecoverItem
  | ReleaseItem
  | PruneItem
  | EraseItem
  | UnblockItem
  | WriteItem;
export type Op = Item["op"];
export type Outcome = Outcomes[Op];
