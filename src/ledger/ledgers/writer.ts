import { Worker } from "node:worker_threads";

import { Fault } from "#domain/fault.ts";

import type { Item, Outcome } from "../items.ts";
import type { Settled } from "./batch.ts";
import type { FromWriter, ToWriter, WriterData } from "./sqlite.worker.ts";
import { answersFromWire, itemsToWire } from "./wire.ts";

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Fault) => void;
}

const GONE_WRONG =
  "Check the disk of the data folder, then start Stint again: it goes on where it was.";
const CLOSED = "The store is closed.";

const failureOf = (message: string, suggestion = GONE_WRONG): Fault =>
  new Fault("store_failed", message, { suggestion });

/** Answered ones are let go in lumps: a shift for each would cost more than it frees. */
const LUMP = 8192;
/** So many callers go on in one turn of the event loop: a whole batch would keep everybody else waiting. */
const CALLERS_A_TURN = 128;
/** Enough for the next batches: more would only lie in the writer's memory beside its copy here. */
const MOST_SENT = 4096;

/** This thread's side of the writer: what is appended in one turn of the event loop travels together. */
export class Writer {
  /** Settles when the store can no longer be written; the process should end and recover. */
  readonly broken: Promise<Fault>;
  readonly #worker: Worker;
  readonly #written: () => void;
  readonly #broken = Promise.withResolvers<Fault>();
  readonly #closed = Promise.withResolvers<void>();
  #outgoing: Item[] = [];
  /** How many of those were sent. */
  #sent = 0;
  #waiting: Waiting[] = [];
  #answered = 0;
  /** What came from the writer and is not told yet. */
  readonly #settled: Settled[] = [];
  #failure: Fault | undefined;
  #closing = false;

  /** @param written called after each batch */
  constructor(data: WriterData, written: () => void) {
    this.broken = this.#broken.promise;
    this.#written = written;
    const file = new URL("./sqlite.worker.ts", import.meta.url);
    this.#worker = new Worker(file, { workerData: data });
    this.#worker.on("message", (message: FromWriter) => {
      this.#hear(message);
    });
    let why = CLOSED;
    this.#worker.on("error", (error) => {
      why = `The writer stopped: ${error instanceof Error ? error.message : String(error)}`;
    });
    // By then all that it had answered has been heard.
    this.#worker.on("exit", () => {
      this.#fail(why);
    });
  }

  /** Answered after the sync. @throws Fault `conflict`, `store_failed` */
  append(item: Item): Promise<Outcome> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    // The writer closes its file behind what was sent, and would fail at anything more.
    if (this.#closing) return Promise.reject(failureOf(CLOSED));
    if (this.#outgoing.length === 0) queueMicrotask(() => this.#send(this.#share()));
    this.#outgoing.push(item);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#send(this.#unsent());
    this.#post("close");
    await this.#closed.promise;
    await this.#worker.terminate();
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  /** How many appends are not answered yet. */
  get underWay(): number {
    return this.#waiting.length - this.#answered;
  }

  #unsent(): number {
    return this.#outgoing.length - this.#sent;
  }

  /** How many more may be sent now. */
  #share(): number {
    const unsent = this.#unsent();
    return Math.min(unsent, MOST_SENT - (this.underWay - unsent));
  }

  #send(count: number): void {
    if (count <= 0) return;
    const until = this.#sent + count;
    const isAll = until === this.#outgoing.length;
    const items =
      isAll && this.#sent === 0 ? this.#outgoing : this.#outgoing.slice(this.#sent, until);
    if (isAll || until > LUMP) {
      this.#outgoing = isAll ? [] : this.#outgoing.slice(until);
      this.#sent = 0;
    } else this.#sent = until;
    this.#post(itemsToWire(items));
  }

  #hear(message: FromWriter): void {
    if (!("type" in message)) this.#take(answersFromWire(message));
    else if (message.type === "broken") this.#fail(message.message, message.suggestion);
    else this.#closed.resolve();
  }

  #take(settled: readonly Settled[]): void {
    const isTelling = this.#settled.length > 0;
    this.#settled.push(...settled);
    if (!isTelling) this.#tell();
    this.#written();
  }

  /** Tells some of those who wait, and the rest in the turns that follow. */
  #tell(): void {
    this.#settle(this.#settled.splice(0, CALLERS_A_TURN));
    if (this.#settled.length > 0) setImmediate(() => this.#tell());
  }

  #settle(settled: readonly Settled[]): void {
    for (const one of settled) {
      const { resolve, reject } = this.#waiting[this.#answered++] as Waiting;
      if ("outcome" in one) resolve(one.outcome);
      else reject(new Fault(one.conflict ? "conflict" : "store_failed", one.error));
    }
    if (this.#failure === undefined && this.#outgoing.length > 0) this.#send(this.#share());
    if (this.#answered < this.#waiting.length && this.#answered <= LUMP) return;
    this.#waiting = this.#waiting.slice(this.#answered);
    this.#answered = 0;
  }

  #fail(message: string, suggestion?: string): void {
    if (this.#failure !== undefined) return;
    const failure = failureOf(message, suggestion);
    this.#failure = failure;
    this.#settle(this.#settled.splice(0)); // what was written is told, whatever came after
    for (const { reject } of this.#waiting.slice(this.#answered)) reject(failure);
    this.#waiting = [];
    this.#answered = 0;
    this.#outgoing = [];
    this.#sent = 0;
    if (!this.#closing) this.#broken.resolve(failure);
    this.#closed.resolve();
  }
}
