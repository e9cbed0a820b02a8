/** Recordings of real Agent CLIs (`test/fixtures/agent-cli/`), what tests do with them, and somebody who answers an agent. */
import { readFileSync } from "node:fs";

import { systemClock } from "#domain/clock.ts";
import { nanoDollars } from "#domain/money.ts";

import type { Adapter, Decision, Ending } from "./adapter.ts";
import { type Asking, openAsking } from "./asking.ts";
import type { Counters } from "./counters.ts";
import type { AgentEvent, Asked } from "./events.ts";
import type { PriceTable } from "./prices.ts";
import { openReading, type Read, type Reading, type ReadingOptions } from "./reading.ts";
import { evolveRound, NO_ROUND, type Round } from "./round.ts";
import type { Supervised } from "./supervisor/supervise.ts";

const FOLDER = new URL("../../test/fixtures/agent-cli/", import.meta.url);

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

const EXITS = JSON.parse(readFileSync(new URL("exits.json", FOLDER), "utf8")) as Readonly<
  Record<string, Exit>
>;

export const RECORDED = Object.keys(EXITS);

export interface Recorded {
  /** What the Agent CLI wrote, line by line. */
  readonly lines: readonly string[];
  /** What was written to it. */
  readonly written: readonly string[];
  /** Both, in order. */
  readonly talk: readonly { readonly from: "agent" | "client"; readonly line: string }[];
  readonly exit: Exit;
}

export function recorded(name: string): Recorded {
  const exit = EXITS[name];
  if (exit === undefined) throw new Error(`no recording is called ${name}`);
  const talk = readFileSync(new URL(`${name}.jsonl`, FOLDER), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map(speakerOf);
  const said = (from: "agent" | "client") =>
    talk.filter((each) => each.from === from).map(({ line }) => line);
  return { lines: said("agent"), written: said("client"), talk, exit };
}

/** What the client wrote stands under ">>". */
function speakerOf(line: string): Recorded["talk"][number] {
  if (!line.startsWith('{">>')) return { from: "agent", line };
  const [message] = Object.values(JSON.parse(line) as Record<string, unknown>);
  return { from: "client", line: JSON.stringify(message) };
}

export function bytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

export function readAll(reading: Reading, chunks: readonly Uint8Array[]): readonly Read[] {
  return [...chunks.flatMap((chunk) => reading.push(chunk)), ...reading.end()];
}

export function eventsOf(reads: readonly Read[]): readonly AgentEvent[] {
  return reads.map(({ event }) => event);
}

export function roundOf(events: readonly AgentEvent[]): Round {
  return events.reduce(evolveRound, NO_ROUND);
}

export interface Played {
  readonly reads: readonly Read[];
  readonly round: Round;
  readonly counters: Counters;
}

/** Dollars a million tokens, of the recordings' models that tell no cost: fresh, cached, output. */
const DOLLARS = { input: 1.25, cacheRead: 0.125, output: 10 } as const;

const PRICED: ReadonlySet<string> = new Set([
  "gpt-5.1-codex",
  "gpt-5.1-codex[medium]",
  "gemini-2.5-pro",
]);

export const RECORDED_PRICES: PriceTable = {
  name: "prices of the recordings",
  price: (model, { input, cacheRead, output }) => {
    if (!PRICED.has(model)) return null;
    if (input === null || cacheRead === null || output === null) return null;
    const dollars = input * DOLLARS.input + cacheRead * DOLLARS.cacheRead + output * DOLLARS.output;
    return { nano: nanoDollars(dollars / 1_000_000), estimate: false };
  },
};

/** A recording, read as one round. */
export function play(adapter: Adapter, name: string, options: ReadingOptions = {}): Played {
  const reading = openReading(adapter, { prices: RECORDED_PRICES, ...options });
  const reads = readAll(reading, [bytesOf(recorded(name).lines)]);
  return { reads, round: roundOf(eventsOf(reads)), counters: reading.counters() };
}

export function endingOf(name: string, round: Round, cancelRequested = false): Ending {
  const { exit } = recorded(name);
  return { exit, cancelRequested, stderr: exit.stderr, round };
}

export type Decide = (asked: Asked) => Decision;

/** Somebody answers whatever is asked. */
export function askingOf({ questions }: Supervised, decide: Decide): Asking {
  if (questions === undefined) throw new Error("it is not spoken to");
  const asking = openAsking(questions, systemClock, () => {
    queueMicrotask(() => {
      for (const { asked } of asking.open()) {
        const decision = decide(asked);
        asking.answer(asked.request, { decision, why: null, by: "somebody", key: null });
      }
    });
  });
  return asking;
}
