/**
 * A stream that this process owns: facts are collected and written together. A fact is recorded at
 * once and on disk once `flush` settles; nothing outside may happen between the two.
 */
import type { Clock } from "#domain/clock.ts";
import type { Fact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import type { CreateItem, DriveItem, DriveOutcome, EndItem, OpenedLane, Payload } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Write } from "#store/store.ts";

/** What is folded from the stream's facts beside each append: an execution, or a journey. */
export interface View {
  readonly evolve: (fact: Fact, at: number) => void;
  readonly state: () => string;
  readonly startedAt: () => number | null;
  readonly planStep: () => string | null;
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
  readonly park?: DriveItem["park"];
}

export interface StreamStart {
  readonly no: number;
  readonly lane: number;
  readonly version: number;
  readonly epoch: number;
  readonly lastAt: number;
}

/** Somebody else has claimed the stream: this process must not act for it any more. */
export function lost(no: number, lane: number): Fault {
  return new Fault("lost", "Another owner has taken this execution over.", { facts: { no, lane } });
}

export class Stream {
  readonly no: number;
  readonly lane: number;
  readonly epoch: number;
  version: number;
  #lastAt: number;
  #facts: Fact[] = [];
  #payloads: Payload[] = [];
  #sent: Promise<DriveOutcome> | undefined;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #view: View;

  constructor(ledger: Ledger, clock: Clock, view: View, start: StreamStart) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#view = view;
    this.no = start.no;
    this.lane = start.lane;
    this.version = start.version;
    this.epoch = start.epoch;
    this.#lastAt = start.lastAt;
  }

  record(fact: Fact): void {
    this.#facts.push(fact);
  }

  /** Records a fact whose answer is a person's data: the body goes into a payload of that subject. */
  recordFor(subject: string, fact: Fact & { readonly r?: unknown }): void {
    const { r, ...plain } = fact;
    const part = this.#payloads.length;
    this.#payloads.push({ part, subject, body: JSON.stringify(r ?? null) });
    this.#facts.push({ ...plain, part } as Fact);
  }

  /** Settles when all that was recorded is on disk. @throws Fault `lost`, `stale` */
  flush(): Promise<unknown> | undefined {
    if (this.#facts.length === 0) return this.#sent;
    return this.write();
  }

  /** As `flush`, with what belongs to the same append. */
  async write(along: Along = {}): Promise<DriveOutcome> {
    const sent = this.#ledger.append({ op: "drive", ...this.#next(), ...along });
    this.#sent = sent;
    const outcome = await sent;
    if (this.#sent === sent) this.#sent = undefined;
    return this.#hold(outcome);
  }

  /** The stream's last append. */
  async end(along: Pick<EndItem, "writes" | "release" | "notify"> & { readonly row?: () => EndItem["ended"] }): Promise<DriveOutcome> {
    const { row, ...besides } = along;
    const next = this.#next();
    const ended = row?.();
    const item: EndItem = { op: "end", ...next, ...besides };
    return this.#hold(await this.#ledger.append(ended === undefined ? item : { ...item, ended }));
  }

  #hold(outcome: DriveOutcome): DriveOutcome {
    if (outcome.ok) return outcome;
    if (outcome.why === "lost") throw lost(this.no, this.lane);
    throw new Fault("stale", "The data changed while the step ran.");
  }

  /** Takes what was recorded; a fact's `at` never decreases within its stream. */
  #next(): Omit<DriveItem, "op"> {
    const facts = this.#facts;
    const payloads = this.#payloads;
    this.#facts = [];
    this.#payloads = [];
    const at = Math.max(this.#clock.now(), this.#lastAt);
    this.#lastAt = at;
    for (const fact of facts) this.#view.evolve(fact, at);
    const { no, lane, epoch, version } = this;
    this.version += facts.length;
    const planStep = this.#view.planStep();
    return {
      no,
      lane,
      epoch,
      version,
      at,
      count: facts.length,
      data: facts.length === 0 ? "[]" : JSON.stringify(facts),
      state: this.#view.state(),
      startedAt: this.#view.startedAt(),
      ...(payloads.length > 0 && { payloads }),
      ...(planStep !== null && { planStep }),
    };
  }
}
