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
/** Answered ones are let go in lumps: a shift for each would cost more than it frees. */
const LUMP = 8192;

/** This thread's side of the writer: what is appended in one turn of the event loop travels together. */
export class Writer {
  /** Settles when the store can no longer be written; the process should end and recover. */
  readonly broken: Promise<Fault>;
  readonly #worker: Worker;
  readonly #written: () => void;
  readonly #broken = Promise.withResolvers<Fault>();
  readonly #closed = Promise.withResolvers<void>();
  #outgoing: Item[] = [];
  #waiting: Waiting[] = [];
  #answered = 0;
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
    this.#worker.on("error", (error) => {
      this.#fail(`The writer stopped: ${error instanceof Error ? error.message : String(error)}`);
    });
    this.#worker.on("exit", () => {
      this.#fail("The store is closed.");
    });
  }

  /** Answered after the sync. @throws Fault `conflict`, `store_failed` */
  append(item: Item): Promise<Outcome> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#outgoing.length === 0) queueMicrotask(() => this.#send());
    this.#outgoing.push(item);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#send();
    this.#post("close");
    await this.#closed.promise;
    await this.#worker.terminate();
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #send(): void {
    if (this.#outgoing.length === 0) return;
    const items = this.#outgoing;
    this.#outgoing = [];
    this.#post(itemsToWire(items));
  }

  #hear(message: FromWriter): void {
    if (!("type" in message)) this.#settle(answersFromWire(message));
    else if (message.type === "broken") this.#fail(message.message, message.suggestion);
    else this.#closed.resolve();
  }

  #settle(settled: readonly Settled[]): void {
    for (const one of settled) {
      const { resolve, reject } = this.#waiting[this.#answered++] as Waiting;
      if ("outcome" in one) resolve(one.outcome);
      else reject(new Fault(one.conflict ? "conflict" : "store_failed", one.error));
    }
    this.#written();
    if (this.#answered < this.#waiting.length && this.#answered <= LUMP) return;
    this.#waiting = this.#waiting.slice(this.#answered);
    this.#answered = 0;
  }

  #fail(message: string, suggestion: string = GONE_WRONG): void {
    if (this.#failure !== undefined) return;
    const failure = new Fault("store_failed", message, { suggestion });
    this.#failure = failure;
    for (const { reject } of this.#waiting.slice(this.#answered)) reject(failure);
    this.#waiting = [];
    this.#answered = 0;
    if (!this.#closing) this.#broken.resolve(failure);
    this.#closed.resolve();
  }
}
