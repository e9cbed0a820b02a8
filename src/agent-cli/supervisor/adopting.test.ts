/** Whose processes are whose, when the leader is gone and its number may have been given again. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";

import { systemClock } from "#domain/clock.ts";

import { FILES } from "./launch.ts";
import { machineProcesses as processes } from "./machine.ts";
import { marking } from "./members.ts";
import { isAlive } from "./processes.ts";
import { adopt } from "./supervise.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-adopting-"));
const started: { readonly pid: number; readonly started: number }[] = [];
after(async () => {
  for (const one of started) {
    if (isThere(one)) process.kill(one.pid, "SIGKILL");
  }
  await rm(scratch, { recursive: true, force: true });
});

const machine = { processes, clock: systemClock };
const boot = processes.boot();
const isThere = (one: { readonly pid: number; readonly started: number }): boolean =>
  isAlive(processes, { boot, ...one });

/** A shell that leads a session and has ended, with what it left running there. */
async function orphansOf(script: string, mark: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env["PATH"] ?? "", ...mark };
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const shell = spawn("/bin/sh", ["-c", script], { detached: true, stdio: [...stdio], env });
  const [pids] = await Promise.all([text(shell.stdout), once(shell, "exit")]);
  const left = pids
    .trim()
    .split("\n")
    .map((pid) => processes.of(Number(pid)) ?? assert.fail(`${pid} is gone`));
  started.push(...left);
  assert.equal(processes.of(shell.pid ?? 0), undefined);
  return { leader: shell.pid ?? 0, left };
}

/** `sleep`, which holds no output open and is named. */
const SLEEP = (before = ""): string => `${before} sleep 97 >/dev/null & echo $!;`;

interface Recorded {
  readonly leader: { readonly boot: string; readonly pid: number; readonly started: number };
  readonly seen?: readonly string[];
}

let count = 0;

async function folderOf({ leader, seen = [] }: Recorded, executionId: string): Promise<string> {
  const folder = join(scratch, String(++count));
  await mkdir(folder);
  const record = { executionId, leader, since: leader.started, startedAt: Date.now() };
  await writeFile(join(folder, FILES.process), JSON.stringify(record));
  const counts = { cpuMs: 0, readBytes: null, writtenBytes: null };
  const latest = seen.map((key) => [key, { ...counts, parent: 1 }]);
  const none = { lost: counts, total: counts, peak: null, series: [], looks: 0, looksOfLast: 0 };
  const kept = { growth: null, sampled: { ...none, latest } };
  await writeFile(join(folder, FILES.resources), JSON.stringify(kept));
  return folder;
}

for (const [whose, of] of [
  ["from before the machine was started again", { boot: "another" }],
  ["given again since the machine was started", { boot }],
] as const) {
  test(`SV-91 a stranger that runs in a session under its leader's number is let be: ${whose}`, async () => {
    const { leader, left } = await orphansOf(SLEEP());
    const earlier = { ...of, pid: leader, started: (left[0]?.started ?? 0) - 1 };
    const seen = of.boot === boot ? [] : left.map(({ pid, started: at }) => `${pid}/${at}`);
    const folder = await folderOf({ leader: earlier, seen }, `inv_stranger_${count}`);
    const exit = await adopt(machine, folder)?.ended;
    assert.deepEqual([exit?.code, exit?.left], [null, []]);
    assert.ok(left.every(isThere), "a stranger was ended");
  });
}

for (const [how, isMarked] of [
  ["one carries the mark", true],
  ["one was seen", false],
] as const) {
  test(
    `SV-92 what its leader left in its session is ended, also without the mark, where ${how}`,
    { skip: isMarked && process.platform !== "linux" && "only Linux tells of marks" },
    async () => {
      const id = `inv_ours_${process.pid}_${++count}`;
      const script = SLEEP() + SLEEP("env -i");
      const { leader, left } = await orphansOf(script, isMarked ? marking(id) : {});
      const [{ pid, started: at } = assert.fail()] = left;
      const seen = isMarked ? [] : [`${pid}/${at}`];
      const folder = await folderOf({ leader: { boot, pid: leader, started: at }, seen }, id);
      const exit = await adopt(machine, folder)?.ended;
      assert.deepEqual([exit?.left, left.filter(isThere)], [[], []]);
    },
  );
}
