/**
 * The writer thread: it alone writes the ledger's file. Whatever has arrived while it was busy makes
 * the next batch, so the more comes in, the more shares one sync.
 */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";

import { openWriting, type SqliteOptions } from "#store/databases/sqlite.ts";

import type { Item } from "../items.ts";
import { Batches, countersOf, StoreBroken } from "./batch.ts";
import { forgetting, giveBack, hasFree, keepLogShort } from "./space.ts";
import { answersToWire, itemsFromWire, type Wire } from "./wire.ts";

export interface WriterData extends SqliteOptions {
  readonly path: string;
}
/** Items, as they travel. */
export type ToWriter = Wire | "close";
/** Answers, in the order of the items; or what has become of the writer. */
export type FromWriter =
  | Wire
  | { readonly type: "broken"; readonly message: string; readonly suggestion?: string | undefined }
  | { readonly type: "closed" };

/** More makes a sync no cheaper worth mentioning, and the answers late. */
const LARGEST_BATCH = 1024;
const LEAST_SPLIT = 128;
/** So long after the last batch the writer is idle. */
const IDLE_MS = 50;

if (parentPort === null) throw new Error("the writer runs as a worker thread");
const port = parentPort;
const { path, ...options } = workerData as WriterData;
const db = openWriting(path, options);
const log = keepLogShort(db, path);
const batches = new Batches(db, countersOf);

const answer = (message: FromWriter): void => {
  port.postMessage(message);
};

function close(): void {
  clearTimeout(resting);
  db.close();
  answer({ type: "closed" });
  port.close();
}

let queue: readonly Item[] = [];
let closing = false;
/** How many were answered last: they may come back soon. */
let answered = 0;
/** Pages were freed, by this life or a former one, and are given back while there is nothing else to do. */
let hasFreed = hasFree(db);
let resting: NodeJS.Timeout | undefined;

/** While it is written to all the time, free pages are used again and none has to be given back. */
function rest(): void {
  clearTimeout(resting);
  if (!hasFreed) return;
  resting = setTimeout(() => {
    hasFreed = giveBack(db);
    rest();
  }, IDLE_MS);
}

/** Takes what has arrived meanwhile, without a turn of the event loop. */
function receive(): void {
  while (queue.length < LARGEST_BATCH && !closing) {
    const next = receiveMessageOnPort(port);
    if (next === undefined) return;
    take(next.message);
  }
}

function take(message: ToWriter): void {
  if (message === "close") closing = true;
  else {
    const items = itemsFromWire(message);
    queue = queue.length === 0 ? items : queue.concat(items);
  }
}

/**
 * Half of what is under way: while it is written, the callers of the other half, who were answered
 * before, prepare their next items.
 */
function shareOf(underWay: number): number {
  return Math.min(Math.max(Math.ceil(underWay / 2), LEAST_SPLIT), LARGEST_BATCH);
}

/** Batch after batch until nothing is left; each is answered as soon as it is synced. */
function work(): void {
  while (queue.length > 0) {
    const batch = queue.slice(0, shareOf(queue.length + answered));
    queue = queue.slice(batch.length);
    answered = batch.length;
    const erases = batch.some(({ op }) => op === "erase");
    const run = (): Wire => answersToWire(batches.run(batch));
    answer(erases ? forgetting(db, run) : run());
    log.look();
    hasFreed ||= batch.some(({ op }) => op === "prune");
    receive();
  }
}

port.on("message", (message: ToWriter) => {
  take(message);
  try {
    receive();
    work();
  } catch (error) {
    if (!(error instanceof StoreBroken)) throw error;
    const { message: why, suggestion } = error;
    answer({ type: "broken", message: why, suggestion });
    port.close();
    return;
  }
  if (closing) close();
  else rest();
});
