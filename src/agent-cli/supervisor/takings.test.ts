import assert from "node:assert/strict";
import { existsSync, mkdirSync, statfsSync } from "node:fs";
import { mkdir, mkdtemp, mkdtempDisposable, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";

import { systemClock } from "#domain/clock.ts";

import { folderBytes } from "./folder-size.ts";
import { FILES } from "./launch.ts";
import { machineProcesses as processes } from "./machine.ts";
import type { Process } from "./processes.ts";
import { Sampler } from "./sampling.ts";
import { adopt, start, type Supervised } from "./supervise.ts";
import { openTakings, readSeries } from "./takings.ts";
import { hurried, says } from "./testing.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-takings-"));
const begun: Supervised[] = [];
after(async () => {
  await Promise.all(begun.map((run) => run.end("memory")));
  await rm(scratch, { recursive: true, force: true });
});

const machine = { processes, clock: systemClock };
const MIB = 1024 * 1024;
let count = 0;

async function begin(script: string) {
  const executionId = `inv_takings_${process.pid}_${++count}`;
  const [cwd, folder] = [join(scratch, `work-${count}`), join(scratch, executionId)];
  await mkdir(cwd);
  await writeFile(join(cwd, "before"), Buffer.alloc(MIB, 1));
  const env = { PATH: process.env["PATH"] ?? "" };
  const command = { command: process.execPath, args: ["-e", script], env };
  const bytes = await folderBytes(cwd);
  const run = start(machine, { executionId, ...command, cwd, folder, folderBytes: bytes });
  begun.push(run);
  return { run, folder, cwd };
}

const WRITES = `const fs = require("node:fs");
  fs.writeFileSync("made", Buffer.alloc(4 * ${MIB}, 1)); fs.rmSync("before"); console.log("made");`;
const STAYS = "setInterval(() => {}, 1000);";

test("SV-30 it is told how its working folder has grown, what was deleted counted against it", async () => {
  const { run } = await begin(WRITES);
  await run.ended;
  const grown = run.resources().folderGrowthBytes ?? 0;
  assert.ok(Math.abs(grown - 3 * MIB) < 64 * 1024, `${grown}`);
});

test("SV-30 growth counts from the start in whichever life, and is unknown where that is", async () => {
  const { run, folder } = await begin(`${WRITES} ${STAYS}`);
  await says(run, "made");
  run.leave();
  const again = adopt(machine, folder);
  assert.ok(again !== undefined);
  await again.end("canceled");
  assert.ok((again.resources().folderGrowthBytes ?? 0) > 2 * MIB);
  const [executionId, cwd] = ["inv_unknown", scratch];
  const launching = { executionId, command: "true", args: [], cwd, env: { PATH: "/bin:/usr/bin" } };
  const unknown = start(machine, { ...launching, folder: join(scratch, "unknown") });
  await unknown.ended;
  assert.equal(unknown.resources().folderGrowthBytes, null);
});

test("SV-30 a folder that is not there has no size", async () => {
  assert.equal(await folderBytes(join(scratch, "nowhere")), null);
});

test("SV-31 what ends between two looks is counted, too", async () => {
  const { run } = await begin("while (process.cpuUsage().user < 300_000);");
  await run.ended;
  assert.ok(run.resources().cpuMs >= 290, `${run.resources().cpuMs}`);
  const sum = run.series().reduce((all, { cpuMs }) => all + cpuMs, 0);
  assert.equal(sum, run.resources().cpuMs);
});

/** Nobody looks again once it has begun. */
const still = { now: Date.now, at: () => () => undefined };

const TMPFS = 0x01_02_19_94;

/** The folder for what is to outlive a boot lies on a disk where that of passing files may not. */
const onDisk = [tmpdir(), "/var/tmp"].find(
  (folder) => existsSync(folder) && statfsSync(folder).type !== TMPFS,
);

/** Why what is written to a disk is not told here; false: it is. */
const isUntold =
  process.platform === "linux"
    ? onDisk === undefined && "no folder for passing files lies on a disk"
    : "only Linux tells what is written to a disk";

test(
  "SV-79 what is written to the disk between two looks is counted, and stands in the series",
  { skip: isUntold },
  async () => {
    await using disk = await mkdtempDisposable(join(onDisk ?? assert.fail(), "stint-takings-"));
    const [executionId, folder] = ["inv_takings_disk", join(scratch, "inv_takings_disk")];
    const script = `dd if=/dev/zero of=${disk.path}/written bs=1M count=20 conv=fsync 2> /dev/null; exit 3`;
    const env = { PATH: process.env["PATH"] ?? "" };
    const order = {
      executionId,
      command: "/bin/sh",
      args: ["-c", script],
      env,
      cwd: scratch,
      folder,
    };
    const run = start({ processes, clock: still }, order);
    begun.push(run);
    assert.equal((await run.ended).code, 3);
    const { readBytes, writtenBytes } = run.resources();
    assert.ok((writtenBytes ?? 0) >= 20 * MIB, `${writtenBytes}`);
    const all = run.series().reduce((sum, sample) => sum + (sample.writtenBytes ?? 0), 0);
    assert.deepEqual([run.series().length, all], [1, writtenBytes]);
    assert.notEqual(readBytes, null);
    assert.deepEqual(readSeries(folder), run.series());
  },
);

test("SV-79 a series that an earlier version has kept goes on, with what it does not tell as unknown", async () => {
  const folder = join(scratch, "earlier");
  await mkdir(folder);
  const counts = { cpuMs: 5, readBytes: null, writtenBytes: null };
  const series = [{ at: 1, processes: 1, cpuMs: 5, memoryBytes: 7 }];
  const sampled = { lost: counts, latest: [], total: counts, peak: 7, series, looks: 1 };
  const kept = { growth: null, sampled: { ...sampled, looksOfLast: 1 } };
  await writeFile(join(folder, FILES.resources), JSON.stringify(kept));
  const [{ at, cpuMs, writtenBytes } = assert.fail()] = readSeries(folder);
  assert.deepEqual([at, cpuMs, writtenBytes], [1, 5, null]);
});

/** Processes that take what they are said to. */
const quiet = {
  ...processes,
  holdingOf: () => ({ memoryBytes: 1000, readBytes: 10, writtenBytes: null }),
};
const one = (pid: number, cpuMs: number): Process => {
  const place = { parent: 1, group: pid, session: pid, started: 1 };
  return { pid, cpuMs, isZombie: false, name: "sh", ...place };
};

test("SV-32 however long it runs, each point of its series stands for as many looks, but the last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 9 }), (looks, most) => {
      const sampler = new Sampler(quiet, most);
      for (let at = 1; at <= looks; at += 1) sampler.take([one(7, at)], at);
      const ends = sampler.series().map(({ at }) => at);
      const spans = ends.map((at, index) => at - (ends[index - 1] ?? 0));
      const [first = 0] = spans;
      assert.ok(spans.slice(0, -1).every((span) => span === first) && (spans.at(-1) ?? 0) <= first);
      assert.ok(ends.length <= most && ends.at(-1) === looks);
      assert.ok(looks <= most || ends.length > most / 2 - 1);
    }),
  );
});

test("SV-33 whoever adopts it goes on counting as if nobody had let go", () => {
  const looks = fc.array(
    fc.uniqueArray(fc.tuple(fc.integer({ min: 2, max: 6 }), fc.nat(50)), {
      selector: ([pid]) => pid,
      maxLength: 4,
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(looks, fc.nat(40), (all, cut) => {
      const whole = new Sampler(quiet, 6);
      let parts = new Sampler(quiet, 6);
      for (const [at, members] of all.entries()) {
        if (at === cut) parts = new Sampler(quiet, 6, JSON.parse(JSON.stringify(parts.sampled())));
        for (const each of [whole, parts])
          each.take(
            members.map(([pid, cpu]) => one(pid, cpu)),
            at,
          );
      }
      assert.deepEqual(parts.sampled(), whole.sampled());
    }),
  );
});

test("SV-33 what was taken before another life adopts it is not forgotten", async () => {
  const { run, folder } = await begin(
    `require("node:child_process").execFileSync(process.execPath, ["-e", "while (process.cpuUsage().user < 300_000);"]);
     console.log("burnt"); ${STAYS}`,
  );
  await says(run, "burnt");
  run.leave();
  const before = run.series().length;
  const again = adopt(machine, folder);
  assert.ok(again !== undefined && again.series().length > before);
  await again.end("canceled");
  assert.ok(again.resources().cpuMs >= 290);
});

test("SV-34 why it was told to end is known in the next life, which ends it", async () => {
  const { run, folder } = await begin(
    `process.on("SIGINT", () => {}); console.log("ready"); ${STAYS}`,
  );
  await says(run, "ready");
  run.leave();
  await writeFile(join(folder, FILES.told), "cost"); // and then Stint was killed
  const again = adopt({ processes, clock: hurried(20) }, folder);
  const exit = await again?.ended;
  assert.deepEqual([exit?.told, exit?.left], ["cost", []]);
});

test("SI-30 the last look tells what is there then, and not the most or the mean of a stretch", () => {
  let memoryBytes = 1000;
  const changing = { ...processes, holdingOf: () => ({ ...quiet.holdingOf(), memoryBytes }) };
  const at = { executionId: "inv_look", leader: null, since: 0, startedAt: 0, cwd: scratch };
  const folder = join(scratch, "look");
  mkdirSync(folder);
  const takings = openTakings(changing, folder, at);
  assert.equal(takings.latest(), null);
  for (let look = 1; look <= 500; look += 1) {
    if (look > 499) memoryBytes = 10;
    takings.take([one(7, look * 100)], look * 1000);
  }
  const disk = { readBytes: 0, writtenBytes: null };
  const last = { at: 500_000, since: 499_000, processes: 1, cpuMs: 100, memoryBytes: 10 };
  assert.deepEqual(takings.latest(), { ...last, ...disk });
  assert.equal(takings.series().at(-1)?.memoryBytes, 1000);
});
