/** The search thread: it alone writes the search file, and it answers searches between two chunks. */
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";

import { type Index, isFull, openIndex } from "./open-index.ts";
import type { SearchAnswer, SearchQuery } from "./search.ts";

export interface SearchData {
  readonly path: string;
  readonly ledgerPath: string;
  readonly ledgerId: string;
}

export type ToSearch =
  | { readonly type: "wake" }
  | { readonly type: "find"; readonly id: number; readonly query: SearchQuery }
  | { readonly type: "forget"; readonly id: number; readonly nos: readonly number[] }
  | { readonly type: "close" };

export type FromSearch =
  | { readonly type: "done"; readonly id: number; readonly answer?: SearchAnswer }
  /** That one could not be answered. */
  | { readonly type: "failed"; readonly id: number; readonly why: string }
  /** The file was thrown away and is built anew. */
  | { readonly type: "rebuilding"; readonly why: string }
  /** Nothing more is taken in until the disk lets it. */
  | { readonly type: "full"; readonly why: string }
  | { readonly type: "closed" };

/** On Linux it is the calling thread that gives way to the others; elsewhere it would be the process. */
const NICE = 5;
if (process.platform === "linux") setPriority(NICE);

if (parentPort === null) throw new Error("the search runs as a worker thread");
const port = parentPort;
const say = (message: FromSearch): void => {
  port.postMessage(message);
};

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

let opened: Index | undefined;
let following = false;
let isSaid = false;

function index(): Index {
  opened ??= openIndex(workerData as SearchData, (why) => {
    say({ type: "rebuilding", why });
  });
  return opened;
}

/** On a full disk it stands still until it is woken again. */
function takeChunk(): boolean {
  try {
    const isMore = index().takeChunk();
    isSaid = false;
    return isMore;
  } catch (error) {
    if (!isFull(error)) throw error;
    if (!isSaid) say({ type: "full", why: whyOf(error) });
    isSaid = true;
    return false;
  }
}

/** Chunk after chunk until nothing is left; who asks meanwhile is answered in between. */
function follow(): void {
  if (following) return;
  following = true;
  const next = (): void => {
    if (!following) return;
    if (takeChunk()) setImmediate(next);
    else following = false;
  };
  setImmediate(next);
}

function answerTo(message: Extract<ToSearch, { readonly id: number }>): FromSearch {
  const { id } = message;
  try {
    if (message.type === "find") return { type: "done", id, answer: index().find(message.query) };
    index().forget(message.nos);
    return { type: "done", id };
  } catch (error) {
    return { type: "failed", id, why: whyOf(error) };
  }
}

port.on("message", (message: ToSearch) => {
  if (message.type === "wake") follow();
  else if (message.type !== "close") say(answerTo(message));
  else {
    following = false;
    opened?.close();
    say({ type: "closed" });
    port.close();
  }
});
follow();
