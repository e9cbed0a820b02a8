/** W8: how long Stint takes to be ready on a store that has a history, and what it holds while idle. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { cpuMsOf, residentBytes, startChild } from "./child.ts";
import { quantile, round, type Figures } from "./figures.ts";
import { keepInFlight } from "./in-flight.ts";
import { machine, mebibytes, sizeOf } from "./meter.ts";
import { BUILD, startServer } from "./server.ts";
import { appendExecution } from "./storage.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 1_000_000;
const STARTS = 5;
const IDLE_MS = 10_000;
/** In a second: less is idle. */
const BUSY_MS = 50;

export async function startOnHistory(bench: Bench): Promise<Figures> {
  const { folder, say, executions = EXECUTIONS } = bench;
  await fill(join(folder, "stint.db"), executions, say);
  await startChild(BUILD, []).done(); // what `npm start` runs
  await catchUp(folder, say);
  const ready: number[] = [];
  const cpu: number[] = [];
  let idle = 0;
  for (let start = 1; start <= STARTS; start += 1) {
    const server = await startServer(folder);
    ready.push(server.readyMs);
    cpu.push(cpuMsOf(server.pid));
    say(`W8: start ${start} of ${STARTS} was ready after ${server.readyMs} ms`);
    if (start === STARTS) {
      await pause(IDLE_MS);
      idle = residentBytes(server.pid);
    }
    await server.stop();
  }
  return {
    workload: "W8",
    executions,
    readyP50Ms: round(quantile(ready, 0.5)),
    readyMaxMs: Math.max(...ready),
    readyCpuMs: Math.min(...cpu),
    idleRssMiB: mebibytes(idle),
    storeMiB: mebibytes(sizeOf(join(folder, "stint.db"))),
    ...machine(),
  };
}

async function fill(file: string, executions: number, say: Bench["say"]): Promise<void> {
  say(`W8: making a store of ${executions} executions`);
  const ledger = await openSqliteLedger(file, { sync: "off" });
  await keepInFlight(executions, 4000, (index) => appendExecution(ledger, index));
  await ledger.close();
}

/** A server that has run before has its history in the search index. */
async function catchUp(folder: string, say: Bench["say"]): Promise<void> {
  const server = await startServer(folder);
  for (let before = 0, now = cpuMsOf(server.pid); now - before > BUSY_MS;) {
    await pause(1000);
    [before, now] = [now, cpuMsOf(server.pid)];
  }
  say(`W8: the search has caught up; ${mebibytes(residentBytes(server.pid))} MiB`);
  await server.stop();
}
