/** The executions that are in memory: how many there may be, and what becomes of each. */
import type { Core } from "./core.ts";
import { runExecution, type Held } from "./execution-run.ts";
import { Intake } from "./limits/intake.ts";
import type { Places } from "./limits/places.ts";
import type { Waiters } from "./waiters.ts";

export interface RoomOptions {
  readonly places: Places;
  /** Those who are told how an execution ended. */
  readonly waiters: Waiters;
  /** A new one takes its turn in the store: others wait for such a place, or starts are counted there. */
  readonly mustQueue: (ws: number, agent: number) => boolean;
  /** A place was given back. */
  readonly onLeft: (ws: number, agent: number) => void;
}

/** Who takes a place. */
export interface Occupant {
  readonly id: string;
  readonly ws: number;
  readonly agent: number;
}

const GRACE_MS = 5_000;
/** What could not be run is looked at again after so long. */
const TRY_AGAIN_MS = 10_000;

export class Room {
  readonly intake = new Intake();
  readonly #core: Core;
  readonly #options: RoomOptions;
  readonly #held = new Set<string>();
  #closed = false;
  #emptied: (() => void) | undefined;

  constructor(core: Core, options: RoomOptions) {
    this.#core = core;
    this.#options = options;
  }

  get running(): number {
    return this.#options.places.taken;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Whether a new one may run at once. */
  hasPlaceForNew({ ws, agent }: Occupant): boolean {
    const { places, mustQueue } = this.#options;
    return !this.#closed && places.full(ws, agent) === undefined && !mustQueue(ws, agent);
  }

  /** Whether its end will be told here. */
  holds(id: string): boolean {
    return this.#held.has(id);
  }

  /** Keeps a place while an execution that is to run here is being created. */
  async keepPlace<Result>({ ws, agent }: Occupant, during: Promise<Result>): Promise<Result> {
    const { places } = this.#options;
    places.take(ws, agent);
    try {
      return await during;
    } finally {
      places.giveBack(ws, agent);
    }
  }

  /** Runs one in memory and tells whoever awaits it how it ended. */
  async hold(occupant: Occupant, no: number, read: () => Promise<Held>): Promise<void> {
    const { id, ws, agent } = occupant;
    this.#options.places.take(ws, agent);
    this.#held.add(id);
    try {
      const end = await runExecution(this.#core, await read());
      if (end !== undefined) this.#options.waiters.end(id, end);
    } catch (error) {
      this.#core.log.warn("an execution could not be run", { id, error: String(error) });
      await this.#giveBack(no);
    } finally {
      this.#leave(occupant);
    }
  }

  /** Nothing more begins. */
  close(): void {
    this.#closed = true;
  }

  /** Settles when nothing runs any more, at the latest after `graceMs`. */
  async empty(graceMs: number = GRACE_MS): Promise<void> {
    if (this.running === 0) return;
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

  #leave({ id, ws, agent }: Occupant): void {
    const { places, onLeft } = this.#options;
    places.giveBack(ws, agent);
    this.#held.delete(id);
    onLeft(ws, agent);
    if (places.taken === 0) this.#emptied?.();
  }
}
