/** The executions that are in memory: how many there may be, and what becomes of each. */
import type { Core } from "./core.ts";
import { runExecution, type Held } from "./execution-run.ts";
import type { Waiters } from "./waiters.ts";

export interface RoomOptions {
  readonly concurrency: number;
  /** Those who are told how an execution ended. */
  readonly waiters: Waiters;
  /** What is due waits for a place. */
  readonly isBehind: () => boolean;
  /** A full room has room again. */
  readonly onRoom: () => void;
}

const GRACE_MS = 5_000;
/** What could not be run is looked at again after so long. */
const TRY_AGAIN_MS = 10_000;

export class Room {
  readonly #core: Core;
  readonly #options: RoomOptions;
  readonly #held = new Set<string>();
  #running = 0;
  #closed = false;
  #emptied: (() => void) | undefined;

  constructor(core: Core, options: RoomOptions) {
    this.#core = core;
    this.#options = options;
  }

  get running(): number {
    return this.#running;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** How many more may run now. */
  left(): number {
    return this.#closed ? 0 : this.#options.concurrency - this.#running;
  }

  /** Whether a new one may run at once; what is due already comes first, else starts would keep it waiting. */
  hasPlaceForNew(): boolean {
    return this.left() > 0 && !this.#options.isBehind();
  }

  /** Whether its end will be told here. */
  holds(id: string): boolean {
    return this.#held.has(id);
  }

  /** Keeps a place while an execution that is to run here is being created. */
  async keepPlace<Result>(during: Promise<Result>): Promise<Result> {
    this.#running += 1;
    try {
      return await during;
    } finally {
      this.#running -= 1;
    }
  }

  /** Runs one in memory and tells whoever awaits it how it ended. */
  async hold(id: string, no: number, read: () => Promise<Held>): Promise<void> {
    this.#running += 1;
    this.#held.add(id);
    try {
      const end = await runExecution(this.#core, await read());
      if (end !== undefined) this.#options.waiters.end(id, end);
    } catch (error) {
      this.#core.log.warn("an execution could not be run", { id, error: String(error) });
      await this.#giveBack(no);
    } finally {
      this.#leave(id);
    }
  }

  /** Nothing more begins. */
  close(): void {
    this.#closed = true;
  }

  /** Settles when nothing runs any more, at the latest after `graceMs`. */
  async empty(graceMs: number = GRACE_MS): Promise<void> {
    if (this.#running === 0) return;
    const empty = Promise.withResolvers<void>();
    this.#emptied = empty.resolve;
    const timer = setTimeout(empty.resolve, graceMs);
    await empty.promise;
    clearTimeout(timer);
  }

  /** Else it would be held, and run by nobody, until this process ends. */
  async #giveBack(no: number): Promise<void> {
    const { ledger, clock, owner, dueAt } = this.#core;
    const readyAt = clock.now() + TRY_AGAIN_MS;
    try {
      if (await ledger.append({ op: "release", no, owner, readyAt })) dueAt(readyAt);
    } catch {
      // The store has failed: it is told, the process ends, and the next one takes this up.
    }
  }

  #leave(id: string): void {
    this.#running -= 1;
    this.#held.delete(id);
    if (this.#running === this.#options.concurrency - 1) this.#options.onRoom();
    if (this.#running === 0) this.#emptied?.();
  }
}
