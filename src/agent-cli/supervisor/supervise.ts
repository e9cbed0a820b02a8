/**
 * Watches over an execution's processes from their start, or from wherever another life of Stint left them, to
 * the last of them: samples what they take, ends them when they are to end, and tells how they ended.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { end, type Ending, LEFT_OVER, pause, PAUSE_MS, POLITELY } from "./ending.ts";
import { followFile } from "./follow-file.ts";
import {
  FILES,
  type Launch,
  launch,
  type LaunchRecord,
  type Machine,
  readLaunch,
} from "./launch.ts";
import { type Crew, crewOf } from "./members.ts";
import { type Identity, isAlive, type Process, type Processes } from "./processes.ts";
import { stopPump } from "./pump.ts";
import { openQuestions, type QuestionRecord } from "./questions.ts";
import type { Resources, Sample } from "./sampling.ts";
import { openRecord, type Speech, type SpeechRecord } from "./speech.ts";
import { beyond, type Bounds, lastOf, saidIn } from "./standing.ts";
import { type Look, openTakings, readMembers, type Takings } from "./takings.ts";
import { readStatus } from "./told-by-shell.ts";
import { readTold, type Reason, writeTold } from "./told.ts";

export interface Exit {
  /** As a shell prints it; null: nobody could tell, since it was killed or the machine went down. */
  readonly code: number | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Nobody saw it end: it is the last that was heard or seen of it. */
  readonly isAbout: boolean;
  /** Why it was told to end; null: it ended by itself. */
  readonly told: Reason | null;
  /** Processes that nothing could end. */
  readonly left: readonly Left[];
}

export type Left = Pick<Process, "pid" | "name">;

export interface Supervised {
  readonly leader: Identity | undefined;
  /** What it says on its output, from a byte on, until it has ended and all is read. */
  output(from: number, signal?: AbortSignal): AsyncGenerator<Buffer, void>;
  /** Tells it to end, in steps; once is enough. Settles when it has. */
  end(reason: Reason): Promise<Exit>;
  /** Rejects where it can be watched no longer; it is left alone then. */
  readonly ended: Promise<Exit>;
  /** Undefined: it is not spoken to. */
  readonly speech: Speech | undefined;
  /** What it asks of people: as long as that is open, its silence is no idleness. Undefined as with `speech`. */
  readonly questions: QuestionRecord | undefined;
  /** What it may take. */
  readonly bounds: Bounds;
  resources(): Resources;
  series(): readonly Sample[];
  /** What was there at the last look; null: nobody has looked in this life. */
  latest(): Look | null;
  /** Leaves it alone: it goes on, and another life may adopt it. */
  leave(): void;
}

const LOOK_EACH_MS = 1000;

/** How long one that was asked to end may take before it gets a signal. */
const PARTING_MS = 5000;

/** These are not spoken to any more: one must go at once, the other has said its last. */
const WITHOUT_WORDS: ReadonlySet<Reason> = new Set(["memory", "no_end"]);

/** @throws Fault `invalid` where it cannot be started */
export function start(machine: Machine, launching: Launch, bounds: Bounds = {}): Supervised {
  const { ended, ...record } = launch(machine, launching);
  const supervision = new Supervision(machine, launching.folder, record, bounds, ended);
  supervision.look();
  void ended.finally(() => {
    supervision.look();
  });
  return supervision;
}

/** Takes over what a former life has started there; undefined: nothing was. */
export function adopt(
  machine: Machine,
  folder: string,
  bounds: Bounds = {},
): Supervised | undefined {
  const record = readLaunch(folder);
  if (record === undefined) return undefined;
  const found = findLeader(machine.processes, record);
  const supervision = new Supervision(machine, folder, found, bounds);
  const told = readTold(folder);
  if (told === undefined) supervision.look();
  else void supervision.end(told).catch(() => undefined); // as whoever awaits its end is told
  return supervision;
}

/** One whose start was not put on record leads the session of those that carry the mark. */
function findLeader(processes: Processes, record: LaunchRecord): LaunchRecord {
  const { executionId: id, leader, since } = record;
  if (leader !== null) return record;
  const marked = crewOf(processes, { id, leader: undefined, since }).members(processes.look());
  // A tool may lead a session of its own, and has started later.
  const [found] = marked
    .filter(({ pid, group }) => pid === group)
    .toSorted((one, other) => one.started - other.started);
  if (found === undefined) return record;
  return { ...record, leader: { boot: processes.boot(), pid: found.pid, started: found.started } };
}

class Supervision implements Supervised {
  readonly leader: Identity | undefined;
  readonly speech: Speech | undefined;
  readonly questions: QuestionRecord | undefined;
  readonly bounds: Bounds;
  readonly #machine: Machine;
  readonly #folder: string;
  readonly #crew: Crew;
  readonly #takings: Takings;
  readonly #startedAt: number;
  /** Since when this life hears it. */
  readonly #hearsSince: number;
  /** The code of a child of this life; null: it had none, or is nobody's child here. */
  readonly #exited: Promise<number | null>;
  /** This life has seen it alive, so it sees it end. */
  #wasSeen: boolean;
  readonly #over = Promise.withResolvers<Exit>();
  #told: Reason | null = null;
  #isHushed = false;
  #isOver = false;
  /** Nobody is left who could say anything. */
  #isSilent = false;
  #disarm = (): void => undefined;
  /** Says the last words of whoever speaks to it; answers whether there were any. Nobody speaks to most. */
  #sayFarewell = (): boolean => false;

  constructor(
    machine: Machine,
    folder: string,
    record: LaunchRecord,
    bounds: Bounds,
    exited?: Promise<number | null>,
  ) {
    const { executionId: id, since } = record;
    this.leader = record.leader ?? undefined;
    this.#machine = machine;
    this.#folder = folder;
    this.bounds = bounds;
    this.#exited = exited ?? Promise.resolve(null);
    this.#wasSeen = exited !== undefined;
    const seen = readMembers(folder);
    this.#crew = crewOf(machine.processes, { id, leader: this.leader, since, seen });
    this.#takings = openTakings(machine.processes, folder, record);
    this.#startedAt = record.startedAt;
    this.#hearsSince = machine.clock.now();
    const isSpokenTo = existsSync(join(folder, FILES.input));
    this.speech = isSpokenTo ? this.#openSpeech() : undefined;
    this.questions = isSpokenTo ? openQuestions(join(folder, FILES.questions)) : undefined;
    this.#over.promise.catch(() => undefined); // whoever awaits the end is told; perhaps nobody does
  }

  get ended(): Promise<Exit> {
    return this.#over.promise;
  }

  output(from: number, signal?: AbortSignal): AsyncGenerator<Buffer, void> {
    return followFile(join(this.#folder, FILES.output), from, () => this.#isSilent, signal);
  }

  async end(reason: Reason): Promise<Exit> {
    if (this.#told === null && !this.#isOver) {
      await this.#orFail(async () => {
        if (!this.#hasEndedBefore()) await this.#tell(reason);
        await this.#conclude();
      });
    }
    return await this.ended;
  }

  /** By itself: what it is told after that is not why. */
  #hasEndedBefore(): boolean {
    return readStatus(this.#folder) !== undefined && readTold(this.#folder) === undefined;
  }

  async #tell(reason: Reason): Promise<void> {
    this.#told = reason;
    writeTold(this.#folder, reason);
    if (!WITHOUT_WORDS.has(reason)) await this.#part();
    await end(this.#ending(), POLITELY);
  }

  resources(): Resources {
    return this.#takings.resources();
  }

  series(): readonly Sample[] {
    return this.#takings.series();
  }

  latest(): Look | null {
    return this.#takings.latest();
  }

  leave(): void {
    if (!this.#isOver) this.#takings.save();
    this.#isOver = true;
    this.#isSilent = true;
    this.#disarm();
  }

  /** Samples what is there; again after a while, until it is over. */
  look(): void {
    void this.#orFail(() => this.#look());
  }

  async #look(): Promise<void> {
    if (this.#isOver) return;
    const { clock } = this.#machine;
    if (!this.#isThere()) {
      await this.#conclude();
      return;
    }
    this.#wasSeen = true;
    const now = clock.now();
    const members = this.#crew.members(this.#glance());
    if (this.#isHushed) stopPump(this.#folder, members); // it may not have begun before
    const { memoryBytes } = this.#takings.take(members, now);
    const { saidAt, outputBytes } = saidIn(this.#folder);
    const times = { startedAt: this.#startedAt, saidAt: Math.max(saidAt, this.#heardAt(now)), now };
    this.#disarm();
    this.#disarm = clock.at(now + LOOK_EACH_MS, () => {
      this.look();
    });
    const reason = beyond(this.bounds, { ...times, memoryBytes, outputBytes });
    if (reason !== undefined) await this.end(reason);
  }

  /** What cannot be watched is left alone, and whoever awaits its end is told why. */
  async #orFail(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#over.reject(error);
      this.leave();
    }
  }

  #openSpeech(): Speech {
    const record = openRecord(join(this.#folder, FILES.input));
    return {
      isSaid: record.isSaid,
      say: (line) => {
        this.#say(record, line);
      },
      hush: () => {
        this.#isHushed = true;
        if (this.#isOver) return;
        stopPump(this.#folder, this.#crew.members(this.#machine.processes.look()));
      },
      partBy: (words) => {
        this.#sayFarewell = () => {
          const all = words();
          for (const line of all) record.say(line);
          return all.length > 0;
        };
      },
    };
  }

  /** What is to end need hear no more. @throws what keeps one that is to go on from hearing it */
  #say(record: SpeechRecord, line: string): void {
    if (this.#isOver) return;
    try {
      record.say(line);
    } catch (error) {
      if (this.#told === null) throw error;
    }
  }

  /** Asks it to end, and lets it; where that cannot be said it gets its signals at once. */
  async #part(): Promise<void> {
    if (!this.#tryFarewell()) return;
    const { clock } = this.#machine;
    const until = clock.now() + PARTING_MS;
    while (clock.now() < until && this.#isThere()) await pause(clock, PAUSE_MS);
  }

  /** Answers whether something was said that it can end by. */
  #tryFarewell(): boolean {
    try {
      return this.#sayFarewell();
    } catch {
      return false; // what hinders the words hinders no signal, and they come next
    }
  }

  #isThere(): boolean {
    return this.leader !== undefined && isAlive(this.#machine.processes, this.leader);
  }

  /** One that was just started is not in what was seen before. */
  #glance(): readonly Process[] {
    const { processes } = this.#machine;
    const all = processes.glance();
    const leader = this.leader && processes.of(this.leader.pid);
    const isNew = leader !== undefined && !all.some(({ pid }) => pid === leader.pid);
    return isNew ? [...all, leader] : all;
  }

  #ending(): Ending {
    return { ...this.#machine, crew: this.#crew, leader: this.leader?.pid };
  }

  async #conclude(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#disarm();
    const left = await end(this.#ending(), LEFT_OVER);
    const status = readStatus(this.#folder);
    const over = status ? { ...status, isAbout: false } : await this.#endBySight();
    this.#isSilent = true;
    await this.#takings.settle();
    this.#over.resolve({
      ...over,
      told: this.#told,
      left: left.map(({ pid, name }) => ({ pid, name })),
    });
  }

  /** Its shell was killed with it, or could not write. */
  async #endBySight(): Promise<Pick<Exit, "code" | "at" | "isAbout">> {
    const now = this.#machine.clock.now();
    // Whoever nothing could end has no code.
    const code = this.#isThere() ? null : await this.#exited;
    if (this.#wasSeen) return { code, at: now, isAbout: false };
    return { code, at: lastOf(this.#folder, { from: this.#startedAt, to: now }), isAbout: true };
  }

  /** When it was last answered: who waits for that is not idle, and may have asked while nobody heard it. */
  #heardAt(now: number): number {
    if (this.questions === undefined) return 0;
    if (this.questions.isAwaited()) return now;
    return Math.max(this.#hearsSince, this.questions.changedAt());
  }
}
