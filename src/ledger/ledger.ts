/**
 * The ledger: what happened, append-only, numbered within its stream (`version`) and over all
 * (`position`). Everything else in the store is a projection of it.
 *
 * A stream is (execution `no`, `lane`): lane 0 is the driver's own, lanes above are journeys. Only the
 * owner of a stream's claim writes it, at the version it has read and under the epoch it was given;
 * everybody else puts signals into its inbox. A fact is answered for only after it is synced.
 *
 * What happens when…
 * - the process dies: what was answered is there; claims of its former life are voided at start;
 * - an owner was taken over (it was stopped, and others thought it dead): its writes are answered
 *   `lost`, since the epoch has moved on;
 * - a signal comes while its lane parks: parking names the `wake` it has seen, and fails on another;
 * - an item conflicts: it is refused alone, the others of its batch are written;
 * - the disk fails: nothing is written any more and `broken` tells, since after a failed sync nobody
 *   knows what is on disk.
 */
import type { Fact } from "#domain/facts.ts";
import type { PartCount } from "#domain/rate.ts";
import type { Store } from "#store/store.ts";

import type { Item, Line, Op, Outcomes, Owner } from "./items.ts";

/** One append of a stream: facts `version - facts.length + 1` to `version`. */
export interface Entry {
  /** Of its last fact. */
  readonly position: number;
  readonly no: number;
  readonly lane: number;
  readonly version: number;
  readonly epoch: number;
  readonly at: number;
  readonly facts: readonly Fact[];
}

export interface InboxItem {
  readonly seq: number;
  readonly kind: string;
  readonly body: string;
  readonly at: number;
}

export interface Inbox {
  readonly wake: number;
  readonly items: readonly InboxItem[];
}

/** A payload as it is kept. */
export interface Part {
  readonly version: number;
  readonly part: number;
  readonly subject: string | null;
  /** JSON; null once it was erased. */
  readonly body: string | null;
}

export interface JourneyAt {
  readonly lane: number;
  readonly entity: string | null;
}

/** A payload that was erased answers with `undefined`, and its readers leave a gap. */
export type Payloads = ReadonlyMap<string, unknown>;
export const payloadKey = (version: number, part: number): string => `${version}.${part}`;

export interface WaitingLine extends Line {
  readonly n: number;
}

export interface OpenLanes {
  readonly count: number;
  /** When the first of those that nobody runs is due; null: each waits for a signal. */
  readonly due: number | null;
  /** How many of them somebody holds. */
  readonly held: number;
  /** How many of them were ever opened. */
  readonly opened: number;
}

export interface Found {
  readonly no: number;
  readonly ws: number;
  readonly state: string;
  readonly ended: boolean;
}

export interface Ledger {
  /** Which ledger this is: a restored copy is another one. Cursors are `ledgerId.position`. */
  readonly id: string;
  readonly store: Store;
  /** This process as an owner of claims: each opening of the store is a new life of its node. */
  readonly owner: Owner;
  readonly append: <I extends Item>(item: I) => Promise<Outcomes[I["op"] & Op]>;
  /** A stream from its beginning, or what came after a version; upcast to today's facts. */
  readonly read: (no: number, lane: number, after?: number) => Promise<readonly Entry[]>;
  readonly readPayloads: (no: number, lane: number) => Promise<Payloads>;
  /** The same as they are kept, with whose data each is. */
  readonly readParts: (no: number, lane: number) => Promise<readonly Part[]>;
  /** Which entity each of an execution's lanes is about, ended ones included. */
  readonly journeysOf: (no: number, first: number, last: number) => Promise<readonly JourneyAt[]>;
  /** What waits in a stream's inbox; a signal that comes later moves `wake` on. */
  readonly readInbox: (no: number, lane: number) => Promise<Inbox>;
  /** The epoch of the claim that somebody has on a stream; undefined: nobody has one. */
  readonly heldEpoch: (no: number, lane: number) => Promise<number | undefined>;
  /** The open ones of some lanes of an execution, and when the first of them is due. */
  readonly openLanes: (no: number, first: number, last: number) => Promise<OpenLanes>;
  /** The open lanes above 0, in memory or out of it. */
  readonly lanesOf: (no: number) => Promise<readonly number[]>;
  /** The last fact of each lane above 0, with its number. */
  readonly lastOfLanes: (no: number) => Promise<readonly Entry[]>;
  /** Where to find an execution by its id; undefined: there is none. */
  readonly find: (id: string) => Promise<Found | undefined>;
  /** Whether somebody was told to stop or to pause and has not put it on record. */
  readonly hasUrgent: () => Promise<boolean>;
  /** The earliest time after that one at which something can be claimed; null: nothing waits for a time. */
  readonly nextDue: (after?: number) => Promise<number | null>;
  /** In which lines those stand that have been due for longest, at most `limit` of them, and how many in each. */
  readonly linesOfOldest: (at: number, limit: number) => Promise<readonly WaitingLine[]>;
  /** Every line in which somebody is due. */
  readonly dueLines: (at: number) => Promise<readonly Line[]>;
  /** How many of an agent's executions started, by parts of its rate's span from that one on. */
  readonly starts: (agent: number, part: number) => Promise<readonly PartCount[]>;
  /** Everything after a position, in order, at most `limit` appends. */
  readonly readAfter: (position: number, limit: number) => Promise<readonly Entry[]>;
  /** The position of the last fact. */
  readonly head: () => Promise<number>;
  /**
   * Calls `wake` after every append that added facts, until the returned function is called. It
   * carries nothing: a follower reads on from its own position, so it misses and doubles nothing.
   */
  readonly onAppend: (wake: () => void) => () => void;
  /** How many appends are not answered yet: how far the writer is behind. */
  readonly underWay: () => number;
  readonly broken: Promise<unknown>;
  readonly close: () => Promise<void>;
}
