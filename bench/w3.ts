/** W3: many executions that sleep at the same time: what each costs while it is parked, and how late it wakes. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { open, program, type Stint } from "stint";

import { quantile, round, type Figures } from "./figures.ts";
import { keepInFlight } from "./in-flight.ts";
import { Meter } from "./meter.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 100_000;
const SLEEP_MS = 5_000;
const START_OVER_MS = 10_000;
const TICK_MS = 10;
const HOUR_MS = 3_600_000;

interface Input {
  readonly index: number;
}

export async function sleepers(bench: Bench): Promise<Figures> {
  const { executions = EXECUTIONS, say } = bench;
  say(`W3: parking ${executions} executions`);
  const bytesEach = await parkedBytes(bench, executions);
  say(`W3: starting ${executions} executions over ${START_OVER_MS / 1000} s`);
  return { ...(await lateness(bench, executions)), parkedBytesEach: round(bytesEach) };
}

/** What an execution that waits for long takes of this process's memory. */
async function parkedBytes({ folder }: Bench, executions: number): Promise<number> {
  const data = join(folder, "parked");
  mkdirSync(data);
  const long = program("long", async (run) => {
    await run.sleep("long", HOUR_MS);
  });
  await using stint = await open({ data, programs: [long] });
  const before = heldBytes();
  await keepInFlight(executions, 1000, () => stint.start(long, undefined));
  await parked(stint);
  return (heldBytes() - before) / executions;
}

/** Settles when all have left memory. */
async function parked(stint: Stint): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = setInterval(() => {
    if (stint.running() > 0) return;
    clearInterval(look);
    resolve();
  }, 50);
  await promise;
}

function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function lateness({ folder, say }: Bench, executions: number): Promise<Figures> {
  const data = join(folder, "late");
  mkdirSync(data);
  const due = new Float64Array(executions);
  const late = new Float64Array(executions);
  const all = Promise.withResolvers<void>();
  const meter = new Meter({
    workload: "W3",
    total: executions,
    say,
    file: join(data, "stint.db"),
  });
  const sleeper = program("sleeper", async (run, { index }: Input) => {
    if (due[index] === 0) due[index] = Date.now() + SLEEP_MS;
    await run.sleep("five seconds", SLEEP_MS);
    late[index] = Date.now() - (due[index] ?? 0);
    meter.count();
    if (meter.done === executions) all.resolve();
  });
  await using stint = await open({ data, programs: [sleeper] });
  await startEvenly(executions, (index) => stint.start(sleeper, { index }));
  await all.promise;
  const { perSecond: _, ...figures } = meter.stop();
  return {
    ...figures,
    p50Ms: round(quantile(late, 0.5), 1),
    p99Ms: round(quantile(late, 0.99), 1),
    maxMs: round(quantile(late, 1), 1),
    startedOverMs: START_OVER_MS,
    sleepMs: SLEEP_MS,
    sync: "full",
  };
}

/** The same number in each tick, and what a late tick has missed. */
async function startEvenly(
  executions: number,
  start: (index: number) => Promise<unknown>,
): Promise<void> {
  const begun: Promise<unknown>[] = [];
  const startedAt = performance.now();
  const done = Promise.withResolvers<void>();
  const ticks = setInterval(() => {
    const share = (performance.now() - startedAt) / START_OVER_MS;
    const until = Math.min(Math.floor(share * executions), executions);
    while (begun.length < until) begun.push(start(begun.length));
    if (until < executions) return;
    clearInterval(ticks);
    done.resolve();
  }, TICK_MS);
  await done.promise;
  await Promise.all(begun);
}
