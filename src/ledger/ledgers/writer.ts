import { Worker } from "node:worker_threads";

import { Fault } from "#domain/fault.ts";

import type { Item, Outcome } from "../items.ts";
import type { Settled } from "./batch.ts";
import type { FromWriter, ToWriter, WriterData } from "./sqlite.worker.ts";
import { answersFromWire, itemsToWire } from "./wire.ts";

export interface Writer {
  /** Answered after the sync. @throws Fault `conflict`, `store_failed` */
  readonly append: (item: Item) => Promise<Outcome>;
  /** Settles when the store can no longer be written; the process should end and recover. */
  readonly broken: Promise<Fault>;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Fault) => void;
}

/**
 * This thread's side of the writer: what is appended in one turn of the event loop travels together.
 * @param written called after each batch
 */
export function openWriter(data: WriterData, written: () => void): Writer {
  const worker = new Worker(new URL("./sqlite.worker.ts", import.meta.url), { workerData: data });
  let outgoing: Item[] = [];
  let waiting: Waiting[] = [];
  let answered = 0;
  let failure: Fault | undefined;
  let closing = false;
  const broken = Promise.withResolvers<Fault>();
  const closed = Promise.withResolvers<void>();

  function post(message: ToWriter): void {
    worker.postMessage(message);
  }

  function send(): void {
    if (outgoing.length === 0) return;
    const items = outgoing;
    outgoing = [];
    post(itemsToWire(items));
  }

  function settle(settled: readonly Settled[]): void {
    for (const one of settled) {
      const { resolve, reject } = waiting[answered++] as Waiting;
      if ("outcome" in one) resolve(one.outcome);
      else reject(new Fault(one.conflict ? "conflict" : "store_failed", one.error));
    }
    written();
    if (answered === waiting.length) {
      waiting = [];
      answered = 0;
    } else if (answered > 8192) {
      waiting = waiting.slice(answered);
      answered = 0;
    }
  }

  function fail(message: string): void {
    if (failure !== undefined) return;
    failure = new Fault("store_failed", message, {
      suggestion:
        "Check the disk of the data folder, then start Stint again: it goes on where it was.",
    });
    for (const { reject } of waiting.slice(answered)) reject(failure);
    waiting = [];
    answered = 0;
    if (!closing) broken.resolve(failure);
    closed.resolve();
  }

  worker.on("message", (message: FromWriter) => {
    if (!("type" in message)) settle(answersFromWire(message));
    else if (message.type === "broken") fail(message.message);
    else closed.resolve();
  });
  worker.on("error", (error) => {
    fail(`The writer stopped: ${error instanceof Error ? error.message : String(error)}`);
  });
  worker.on("exit", () => {
    fail("The store is closed.");
  });

  return {
    append: (item) => {
      if (failure !== undefined) return Promise.reject(failure);
      if (outgoing.length === 0) queueMicrotask(send);
      outgoing.push(item);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
      });
    },
    broken: broken.promise,
    close: async () => {
      closing = true;
      send();
      post("close");
      await closed.promise;
      await worker.terminate();
    },
  };
}
