import { statSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { SEARCH_FILE, type Search, type SearchAnswer } from "./search.ts";
import type { FromSearch, SearchData, ToSearch } from "./search.worker.ts";

export interface SearchNeeds {
  readonly ledger: Pick<Ledger, "id" | "onAppend">;
  /** Where the ledger's file lies, and the index's beside it. */
  readonly folder: string;
  readonly warn: (message: string) => void;
}

/** What is appended within this time wakes the thread once. */
const COALESCED_MS = 100;

/** Starting Stint comes first: the thread begins after this time, or when somebody searches. */
const UNHURRIED_MS = 1000;

/** The search, in a thread that reads on by itself; nobody waits for it but those who search. */
export function openSearch({ ledger, folder, warn }: SearchNeeds): Search {
  const path = join(folder, SEARCH_FILE);
  const ledgerPath = join(folder, "stint.db");
  const thread = new SearchThread({ path, ledgerPath, ledgerId: ledger.id }, warn);
  let timer: NodeJS.Timeout | undefined;
  const wakeIn = (ms: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      thread.wake();
    }, ms).unref();
  };
  wakeIn(UNHURRIED_MS);
  const unfollow = ledger.onAppend(() => {
    wakeIn(COALESCED_MS);
  });
  return {
    find: async (query) => {
      const answer = await thread.ask((id) => ({ type: "find", id, query }));
      if (answer === undefined) throw new Error("a search was answered without an answer");
      return answer;
    },
    forget: async (nos) => {
      await thread.ask((id) => ({ type: "forget", id, nos }));
    },
    close: async () => {
      unfollow();
      clearTimeout(timer);
      await thread.close();
    },
  };
}

interface Asked {
  readonly resolve: (answer: SearchAnswer | undefined) => void;
  readonly reject: (error: Fault) => void;
}

const notAnswered = (why: string): Fault =>
  new Fault("unavailable", `The search cannot answer: ${why}`, {
    suggestion: `Start Stint again; if that does not help, stop it and delete ${SEARCH_FILE} in the data folder: it is made anew`,
  });

/** Which files the ledger's are now. */
function filesOf({ ledgerPath }: SearchData): string {
  const found = [ledgerPath, `${ledgerPath}-wal`].map((path) =>
    statSync(path, { throwIfNoEntry: false }),
  );
  return found.map((file) => `${file?.dev}/${file?.ino}`).join();
}

/** What a chunk leaves behind is young: with V8's own choice, a long history keeps 60 MiB more after it. */
const YOUNG_MIB = 8;

class SearchThread {
  readonly #data: SearchData;
  readonly #files: string;
  readonly #warn: (message: string) => void;
  readonly #asked = new Map<number, Asked>();
  readonly #closed = Promise.withResolvers<void>();
  #worker: Worker | undefined;
  #lastId = 0;
  #stopped: Fault | undefined;
  #closing = false;

  constructor(data: SearchData, warn: (message: string) => void) {
    this.#data = data;
    this.#files = filesOf(data);
    this.#warn = warn;
  }

  wake(): void {
    if (this.#stopped === undefined) this.#post({ type: "wake" });
  }

  ask(messageOf: (id: number) => ToSearch): Promise<SearchAnswer | undefined> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    this.#lastId += 1;
    const id = this.#lastId;
    this.#post(messageOf(id));
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#worker === undefined) this.#stop("it is closed");
    if (this.#stopped === undefined) this.#post({ type: "close" });
    await this.#closed.promise;
    await this.#worker?.terminate();
  }

  #post(message: ToSearch): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const file = new URL("./search.worker.ts", import.meta.url);
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MIB };
    const worker = new Worker(file, { workerData: this.#data, resourceLimits });
    worker.on("message", (message: FromSearch) => {
      this.#hear(message);
    });
    worker.on("error", (error) => {
      this.#stop(error instanceof Error ? error.message : String(error));
    });
    worker.on("exit", () => {
      this.#stop("it is closed");
    });
    return worker;
  }

  #hear(message: FromSearch): void {
    if (message.type === "rebuilding") {
      this.#complain(`The search file is made anew from the ledger: ${message.why}.`);
    } else if (message.type === "full") {
      this.#complain(`The search takes nothing in until its disk lets it: ${message.why}`);
    } else if (message.type === "closed") this.#closed.resolve();
    else {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if (message.type === "done") asked?.resolve(message.answer);
      else asked?.reject(notAnswered(message.why));
    }
  }

  /** Where the ledger's file or log was taken away, that is told elsewhere; what follows from it here is not. */
  #complain(message: string): void {
    if (filesOf(this.#data) === this.#files) this.#warn(message);
  }

  #stop(why: string): void {
    if (this.#stopped !== undefined) return;
    const fault = notAnswered(why);
    this.#stopped = fault;
    if (!this.#closing) this.#complain(`The search has stopped until the next start: ${why}`);
    for (const { reject } of this.#asked.values()) reject(fault);
    this.#asked.clear();
    this.#closed.resolve();
  }
}
