/**
 * `npm run soak`: an agent mails many contacts while its server is killed again and again, at random
 * moments, with a sandbox that is slow and loses answers. In the end every contact has been mailed once, and the
 * execution says what an undisturbed one says.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import type { Ask } from "../acceptance/server.ts";
import { soakInvocations } from "./invocations.ts";
import { ended, LOSE_ANSWERS, mailedIn, type Place, prepare, type Shown } from "./place.ts";
import { headOf, type ServerProcess, startServer } from "./server-process.ts";

export interface SoakOptions {
  /** How often the server is killed. */
  readonly rounds: number;
  readonly contacts: number;
  readonly seed: number;
  /** How long the sandbox takes for a mail: half before it is sent, half after. */
  readonly latencyMs: number;
  readonly say?: (line: string) => void;
}

export interface SoakReport {
  readonly kills: number;
  /** Kills that came while the execution was still open. */
  readonly inTheMiddle: number;
  readonly summary: string | null;
  readonly mailed: number;
  readonly duplicates: number;
  readonly lostAnswers: string;
  readonly readyMs: Spread;
  /** From the start of the process to the first fact that it added. */
  readonly firstProgressMs: Spread;
  readonly totalMs: number;
}

interface Spread {
  readonly n: number;
  readonly median: number;
  readonly most: number;
}

/** So many journeys of one execution send at a time. */
const AT_ONCE = 20;
const LONGEST_PROGRESS_MS = 8_000;

/** @throws AssertionError naming what did not hold */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const data = await mkdtemp(join(tmpdir(), "stint-soak-"));
  let server: ServerProcess = startServer(data);
  try {
    const place = await prepare(await server.url, options);
    const whole = await place.runUndisturbed();
    const id = await place.start();
    const report = openReport(options, data);
    for (let round = 1; round <= options.rounds; round += 1) {
      await report.waitToKill(server, place, id, round);
      await server.kill();
      server = startServer(data);
    }
    const last = await report.end(server, place, id);
    assert.equal(last.summary, whole, "the summary is that of an undisturbed run");
    return last;
  } finally {
    await server.kill();
    await rm(data, { recursive: true, force: true });
  }
}

interface Reporting {
  /** Lets the server live for a random while. */
  readonly waitToKill: (
    server: ServerProcess,
    place: Place,
    id: string,
    round: number,
  ) => Promise<void>;
  readonly end: (server: ServerProcess, place: Place, id: string) => Promise<SoakReport>;
}

function openReport(
  { rounds, contacts, seed, latencyMs, say = () => undefined }: SoakOptions,
  data: string,
): Reporting {
  const random = randomFrom(seed);
  const startedAt = performance.now();
  const ready: number[] = [];
  const progress: number[] = [];
  let inTheMiddle = 0;
  let head = 0;

  /** Every fourth one does not even get up. */
  async function waitToKill(
    server: ServerProcess,
    place: Place,
    id: string,
    round: number,
  ): Promise<void> {
    if (round % 4 === 0) {
      await sleep(random() * 600);
      inTheMiddle += 1;
      say(`${round}: killed while it started`);
      return;
    }
    const ask = await seeProgress(server, place, round);
    const mailed = (await mailedIn(ask, id)).length;
    await sleep(lifetime((contacts - mailed) / (rounds - round + 1)));
    const { completedAt } = (await ask("GET", `executions/${id}`)).body as Shown;
    if (completedAt === null) inTheMiddle += 1;
    head = headOf(data);
    say(
      `${round}: killed with ${mailed} of ${contacts} mailed${completedAt === null ? "" : ", after its end"}`,
    );
  }

  /** As long as it takes for about so many mails to be accepted, on average over the rounds. */
  function lifetime(mails: number): number {
    const isLong = random() < mails / AT_ONCE;
    return isLong ? latencyMs * (0.5 + random() * 0.5) : random() * latencyMs * 0.5;
  }

  async function seeProgress(server: ServerProcess, place: Place, round: number): Promise<Ask> {
    const url = await server.url;
    ready.push(performance.now() - server.startedAt);
    if (round > 1 && (await hasMovedOn())) progress.push(performance.now() - server.startedAt);
    return place.at(url);
  }

  /** False: there was nothing left to do, or only after a wait for what may still be under way. */
  async function hasMovedOn(): Promise<boolean> {
    const before = performance.now() + LONGEST_PROGRESS_MS;
    while (headOf(data) <= head && performance.now() < before) await sleep(10);
    return headOf(data) > head;
  }

  async function end(server: ServerProcess, place: Place, id: string): Promise<SoakReport> {
    const ask = await seeProgress(server, place, rounds);
    const { status, summary, warnings, error } = await ended(ask, id);
    assert.deepEqual(
      { status, warnings, error },
      { status: "completed", warnings: 0, error: null },
    );
    const mailed = await mailedIn(ask, id);
    const { duplicates } = (await ask("GET", "sandbox")).body as { duplicates: number };
    assert.equal(duplicates, 0, "no mail went out twice");
    assert.equal(new Set(mailed).size, contacts, "no mail is missing");
    assert.equal(mailed.length, contacts, "nobody was mailed twice");
    return {
      kills: rounds,
      inTheMiddle,
      summary,
      mailed: mailed.length,
      duplicates,
      lostAnswers: `${LOSE_ANSWERS * 100} %`,
      readyMs: spread(ready),
      firstProgressMs: spread(progress),
      totalMs: Math.round(performance.now() - startedAt),
    };
  }

  return { waitToKill, end };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { n: sorted.length, median: at(0.5), most: at(1) };
}

/** Numbers from 0 up to 1 that follow from the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "20" },
      // One life mails at most once as many as work at a time, on a slow machine too: enough for every kill to come in the middle.
      contacts: { type: "string", default: "400" },
      seed: { type: "string", default: String(Date.now() % 100_000) },
      latency: { type: "string", default: "1600" },
    },
  });
  const { rounds, contacts, seed, latency } = values;
  console.log(`${contacts} contacts, ${rounds} kills, seed ${seed}`);
  const options = {
    rounds: Number(rounds),
    contacts: Number(contacts),
    seed: Number(seed),
    latencyMs: Number(latency),
  };
  try {
    const report = await soak({ ...options, say: (line) => console.log(line) });
    console.log(JSON.stringify(report));
    assert.equal(
      report.inTheMiddle,
      report.kills,
      "each kill came while it ran; a longer --latency makes it last",
    );
    console.log(`${rounds} kills while Agent CLIs work`);
    const data = await mkdtemp(join(tmpdir(), "stint-soak-"));
    const random = randomFrom(options.seed);
    const say = (line: string): void => console.log(line);
    const invoking = { kills: options.rounds, agents: 6, napMs: 6000, random, data, say };
    console.log(JSON.stringify(await soakInvocations(invoking)));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
