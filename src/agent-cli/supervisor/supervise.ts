/**
 * Watches over an execution's processes from their start, or from wherever another life of Stint left them, to
 * the last of them: samples what they take, ends them when they are to end, and tells how they ended.
 */
import { statSync } from "node:fs";
import { join } from "node:path";

import type { Clock } from "#domain/clock.ts";

import { end, type Ending, LEFT_OVER, POLITELY } from "./ending.ts";
import { followFile } from "./follow-file.ts";
import { FILES, type Launch, launch, type LaunchRecord, readLaunch, readStatus } from "./launch.ts";
import { type Crew, crewOf } from "./members.ts";
import { type Identity, type Processes, isAlive } from "./processes.ts";
import { type Resources, type Sample, Sampler } from "./sampling.ts";

/** Why it was told to end. */
export type Reason = "canceled" | "total_time" | "idle" | "stalled" | "memory" | "cost" | "no_end";

export interface Bounds {
  /** In all. */
  readonly totalMs?: number;
  /** Without a word. */
  readonly idleMs?: number;
  /** Of all its processes together. */
  readonly memoryBytes?: number;
}

export interface Exit {
  /** As a shell prints it; null: nobody could tell, since it was killed or the machine went down. */
  readonly code: number | null;
  /** Epoch milliseconds; where nobody could tell, when it was seen to be gone. */
  readonly at: number;
  /** Why it was told to end; null: it ended by itself. */
  readonly told: Reason | null;
  /** Processes that nothing could end. */
  readonly left: readonly number[];
}

export interface Supervised {
  readonly leader: Identity | undefined;
  /** What it says on its output, from a byte on, until it has ended and all is read. */
  output(from: number, signal?: AbortSignal): AsyncGenerator<Buffer, void>;
  /** Tells it to end, in steps; once is enough. Settles when it has. */
  end(reason: Reason): Promise<Exit>;
  readonly ended: Promise<Exit>;
  resources(): Resources;
  series(): readonly Sample[];
  /** Leaves it alone: it goes on, and another life may adopt it. */
  leave(): void;
}

export interface Watching {
  readonly processes: Processes;
  readonly clock: Clock;
}

const LOOK_EACH_MS = 1000;

/** @throws Fault `invalid` where it cannot be started */
export function start(watching: Watching, launching: Launch, bounds: Bounds = {}): Supervised {
  const { ended, ...record } = launch(watching.processes, launching);
  const supervision = new Supervision(watching, launching.folder, record, bounds);
  supervision.look();
  void ended.finally(() => {
    supervision.look();
  });
  return supervision;
}

/** Takes over what a former life has started there; undefined: nothing was. */
export function adopt(
  watching: Watching,
  folder: string,
  bounds: Bounds = {},
): Supervised | undefined {
  const record = readLaunch(folder);
  if (record === undefined) return undefined;
  const found = findLeader(watching.processes, record);
  const supervision = new Supervision(watching, folder, found, bounds);
  supervision.look();
  return supervision;
}

/** One whose start was not put on record leads the session of those that carry the mark. */
function findLeader(processes: Processes, record: LaunchRecord): LaunchRecord {
  const { executionId: id, leader, since } = record;
  if (leader !== null) return record;
  const marked = crewOf(processes, { id, leader: undefined, since }).members(processes.look());
  const found = marked.find(({ pid, group }) => pid === group);
  if (found === undefined) return record;
  return { ...record, leader: { boot: processes.boot(), pid: found.pid, started: found.started } };
}

class Supervision implements Supervised {
  readonly leader: Identity | undefined;
  readonly #watching: Watching;
  readonly #folder: string;
  readonly #bounds: Bounds;
  readonly #crew: Crew;
  readonly #sampler: Sampler;
  readonly #startedAt: number;
  readonly #over = Promise.withResolvers<Exit>();
  #told: Reason | null = null;
  #isOver = false;
  /** Nobody is left who could say anything. */
  #isSilent = false;
  #disarm = (): void => undefined;

  constructor(watching: Watching, folder: string, record: LaunchRecord, bounds: Bounds) {
    const { executionId: id, since } = record;
    this.leader = record.leader ?? undefined;
    this.#watching = watching;
    this.#folder = folder;
    this.#bounds = bounds;
    this.#crew = crewOf(watching.processes, { id, leader: this.leader, since });
    this.#sampler = new Sampler(watching.processes);
    this.#startedAt = watching.clock.now();
  }

  get ended(): Promise<Exit> {
    return this.#over.promise;
  }

  output(from: number, signal?: AbortSignal): AsyncGenerator<Buffer, void> {
    return followFile(join(this.#folder, FILES.output), from, () => this.#isSilent, signal);
  }

  async end(reason: Reason): Promise<Exit> {
    if (this.#told === null && !this.#isOver) {
      this.#told = reason;
      await end(this.#ending(), POLITELY);
      await this.#conclude();
    }
    return await this.ended;
  }

  resources(): Resources {
    return this.#sampler.resources();
  }

  series(): readonly Sample[] {
    return this.#sampler.series();
  }

  leave(): void {
    this.#isOver = true;
    this.#isSilent = true;
    this.#disarm();
  }

  /** Samples what is there; again after a while, until it is over. */
  look(): void {
    if (this.#isOver) return;
    const { processes, clock } = this.#watching;
    if (this.leader === undefined || !isAlive(processes, this.leader)) {
      void this.#conclude();
      return;
    }
    const now = clock.now();
    const { memoryBytes } = this.#sampler.take(this.#crew.members(processes.look()), now);
    const times = { startedAt: this.#startedAt, saidAt: this.#saidAt(), now };
    const reason = beyond(this.#bounds, { ...times, memoryBytes });
    if (reason !== undefined) void this.end(reason);
    this.#disarm();
    this.#disarm = clock.at(now + LOOK_EACH_MS, () => {
      this.look();
    });
  }

  #ending(): Ending {
    return { ...this.#watching, crew: this.#crew, leader: this.leader?.pid };
  }

  async #conclude(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#disarm();
    const left = await end(this.#ending(), LEFT_OVER);
    const status = readStatus(this.#folder);
    this.#isSilent = true;
    this.#over.resolve({
      code: status?.code ?? null,
      at: status?.at ?? this.#watching.clock.now(),
      told: this.#told,
      left: left.map(({ pid }) => pid),
    });
  }

  /** When it last said something. */
  #saidAt(): number {
    const files = [FILES.output, FILES.errors].map((name) =>
      statSync(join(this.#folder, name), { throwIfNoEntry: false }),
    );
    return Math.max(this.#startedAt, ...files.map((file) => file?.mtimeMs ?? 0));
  }
}

interface Standing {
  readonly startedAt: number;
  readonly saidAt: number;
  readonly now: number;
  readonly memoryBytes: number | null;
}

function beyond(
  { totalMs = Infinity, idleMs = Infinity, memoryBytes: most = Infinity }: Bounds,
  { startedAt, saidAt, now, memoryBytes }: Standing,
): Reason | undefined {
  if (now - startedAt >= totalMs) return "total_time";
  if ((memoryBytes ?? 0) > most) return "memory";
  return now - saidAt >= idleMs ? "idle" : undefined;
}
