/**
 * Reads that look at many rows, on a thread of their own: neither the event loop nor the writer waits
 * for them. The thread begins with the first such read and ends when none came for a while, since an
 * idle one holds memory.
 */
import { Worker } from "node:worker_threads";

import {
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from "kysely";

import { systemClock, type Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";

import type { SqlValue } from "../store.ts";
import type { Tables } from "../tables.ts";
import type { Chunk, FromReader, ToReader } from "./reader.worker.ts";

export const READER_IDLE_MS = 60_000;

interface Waiting {
  readonly resolve: (chunk: Chunk) => void;
  readonly reject: (error: Error) => void;
}

type Row = Readonly<Record<string, SqlValue>>;

export class Reader {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #reads = 0;
  #lastId = 0;
  #isClosed = false;
  #disarm: (() => void) | undefined;

  constructor(path: string, clock: Clock = systemClock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** Whether its thread is there. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** All rows at once. @throws like `stream` */
  async all(sql: string, parameters: readonly SqlValue[]): Promise<readonly Row[]> {
    const id = ++this.#lastId;
    this.#begin();
    try {
      return rowsOf(await this.#ask(id, { type: "open", id, sql, parameters, most: null }));
    } finally {
      this.#end();
    }
  }

  /**
   * The rows, chunk by chunk; the next one is read when it is asked for. What a query reads stays as it
   * was until it was read to its end or left, and the log cannot shrink meanwhile: who reads slowly reads
   * pages instead. @throws Error as the database said, Fault `store_failed` when the store is closed
   */
  async *stream(
    sql: string,
    parameters: readonly SqlValue[],
    most: number,
  ): AsyncGenerator<readonly Row[], void> {
    const id = ++this.#lastId;
    this.#begin();
    let isOpen = true;
    try {
      let chunk = await this.#ask(id, { type: "open", id, sql, parameters, most });
      while (!chunk.done) {
        yield rowsOf(chunk);
        chunk = await this.#ask(id, { type: "more", id });
      }
      isOpen = false;
      yield rowsOf(chunk);
    } finally {
      if (isOpen) this.#worker?.postMessage({ type: "leave", id } satisfies ToReader);
      this.#end();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#stop("The store is closed.");
  }

  #begin(): void {
    this.#reads += 1;
    this.#disarm?.();
    this.#disarm = undefined;
  }

  #end(): void {
    this.#reads -= 1;
    if (this.#reads > 0 || this.#worker === undefined) return;
    this.#disarm = this.#clock.at(this.#clock.now() + READER_IDLE_MS, () => {
      void this.#stop("The reader was idle.");
    });
  }

  #ask(id: number, message: ToReader): Promise<Chunk> {
    if (this.#isClosed) return Promise.reject(failure("The store is closed."));
    const { promise, resolve, reject } = Promise.withResolvers<Chunk>();
    this.#waiting.set(id, { resolve, reject });
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
    return promise;
  }

  #start(): Worker {
    const file = new URL("./reader.worker.ts", import.meta.url);
    const worker = new Worker(file, { workerData: this.#path });
    worker.on("message", (message: FromReader) => {
      this.#hear(message);
    });
    worker.on("error", (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined; // the next read starts another one
      this.#failAll(`The reader stopped: ${error instanceof Error ? error.message : "unknown"}`);
    });
    return worker;
  }

  #hear(message: FromReader): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ("chunk" in message) waiting?.resolve(message.chunk);
    else waiting?.reject(new Error(message.error));
  }

  async #stop(why: string): Promise<void> {
    this.#disarm?.();
    const worker = this.#worker;
    this.#worker = undefined;
    this.#failAll(why);
    await worker?.terminate();
  }

  #failAll(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(failure(why));
    this.#waiting.clear();
  }
}

function failure(message: string): Fault {
  return new Fault("store_failed", message, { suggestion: "Try again once the store is open." });
}

function rowsOf({ columns, values }: Chunk): readonly Row[] {
  return values.map((row) => {
    const named: Record<string, SqlValue> = {};
    for (const [index, column] of columns.entries()) named[column] = row[index] ?? null;
    return named;
  });
}

/** Several may ask at once: each question has its own place in the thread. */
class ReaderAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Destroying it ends the thread. */
export function kyselyOnReader(reader: Reader): Kysely<Tables> {
  const connection = connectionOf(reader);
  const dialect: Dialect = {
    createAdapter: () => new ReaderAdapter(),
    createDriver: () => driverOf(reader, connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}

function connectionOf(reader: Reader): DatabaseConnection {
  return {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      return { rows: (await reader.all(sql, parameters as readonly SqlValue[])) as R[] };
    },
    streamQuery: async function* <R>({ sql, parameters }: CompiledQuery, most: number) {
      const chunks = reader.stream(sql, parameters as readonly SqlValue[], most);
      for await (const rows of chunks) yield { rows: rows as R[] };
    },
  };
}

/** It only reads, so there is nothing that a transaction would hold together. */
async function refuseTransaction(): Promise<void> {
  throw new Fault("bad_request", "The reader has no transactions: it only reads.");
}

function driverOf(reader: Reader, connection: DatabaseConnection): Driver {
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: refuseTransaction,
    destroy: () => reader.close(),
  };
}
