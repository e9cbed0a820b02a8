/** What the supervisor does where files cannot be written or are gone. As root no right is refused: what stands in the way does. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { systemClock } from "#domain/clock.ts";

import { FILES, type Launch } from "./launch.ts";
import { machineProcesses as processes } from "./machine.ts";
import { crewOf } from "./members.ts";
import { start, type Supervised } from "./supervise.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-troubles-"));
const begun: Supervised[] = [];
after(async () => {
  await Promise.all(begun.map((run) => run.end("canceled")));
  await rm(scratch, { recursive: true, force: true });
});

const PATH = process.env["PATH"] ?? "";
let count = 0;

function ordered(script: string): Launch {
  const executionId = `inv_troubles_${process.pid}_${++count}`;
  const args = ["-c", script];
  const folder = join(scratch, executionId);
  return { executionId, command: "/bin/sh", args, cwd: scratch, env: { PATH }, folder };
}

/** A clock that the test moves: what is due by then happens. */
function moved() {
  let now = Date.now();
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  return {
    now: () => now,
    at: (at: number, ring: () => void) => {
      const alarm = { at, ring };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    pass: (ms: number): void => {
      now += ms;
      for (const alarm of alarms) {
        if (alarm.at > now) continue;
        alarms.delete(alarm);
        alarm.ring();
      }
    },
  };
}

const crewWith = (id: string) =>
  crewOf(processes, { id, leader: undefined, since: 0 }).members(processes.look());
const alive = (id: string): number => crewWith(id).length;

/** It was killed; it may not have been buried yet. */
async function gone(id: string): Promise<void> {
  while (alive(id) > 0) await pause(5);
}

async function saysFirst(run: Supervised): Promise<string> {
  for await (const chunk of run.output(0)) return chunk.toString();
  return "";
}

const UNTIL_THERE = (file: string): string => `until [ -e ${file} ]; do sleep 0.02; done`;

test("SV-70 a process is watched on while what it takes cannot be kept, which is tried again at the next look", async () => {
  const order = ordered(`echo ready; ${UNTIL_THERE(`${scratch}/on`)}; exit 3`);
  const inTheWay = join(order.folder, `${FILES.resources}.part`);
  await mkdir(inTheWay, { recursive: true });
  const clock = moved();
  const run = start({ processes, clock }, order);
  begun.push(run);
  await saysFirst(run);
  for (let looks = 0; looks < 3; looks += 1) clock.pass(6000);
  assert.equal(run.series().length, 4);
  await rm(inTheWay, { recursive: true });
  clock.pass(1000);
  const kept = JSON.parse(await readFile(join(order.folder, FILES.resources), "utf8")) as {
    readonly sampled: { readonly series: readonly unknown[] };
  };
  assert.equal(kept.sampled.series.length, 5);
  await writeFile(join(scratch, "on"), "");
  assert.equal((await run.ended).code, 3);
});

test("SV-70 who lets go of it where nothing can be kept lets go of it all the same", async () => {
  const order = ordered("echo ready; sleep 600");
  await mkdir(join(order.folder, `${FILES.resources}.part`), { recursive: true });
  const run = start({ processes, clock: systemClock }, order);
  await saysFirst(run);
  run.leave();
  assert.ok(alive(order.executionId) > 0);
  for (const { pid } of crewWith(order.executionId)) process.kill(pid, "SIGKILL");
});

test("SV-70 it is ended for its reason also where that cannot be written down", async () => {
  const order = ordered("echo ready; sleep 600");
  await mkdir(join(order.folder, FILES.told), { recursive: true });
  const run = start({ processes, clock: systemClock }, order);
  await saysFirst(run);
  assert.equal((await run.end("total_time")).told, "total_time");
});

test("SV-71 where its files cannot be written it is not started, and what to do is said", async () => {
  const order = ordered("echo started");
  await writeFile(order.folder, "a file, where a folder is wanted");
  assert.throws(() => start({ processes, clock: systemClock }, order), {
    code: "unavailable",
    message: `What it says cannot be kept in ${order.folder} (EEXIST).`,
    suggestion: "See that this folder can be made, and that this user may write it.",
  });
});

test("SV-72 one that cannot be put on record once it was started does not go on with nobody", async () => {
  const order = ordered("sleep 600");
  let looks = 0;
  const look: typeof processes.look = () => {
    // It was started by then.
    if (++looks > 1) inTheWay();
    return processes.look();
  };
  const inTheWay = (): void => {
    rmSync(order.folder, { recursive: true, force: true });
  };
  const machine = { processes: { ...processes, look }, clock: systemClock };
  assert.throws(() => start(machine, order), /cannot be kept in/);
  await gone(order.executionId);
});

test("SV-73 its exit code is told although its shell could not write it", async () => {
  const order = ordered(`echo ready; ${UNTIL_THERE(`${scratch}/go`)}; exit 4`);
  const run = start({ processes, clock: systemClock }, order);
  await saysFirst(run);
  await rm(order.folder, { recursive: true });
  await writeFile(join(scratch, "go"), "");
  const { code, told } = await run.ended;
  assert.deepEqual([code, told], [4, null]);
});
