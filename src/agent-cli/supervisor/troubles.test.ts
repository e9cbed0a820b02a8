/** What the supervisor does where files cannot be written or are gone. As root no right is refused: what stands in the way does. */
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { systemClock } from "#domain/clock.ts";

import { exitWarnings, lostWords } from "../exit-words.ts";
import { FILES, type Launch, readLaunch } from "./launch.ts";
import { endLost } from "./lost.ts";
import { machineProcesses as processes } from "./machine.ts";
import type { Process } from "./processes.ts";
import { adopt, start, type Supervised } from "./supervise.ts";
import { hurried, kill, leftOf, saysFirst } from "./testing.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-troubles-"));
const ids: string[] = [];
const begun = new Set<Supervised>();
/** A test that fails leaves nothing running either, and nobody who writes. */
after(async () => {
  await Promise.all(ids.map(kill));
  await Promise.all([...begun].map((run) => run.ended));
  await rm(scratch, { recursive: true, force: true });
});

const machine = { processes, clock: systemClock };
const PATH = process.env["PATH"] ?? "";

function begin(order: Launch, on = machine): Supervised {
  const run = start(on, order);
  begun.add(run);
  return run;
}

function letGo(run: Supervised): void {
  run.leave();
  begun.delete(run);
}

function ordered(script: string): Launch {
  const executionId = `inv_troubles_${process.pid}_${ids.length}`;
  ids.push(executionId);
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

const UNTIL_THERE = (file: string): string => `until [ -e ${file} ]; do sleep 0.02; done`;

test("SV-70 a process is watched on while what it takes cannot be kept, which is tried again at the next look", async () => {
  const order = ordered(`echo ready; ${UNTIL_THERE(`${scratch}/on`)}; exit 3`);
  const inTheWay = join(order.folder, `${FILES.resources}.part`);
  await mkdir(inTheWay, { recursive: true });
  const clock = moved();
  const run = begin(order, { processes, clock });
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
  const run = begin(order);
  await saysFirst(run);
  letGo(run);
  assert.ok(leftOf(order.executionId).length > 0);
});

test("SV-70 it is ended for its reason also where that cannot be written down", async () => {
  const order = ordered("echo ready; sleep 600");
  await mkdir(join(order.folder, FILES.told), { recursive: true });
  const run = begin(order);
  await saysFirst(run);
  assert.equal((await run.end("total_time")).told, "total_time");
});

test("SV-71 where its files cannot be written it is not started, and what to do is said", async () => {
  const order = ordered("echo started");
  await writeFile(order.folder, "a file, where a folder is wanted");
  assert.throws(() => start(machine, order), {
    code: "unavailable",
    message: `What it says cannot be kept in ${order.folder} (EEXIST).`,
    suggestion: "See that this folder can be made, and that this user may write it.",
  });
});

test("SV-72 one that cannot be put on record once it was started does not go on with nobody", async () => {
  const order = ordered("sleep 600");
  const of: typeof processes.of = (pid) => {
    rmSync(order.folder, { recursive: true, force: true }); // it was started by then
    return processes.of(pid);
  };
  assert.throws(
    () => start({ ...machine, processes: { ...processes, of } }, order),
    /cannot be kept in/,
  );
  while (leftOf(order.executionId).length > 0) await pause(5);
});

test("SV-73 its exit code is told although its shell could not write it", async () => {
  const order = ordered(`echo ready; ${UNTIL_THERE(`${scratch}/go`)}; exit 4`);
  const run = begin(order);
  await saysFirst(run);
  await rm(order.folder, { recursive: true });
  await writeFile(join(scratch, "go"), "");
  const { code, told } = await run.ended;
  assert.deepEqual([code, told], [4, null]);
});

test("SV-74 what still runs of one whose files are gone is ended, and named", async () => {
  const order = ordered("sleep 600 & wait");
  const run = begin(order);
  while (!leftOf(order.executionId).some(({ name }) => name === "sleep")) await pause(5);
  letGo(run);
  await rm(order.folder, { recursive: true });
  const hurry = { processes, clock: hurried(20) }; // for what runs behind hears no SIGINT
  const { ended, left } = await endLost(hurry, order.executionId);
  assert.deepEqual([left, leftOf(order.executionId)], [[], []]);
  assert.deepEqual(ended.map(({ name }) => name).toSorted(), ["sh", "sh", "sleep"]);
  assert.match(
    lostWords({ ended, left }),
    /^Nothing is left of what it said\. What still ran of it was ended: \d+ \(sh\), /,
  );
  assert.equal(
    lostWords(await endLost(machine, order.executionId)),
    "Nothing is left of its process and of what it said.",
  );
});

test(
  "SV-75 a tool without mark, group and session that was seen is ended although its parent has died",
  { skip: process.platform !== "linux" && "only Linux has setsid" },
  async () => {
    const order = ordered(
      `echo ready
      sh -c 'env -i setsid sleep 618 & echo $! > ${scratch}/tool; ${UNTIL_THERE(`${scratch}/die`)}'
      sleep 600`,
    );
    const clock = moved();
    const run = begin(order, { processes, clock });
    while (toolOf(scratch)?.name !== "sleep") await pause(5);
    processes.look();
    clock.pass(1000);
    const before = toolOf(scratch);
    await writeFile(join(scratch, "die"), "");
    while (toolOf(scratch)?.parent === before?.parent) await pause(5);
    const ended = run.end("canceled");
    const moving = setInterval(() => {
      clock.pass(1000);
    }, 20);
    const { left } = await ended.finally(() => {
      clearInterval(moving);
    });
    assert.deepEqual(left, []);
    assert.ok(toolOf(scratch) === undefined || toolOf(scratch)?.isZombie === true);
  },
);

/** The one whose pid stands there. */
function toolOf(folder: string): Process | undefined {
  try {
    return processes.of(Number(readFileSync(join(folder, "tool"), "utf8")));
  } catch {
    return undefined;
  }
}

test("SV-76 what nothing could end is named with its program, and what refuses a signal is no reason to stop watching", async (t) => {
  const order = ordered("echo ready; sleep 600");
  const stranger: Process = {
    pid: 2 ** 30,
    parent: 0,
    group: 0,
    session: 0,
    started: 0,
    cpuMs: 0,
    isZombie: false,
    name: "sudo",
  };
  let leader = 0;
  const look = (): readonly Process[] => [...processes.look(), { ...stranger, session: leader }];
  const clock = hurried(100);
  const run = begin(order, { processes: { ...processes, look, glance: look }, clock });
  leader = run.leader?.pid ?? 0;
  await saysFirst(run);
  const signals = t.mock.method(process, "kill", refuse(stranger.pid));
  const exit = await run.end("canceled");
  assert.ok(signals.mock.calls.some(({ arguments: [pid] }) => pid === stranger.pid));
  assert.deepEqual(exit.left, [{ pid: 2 ** 30, name: "sudo" }]);
  assert.deepEqual(leftOf(order.executionId), []);
  assert.deepEqual(exitWarnings(exit), [
    `Nothing could end ${2 ** 30} (sudo): see what it does, and end it yourself.`,
  ]);
});

/** As the system does where a tool has become another user. */
function refuse(stranger: number): typeof process.kill {
  const send = process.kill.bind(process);
  return (pid, signal) => {
    if (pid === stranger) throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
    return send(pid, signal);
  };
}

test("SV-77 one that died while nobody was there ended about when it was last heard or seen, never before its start or later than now", async () => {
  const order = ordered("echo ready; sleep 600");
  const run = begin(order);
  await saysFirst(run);
  letGo(run);
  await kill(order.executionId);
  const startedAt = readLaunch(order.folder)?.startedAt ?? assert.fail();
  const [last, now] = [startedAt + 5000, startedAt + 3_600_000];
  const at = (file: string, ms: number): Promise<void> =>
    utimes(join(order.folder, file), ms / 1000, ms / 1000);
  const later = { processes, clock: { ...systemClock, now: () => now } };
  for (const [heard, seen, expected] of [
    [last, last - 1000, last],
    [last - 1000, last, last],
    [startedAt - 2000, startedAt - 1000, startedAt],
    [now + 1000, last, now],
  ] as const) {
    await at(FILES.output, heard);
    await at(FILES.errors, startedAt - 5000);
    await at(FILES.resources, seen);
    const exit = (await adopt(later, order.folder)?.ended) ?? assert.fail();
    assert.deepEqual([exit.code, exit.at, exit.isAbout], [null, expected, true]);
    assert.match(exitWarnings(exit).join("\n"), /^When it ended is not known/);
  }
});

test("SV-77 an end that was seen, or whose time stands, is none that is about", async () => {
  const order = ordered("echo ready; sleep 600");
  const run = begin(order);
  await saysFirst(run);
  await kill(order.executionId);
  const killed = await run.ended;
  assert.deepEqual([killed.code, killed.isAbout], [null, false]);
  const whole = begin(ordered("exit 3"));
  await whole.ended;
  assert.deepEqual(exitWarnings(await whole.ended), []);
});
