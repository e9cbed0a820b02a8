/**
 * One execution at a time in a working folder, over all programs of this user. Who works there, and who waits,
 * stands in a small database; it holds for as long as the execution's processes live, whatever becomes of the
 * program that started them, and nobody has to give back what the dead have held.
 */
import { mkdirSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { type Machine, readLaunch } from "./launch.ts";
import { crewOf } from "./members.ts";
import { type Identity, identityOf, isAlive, type Processes } from "./processes.ts";
import { readMembers } from "./takings.ts";

export interface Taking {
  readonly machine: Machine;
  /** The database's file. */
  readonly place: string;
  /** The folder that is worked in. */
  readonly folder: string;
  readonly executionId: string;
  /** Where the files of its launch are, or will be. */
  readonly run: string;
  /** It may work beside others that say so, too. */
  readonly shared?: boolean;
  /** To wait no longer. */
  readonly signal?: AbortSignal;
}

export interface Holder {
  readonly executionId: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

const LOOK_EACH_MS = 1000;

/** Of this program, by folder: they wait for each other, and the first of them for other programs. */
const lines = new Map<string, Promise<void>>();

/**
 * Waits until nobody else works in the folder; one whose process is there already does not wait.
 * @returns what gives the folder back, when the work is over
 * @throws the signal's reason
 */
export async function takeFolder(taking: Taking): Promise<() => void> {
  const mine = { ...taking, folder: realpathSync(taking.folder), run: resolve(taking.run) };
  const { place, signal } = mine;
  const line = mine.shared === true || isRunning(mine) ? NO_LINE : standInLine(mine);
  const giveBack = (): void => {
    try {
      withPlace(place, (turns) => {
        leave(turns, mine);
      });
    } catch {
      // Where that cannot be written, whoever comes next sees that nothing of it lives.
    }
    line.leave();
  };
  try {
    await orAborted(line.before, signal);
    while (!tryTake(mine)) await pause(mine);
    return giveBack;
  } catch (error) {
    giveBack();
    throw error;
  }
}

interface Line {
  readonly before: Promise<void>;
  readonly leave: () => void;
}
const NO_LINE: Line = { before: Promise.resolve(), leave: () => undefined };

function standInLine({ place, folder }: Taking): Line {
  const key = `${place}\0${folder}`;
  const before = lines.get(key) ?? Promise.resolve();
  const over = Promise.withResolvers<void>();
  const line = before.then(() => over.promise);
  lines.set(key, line);
  void line.then(() => lines.get(key) === line && lines.delete(key));
  return { before, leave: over.resolve };
}

/** Who works there now; null: nobody. */
export function holderOfFolder({
  machine: { processes },
  place,
  folder,
}: Pick<Taking, "machine" | "place" | "folder">): Holder | null {
  const real = realpathSync(folder);
  const turn = withPlace(place, (turns) => turnsIn(turns, real)).find((one) =>
    holds(processes, one),
  );
  return turn === undefined ? null : { executionId: turn.execution, since: turn.at };
}

function isRunning({ machine: { processes }, run, executionId }: Taking): boolean {
  return hasMembers(processes, run, executionId);
}

interface Turn extends Identity {
  readonly no: number;
  readonly folder: string;
  readonly execution: string;
  readonly run: string;
  readonly at: number;
  /** 1: it may work beside others for which this is 1. */
  readonly shared: number;
}

/** Takes a place in the line, and answers whether all that live before it let it in. */
function tryTake(taking: Taking): boolean {
  const { machine, place, folder, run, shared = false } = taking;
  return withPlace(place, (turns) => {
    stand(turns, taking);
    if (isRunning(taking)) return true;
    const all = turnsIn(turns, folder);
    const mine = all.findIndex((turn) => turn.run === run);
    const dead = all.slice(0, mine).filter((turn) => !holds(machine.processes, turn));
    for (const turn of dead) leave(turns, turn);
    // One behind works there already only where it was there before it had a place.
    const others = all.filter(
      (turn, at) => !dead.includes(turn) && (at < mine || isWorking(machine.processes, turn)),
    );
    return others.every((turn) => turn.run === run || (shared && turn.shared === 1));
  });
}

function isWorking(processes: Processes, { run }: Turn): boolean {
  return hasMembers(processes, run);
}

/** As long as a process of it lives; before there is one, as long as whoever will start it. */
function holds(processes: Processes, turn: Turn): boolean {
  if (isWorking(processes, turn)) return true;
  return (readLaunch(turn.run)?.leader ?? null) === null && isAlive(processes, turn);
}

function hasMembers(processes: Processes, run: string, executionId?: string): boolean {
  const record = readLaunch(run);
  if (record === undefined) return false;
  const { executionId: recorded, leader, since } = record;
  const id = executionId ?? recorded;
  const seen = readMembers(run);
  const crew = crewOf(processes, { id, leader: leader ?? undefined, since, seen });
  return crew.members(processes.look()).length > 0;
}

function withPlace<Answer>(place: string, work: (turns: DatabaseSync) => Answer): Answer {
  mkdirSync(dirname(place), { recursive: true });
  using turns = new DatabaseSync(place, { timeout: 10_000 });
  turns.exec("begin immediate");
  turns.exec(`create table if not exists turns (
    no integer primary key autoincrement, folder text not null, execution text not null, run text not null,
    boot text not null, pid integer not null, started integer not null, at integer not null,
    shared integer not null, unique (folder, run))`);
  const answer = work(turns);
  turns.exec("commit");
  return answer;
}

/** One that stood there already, in another life of its program, keeps its place. */
function stand(turns: DatabaseSync, taking: Taking): void {
  const { machine, folder, executionId, run, shared = false } = taking;
  const { processes, clock } = machine;
  const self = identityOf(processes, process.pid);
  if (self === undefined) throw new Error("this process is not in the table of processes");
  turns
    .prepare(
      `insert into turns (folder, execution, run, boot, pid, started, at, shared)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (folder, run) do update set boot = excluded.boot, pid = excluded.pid,
         started = excluded.started`,
    )
    .run(folder, executionId, run, self.boot, self.pid, self.started, clock.now(), Number(shared));
}

function turnsIn(turns: DatabaseSync, folder: string): readonly Turn[] {
  const rows = turns.prepare("select * from turns where folder = ? order by no").all(folder);
  return rows as unknown as readonly Turn[];
}

function leave(turns: DatabaseSync, { folder, run }: { folder: string; run: string }): void {
  turns.prepare("delete from turns where folder = ? and run = ?").run(folder, run);
}

function pause({ machine: { clock }, signal }: Taking): Promise<void> {
  const look = Promise.withResolvers<void>();
  const disarm = clock.at(clock.now() + LOOK_EACH_MS, look.resolve);
  return orAborted(look.promise, signal).finally(disarm);
}

async function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(signal?.reason);
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
