/**
 * One round of a supervised Agent CLI, from its first byte to its verdict. It may be followed from the
 * beginning again at any time, in this life of Stint or the next: the same output comes to the same.
 */
import { open } from "node:fs/promises";
import { join } from "node:path";

import type { Clock } from "#domain/clock.ts";
import { isMissing } from "#domain/missing-file.ts";

import type { Adapter, Ending, Verdict } from "./adapter.ts";
import { openConversation, type Conversation, type Talk } from "./conversation.ts";
import type { Counters } from "./counters.ts";
import type { AgentEvent } from "./events.ts";
import { limitWords } from "./limit-words.ts";
import { openReading, type Read, type Reading, type ReadingOptions } from "./reading.ts";
import { evolveRound, NO_ROUND, type Round } from "./round.ts";
import { FILES } from "./supervisor/launch.ts";
import type { Exit, Supervised } from "./supervisor/supervise.ts";
import type { Reason as Told } from "./supervisor/told.ts";

export interface RoundBounds {
  /** After its closing event it may take so long to end. */
  readonly graceMs?: number;
  /** It may try again so long without getting anywhere. */
  readonly stallMs?: number;
  /** What it may cost with all rounds before it, as far as it says, in nano-dollars. */
  readonly nano?: bigint;
  /** What those rounds have cost. */
  readonly spent?: bigint;
}

export interface Following {
  readonly supervised: Supervised;
  /** Where its files are. */
  readonly folder: string;
  readonly adapter: Adapter;
  readonly clock: Clock;
  readonly reading?: ReadingOptions;
  readonly bounds?: RoundBounds;
  /** With an agent that is spoken to: what its adapter gave as its dialogue, and where people are asked. */
  readonly talk?: Talk | undefined;
  /** Hears of each chunk's events; nothing more is read until it settles. */
  readonly tell?: (reads: readonly Read[], round: Round) => Promise<void> | void;
}

export interface RoundEnd {
  readonly round: Round;
  readonly verdict: Verdict;
  readonly exit: Exit;
  /** For the session's next round. */
  readonly counters: Counters;
}

const GRACE_MS = 10_000;
const STALL_MS = 15 * 60_000;

export async function followRound(following: Following): Promise<RoundEnd> {
  const { supervised, adapter, tell } = following;
  const reading = openReading(adapter, following.reading);
  const hear = listener(following, reading);
  const watch = watchOver(following);
  let round = NO_ROUND;

  async function take(reads: readonly Read[]): Promise<void> {
    for (const event of withPiecesJoined(reads)) {
      round = evolveRound(round, event);
      watch.see(event, round);
    }
    if (reads.length > 0) await tell?.(reads, round);
  }

  for await (const chunk of supervised.output(0)) await take(hear(chunk));
  await take(reading.end());
  watch.close();
  const exit = await supervised.ended;
  const ending = endingOf(exit, round, await errorsIn(following.folder));
  const words = limitWords(exit.told, {
    stallMs: STALL_MS,
    ...supervised.bounds,
    ...following.bounds,
  });
  const verdict = verdictOf(adapter, ending, exit.told, words);
  return { round, verdict, exit, counters: reading.counters() };
}

/** A program that writes much writes much text: what comes in pieces is folded as one. */
function* withPiecesJoined(reads: readonly Read[]): Generator<AgentEvent, void> {
  let pieces: string[] = [];
  const joined = (): AgentEvent => ({ ...NO_PIECE, text: pieces.join("") });
  for (const { event } of reads) {
    if (event.type === "text" && event.form === "piece" && event.under === null) {
      pieces.push(event.text);
      continue;
    }
    if (pieces.length > 0) yield joined();
    pieces = [];
    yield event;
  }
  if (pieces.length > 0) yield joined();
}

const NO_PIECE = { type: "text", form: "piece", under: null } as const;

type Hear = (chunk: Uint8Array) => readonly Read[];

/** What the chunk says, with what came of it where there is a talk. */
function listener({ supervised: { speech }, talk }: Following, reading: Reading): Hear {
  if (speech === undefined || talk === undefined) return reading.push;
  const conversation = openConversation(talk, speech);
  return (chunk) => {
    const reads = reading
      .push(chunk)
      .flatMap((read) => [read, ...settle(conversation, read, reading)]);
    conversation.hear(chunk);
    return reads;
  };
}

function settle(conversation: Conversation, read: Read, reading: Reading): readonly Read[] {
  return conversation.settle(read.event).flatMap((said) => reading.note(said, read));
}

/** Ends what does not end by itself, gets nowhere, or costs too much. */
function watchOver({ supervised, clock, bounds = {} }: Following) {
  const { graceMs = GRACE_MS, stallMs = STALL_MS, nano: most, spent = 0n } = bounds;
  let disarm: (() => void) | null = null;
  let waitsFor: Told | null = null;

  function wait(reason: Told | null, ms = 0): void {
    if (reason === waitsFor) return;
    disarm?.();
    waitsFor = reason;
    disarm = reason === null ? null : clock.at(clock.now() + ms, () => tell(reason));
  }

  function tell(reason: Told): void {
    // How it ended is told to whoever follows it.
    void supervised.end(reason).catch(() => undefined);
  }

  return {
    see: (event: AgentEvent, { nano }: Round): void => {
      if (most !== undefined && nano !== null && spent + nano > most) tell("cost");
      if (event.type === "end") wait("no_end", graceMs);
      else if (event.type === "retry") wait("stalled", stallMs);
      else if (event.type !== "unread") wait(null);
    },
    close: () => {
      wait(null);
    },
  };
}

function endingOf({ code, told }: Exit, round: Round, stderr: string): Ending {
  const exit = code === null ? null : { code, signal: null };
  return { exit, cancelRequested: told === "canceled", stderr, round };
}

function verdictOf(adapter: Adapter, ending: Ending, told: Told | null, tooMuch?: string): Verdict {
  const verdict = adapter.judge(ending);
  // Without a closing event an exit 0 says no more than that it tidied up when it was stopped.
  const hasSucceeded = verdict.outcome === "succeeded" && ending.round.end !== null;
  if (tooMuch === undefined || hasSucceeded) return verdict;
  const reason = told === "cost" ? "budget" : "limit";
  return { outcome: "failed", reason, message: tooMuch };
}

const MOST_ERRORS = 16 * 1024;

/** Of a folder that was deleted under it, nothing. */
async function errorsIn(folder: string): Promise<string> {
  try {
    await using file = await open(join(folder, FILES.errors));
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.min(size, MOST_ERRORS)),
      position: Math.max(0, size - MOST_ERRORS),
    });
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}
