/**
 * One who follows an invocation: what its rounds write, one after the other, each from a line on; and what changes
 * about it. The files are read at the pace at which the follower takes.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Read, Reading } from "#agent-cli/reading.ts";
import { followFile } from "#agent-cli/supervisor/follow-file.ts";
import { FILES } from "#agent-cli/supervisor/launch.ts";
import type { OutputEvent } from "#contract/shapes/invocation-output.ts";
import type { InvocationItem } from "#contract/shapes/invocations.ts";
import type { Clock } from "#domain/clock.ts";

import { showRead } from "./output.ts";

/** How far it is, asked anew whenever something may have changed. */
export interface Standing {
  readonly item: InvocationItem;
  /** Numbers of rounds that are over. */
  readonly over: ReadonlySet<number>;
}

export interface Followed {
  readonly standing: () => Promise<Standing>;
  /** Calls when something may have changed. */
  readonly watch: (changed: () => void) => () => void;
  readonly folderOf: (round: number) => string;
  /** A reading of what a round writes from that byte on, where a line begins. */
  readonly read: (round: number, byte: number, signal: AbortSignal) => Promise<Reading>;
  /** Changes of what only this process knows: its process, and what that takes. */
  readonly detail: () => unknown;
}

export interface Out {
  /** False: nobody is there any more. @param id where to go on after it */
  readonly output: (
    event: OutputEvent & { readonly round: number },
    id: string | undefined,
  ) => Promise<boolean>;
  readonly invocation: (item: InvocationItem) => Promise<boolean>;
  readonly end: (item: InvocationItem) => Promise<boolean>;
}

export interface From {
  readonly round: number;
  readonly byte: number;
  /** Texts of any length. */
  readonly whole: boolean;
}

const LOOK_EACH_MS = 250;
const TELL_EACH_MS = 2000;

export async function follow(
  followed: Followed,
  from: From,
  out: Out,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: Clock },
): Promise<void> {
  const look = openLook(followed, out, signal, clock);
  try {
    await look.now();
    for (let { round, byte } = from; !signal.aborted; round += 1, byte = 0) {
      while (!isThere(followed, look.standing(), round) && !signal.aborted) {
        if (isOver(look.standing(), round)) break;
        await look.change();
      }
      if (isThere(followed, look.standing(), round))
        await tellRound(followed, { ...from, round, byte }, look, out, signal);
      if (isLast(look.standing(), round)) break;
    }
    await look.now();
    await out.end(look.standing().item);
  } finally {
    look.close();
  }
}

function isThere(followed: Followed, { item }: Standing, round: number): boolean {
  return round <= item.rounds && existsSync(join(followed.folderOf(round), FILES.output));
}

const isOver = ({ item, over }: Standing, round: number): boolean =>
  over.has(round) || (item.status === "completed" && round >= item.rounds);

const isLast = ({ item }: Standing, round: number): boolean =>
  item.status === "completed" && round >= item.rounds;

async function tellRound(
  followed: Followed,
  { round, byte, whole }: From,
  look: Look,
  out: Out,
  signal: AbortSignal,
): Promise<void> {
  const reading = await followed.read(round, byte, signal);
  const path = join(followed.folderOf(round), FILES.output);
  const over = (): boolean => isOver(look.standing(), round);
  const tell = async (reads: readonly Read[]): Promise<boolean> => {
    for (const [index, read] of reads.entries()) {
      const isLastOfLine = reads[index + 1]?.offset !== read.offset;
      const id = isLastOfLine ? `${round}:${byte + read.next}` : undefined;
      if (!(await out.output({ ...showRead(read, byte, whole), round }, id))) return false;
    }
    return true;
  };
  for await (const chunk of followFile(path, byte, over, signal))
    if (!(await tell(reading.push(chunk)))) return;
  if (!signal.aborted) await tell(reading.end());
  while (!over() && !signal.aborted) await look.change();
}

interface Look {
  readonly standing: () => Standing;
  readonly now: () => Promise<void>;
  /** Settles when it was looked again. */
  readonly change: () => Promise<void>;
  readonly close: () => void;
}

/** Looks when something may have changed, not too often, and tells what has. */
function openLook(followed: Followed, out: Out, signal: AbortSignal, clock: Clock): Look {
  const telling = openTelling(followed, out, clock);
  const turns = openTurns();
  let standing: Standing | undefined;
  let mayHaveChanged = false;
  const watching = new AbortController();

  async function look(): Promise<void> {
    mayHaveChanged = false;
    standing = await followed.standing();
    turns.looked();
    if (!(await telling.tell(standing.item))) mayHaveChanged = true;
  }

  const stop = followed.watch(() => {
    mayHaveChanged = true;
  });
  signal.addEventListener("abort", turns.looked, { once: true });
  const lookAgain = async (): Promise<void> => {
    if (mayHaveChanged || telling.isDue()) await look();
  };
  repeat(clock, watching.signal, lookAgain, turns.fail);
  return {
    standing: () => {
      turns.demandWell();
      if (standing === undefined) throw new Error("it was not looked at yet");
      return standing;
    },
    now: look,
    change: () => {
      mayHaveChanged = true;
      return signal.aborted ? Promise.resolve() : turns.next();
    },
    close: () => {
      stop();
      watching.abort();
    },
  };
}

/** Looks, one after the other; once one has failed, whoever waits for the next or asks what is known is told. */
function openTurns() {
  let failure: { readonly error: unknown } | undefined;
  let turn = openTurn();
  return {
    next: () => turn.promise,
    looked: (): void => {
      const { resolve } = turn;
      turn = openTurn();
      resolve();
    },
    fail: (error: unknown): void => {
      failure = { error };
      turn.reject(error);
    },
    demandWell: (): void => {
      if (failure !== undefined) throw failure.error;
    },
  };
}

function openTurn(): PromiseWithResolvers<void> {
  const turn = Promise.withResolvers<void>();
  turn.promise.catch(() => undefined); // whoever waits for it is told; perhaps nobody does
  return turn;
}

/** Again and again, a while after it was done last, until it fails. */
function repeat(
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<void>,
  fail: (error: unknown) => void,
): void {
  const workAgain = async (): Promise<void> => {
    if (signal.aborted) return;
    try {
      await work();
      repeat(clock, signal, work, fail);
    } catch (error) {
      fail(error);
    }
  };
  clock.at(clock.now() + LOOK_EACH_MS, () => void workAgain());
}

interface Telling {
  /** False: it has changed, and it is too early to say so. */
  readonly tell: (item: InvocationItem) => Promise<boolean>;
  /** What a process takes changes without a word. */
  readonly isDue: () => boolean;
}

function openTelling(followed: Followed, out: Out, clock: Clock): Telling {
  let told = { json: "", standing: "", status: "", at: 0 };
  return {
    tell: async (item) => {
      const json = JSON.stringify([item, followed.detail()]);
      if (json === told.json) return true;
      const standing = standingIn(item);
      if (standing === told.standing && clock.now() - told.at < TELL_EACH_MS) return false;
      told = { json, standing, status: item.status, at: clock.now() };
      await out.invocation(item);
      return true;
    },
    isDue: () => told.status === "running" && clock.now() - told.at >= TELL_EACH_MS,
  };
}

/** What is told as soon as it changes: whether it runs, and what it waits for. */
const standingIn = ({ status, questions }: InvocationItem): string =>
  JSON.stringify([status, questions.map(({ request }) => request)]);
