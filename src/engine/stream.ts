/**
 * A stream that this process owns: facts are collected and written together. A fact is recorded at
 * once and on disk once `flush` settles; nothing outside may happen between the two.
 *
 * One append is under way at a time; what is recorded meanwhile makes the next one.
 */
import type { Clock } from "#domain/clock.ts";
import type { Fact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type {
  CreateItem,
  DriveItem,
  DriveOutcome,
  EndItem,
  OpenedLane,
  Payload,
} from "#ledger/items.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";
import type { Write } from "#store/store.ts";

/** What is folded from the stream's facts beside each append: an execution, or a journey. */
export interface View {
  readonly after: (facts: readonly Fact[], at: number) => View;
  readonly state: string;
  readonly startedAt: number | null;
  readonly planStep: string | null;
  readonly pausedBy: string | null;
}

/** What can go along with facts in one append. */
export interface Along {
  readonly writes?: readonly Write[];
  readonly consumed?: readonly number[];
  readonly opened?: readonly OpenedLane[];
  readonly children?: readonly CreateItem[];
  readonly blocked?: string | null;
  readonly release?: readonly string[];
  readonly retake?: readonly string[];
  readonly park?: { readonly wake: number; readonly readyAt: number | null };
}

export interface StreamStart {
  readonly no: number;
  readonly lane: number;
  readonly version: number;
  readonly epoch: number;
  readonly lastAt: number;
  /** When its claim was asked for: until then it was surely nobody else's. */
  readonly claimedAt: number;
}

/** How far a stream has come. */
export function lastOf(entries: readonly Entry[]): Pick<StreamStart, "version" | "lastAt"> {
  const last = entries.at(-1);
  return { version: last?.version ?? 0, lastAt: last?.at ?? 0 };
}

/** How an answer is kept. */
interface Keeping {
  /** Whose data it is: it is kept apart from its fact. */
  readonly subject?: string | undefined;
  /** It is kept apart all the same. */
  readonly apart?: boolean | undefined;
}

const isApart = ({ subject, apart = false }: Keeping): boolean => apart || subject !== undefined;

/** An answer larger than this is kept apart from its fact. */
const LARGEST_INLINE = 8 * 1024;
const LARGEST_ANSWER = 1024 * 1024;
const LONGEST_PAUSE_MS = 1000;

type Base = Omit<DriveItem, "op">;
type ItemOf<V> = (base: Base, view: V) => DriveItem | EndItem;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class Stream<V extends View = View> {
  readonly no: number;
  readonly lane: number;
  readonly epoch: number;
  view: V;
  #version: number;
  #lastAt: number;
  #confirmedAt: number;
  #facts: Fact[] = [];
  #payloads: Payload[] = [];
  #consumed: number[] = [];
  #along: Along = {};
  #ended = false;
  #busy: Promise<unknown> | undefined;
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor(ledger: Ledger, clock: Clock, view: V, start: StreamStart) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.view = view;
    this.no = start.no;
    this.lane = start.lane;
    this.epoch = start.epoch;
    this.#version = start.version;
    this.#lastAt = start.lastAt;
    this.#confirmedAt = start.claimedAt;
  }

  /**
   * Whether this process may have been stopped since it last knew that the stream is its own: then
   * somebody else may be at work on it, and it is to be asked before anything happens outside.
   */
  get isInDoubt(): boolean {
    return this.#clock.now() - this.#confirmedAt > LONGEST_PAUSE_MS;
  }

  /** @throws Fault `lost` */
  async confirm(): Promise<void> {
    const now = this.#clock.now();
    if ((await this.#ledger.heldEpoch(this.no, this.lane)) !== this.epoch)
      throw refusal("lost", this.no, this.lane);
    this.#confirmedAt = now;
  }

  /** After its last fact a stream takes no more: what is late is left out. */
  record(fact: Fact): void {
    if (!this.#ended) this.#facts.push(fact);
  }

  /**
   * Records a fact with an answer: a person's data or a large one goes into a payload.
   * @throws Fault `too_large`
   */
  recordAnswer(fact: Fact, json: string | undefined, value: unknown, keeping: Keeping = {}): void {
    const length = json?.length ?? 0;
    if (length > LARGEST_ANSWER) throw tooLarge(length);
    if (json === undefined) this.record(fact);
    else if (length <= LARGEST_INLINE && !isApart(keeping))
      this.record({ ...fact, r: value } as Fact);
    else {
      const part = this.#payloads.length;
      this.#payloads.push({ part, subject: keeping.subject ?? null, body: json });
      this.record({ ...fact, part } as Fact);
    }
  }

  /** The view with what was recorded and is not written yet. */
  get upcoming(): V {
    return this.view.after(this.#facts, Math.max(this.#clock.now(), this.#lastAt)) as V;
  }

  /** The inbox entry that was recorded goes with the next append. */
  consume(seq: number): void {
    this.#consumed.push(seq);
  }

  /** Goes with the next append that is not the last. */
  goesAlong(along: Pick<Along, "blocked" | "retake">): void {
    this.#along = { ...this.#along, ...along };
  }

  /** Forgets what was recorded and not yet sent, and takes no more. */
  discard(): void {
    this.#ended = true;
    this.#facts = [];
    this.#payloads = [];
    this.#consumed = [];
    this.#along = {};
  }

  get #isClean(): boolean {
    return (
      this.#busy === undefined &&
      this.#facts.length === 0 &&
      this.#consumed.length === 0 &&
      Object.keys(this.#along).length === 0
    );
  }

  /** Settles when all that was recorded so far is on disk; undefined: it is already. */
  flush(): Promise<unknown> | undefined {
    if (this.#busy !== undefined) return this.#flushAll();
    return this.#facts.length === 0 ? undefined : this.write();
  }

  async #flushAll(): Promise<void> {
    while (this.#busy !== undefined) await this.#busy;
    if (this.#facts.length > 0) await this.write();
  }

  /**
   * Writes what was recorded, and what `record` adds, with what belongs to the same append: others may
   * write while this waits for its turn, so a fact that needs company is recorded only then.
   * @throws Fault `lost`
   */
  async write(along: Along = {}, record?: () => void): Promise<{ readonly parked: boolean }> {
    while (this.#busy !== undefined) await this.#busy;
    record?.();
    const own = this.#along;
    this.#along = {};
    return await this.#send((item) => ({ op: "drive", ...item, ...own, ...along }));
  }

  /**
   * Writes one fact together with changes of other tables, and nothing else: what others recorded
   * must not be lost with it. @throws Fault `stale`: none of it was written, and what the changes were
   * based on must be read again.
   */
  async writeWith(record: () => void, writes: readonly Write[]): Promise<void> {
    while (!this.#isClean) {
      if (this.#busy === undefined) await this.write();
      else await this.#busy;
    }
    record();
    await this.#send((item) => ({ op: "drive", ...item, writes }));
  }

  /** The stream's last append. */
  async end(
    along: Pick<EndItem, "release">,
    row?: (view: V) => NonNullable<EndItem["ended"]>,
    notify?: (view: V) => NonNullable<EndItem["notify"]>,
  ): Promise<void> {
    this.#ended = true;
    while (this.#busy !== undefined) await this.#busy;
    await this.#send((item, view) => ({
      op: "end",
      ...item,
      state: view.state,
      ...along,
      ...(row !== undefined && { ended: row(view) }),
      ...(notify !== undefined && { notify: notify(view) }),
    }));
  }

  /**
   * Takes what was recorded; a fact's `at` never decreases within its stream. The next append may begin
   * when this one has moved the version on.
   */
  async #send(itemOf: ItemOf<V>): Promise<{ readonly parked: boolean }> {
    const turn = Promise.withResolvers<void>();
    this.#busy = turn.promise;
    try {
      const now = this.#clock.now();
      const at = Math.max(now, this.#lastAt);
      const facts = this.#facts;
      const view = facts.length === 0 ? this.view : (this.view.after(facts, at) as V);
      const item = itemOf(this.#takeBase(view, at), view);
      const outcome: DriveOutcome = await this.#ledger.append(item);
      if (!outcome.ok) throw refusal(outcome.why, this.no, this.lane);
      this.view = view;
      this.#version += facts.length;
      this.#lastAt = at;
      this.#confirmedAt = now;
      return outcome;
    } finally {
      this.#busy = undefined;
      turn.resolve();
    }
  }

  #takeBase(view: V, at: number): Base {
    const facts = this.#facts;
    const base: Writable<Base> = {
      no: this.no,
      lane: this.lane,
      epoch: this.epoch,
      at,
      version: this.#version,
      count: facts.length,
      data: JSON.stringify(facts),
    };
    this.#facts = [];
    const before = this.view;
    if (view.state !== before.state) base.state = view.state;
    if (view.startedAt !== null && view.startedAt !== before.startedAt)
      base.startedAt = view.startedAt;
    if (view.planStep !== null && view.planStep !== before.planStep) base.planStep = view.planStep;
    if (view.pausedBy !== before.pausedBy) base.paused = view.pausedBy;
    if (this.#payloads.length > 0) {
      base.payloads = this.#payloads;
      this.#payloads = [];
    }
    if (this.#consumed.length > 0) {
      base.consumed = this.#consumed;
      this.#consumed = [];
    }
    return base;
  }
}

function tooLarge(length: number): Fault {
  return new Fault(
    "too_large",
    `The answer is ${length} characters long; ${LARGEST_ANSWER} is the most.`,
    { suggestion: "Keep large data in a place of its own and answer with a reference to it." },
  );
}

function refusal(why: "lost" | "stale", no: number, lane: number): Fault {
  return why === "lost"
    ? new Fault("lost", "Another owner has taken this execution over.", { facts: { no, lane } })
    : new Fault("stale", "The data changed while the step ran.");
}
