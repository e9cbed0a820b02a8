import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { systemClock } from "#domain/clock.ts";

import { FILES, type Machine } from "./launch.ts";
import { machineProcesses as processes } from "./machine.ts";
import type { Bounds } from "./standing.ts";
import { adopt, start, type Supervised } from "./supervise.ts";
import { hurried, leftOf, saysFirst } from "./testing.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-supervisor-"));
const begun: Supervised[] = [];
/** A test that fails leaves nothing running either. */
after(async () => {
  await Promise.all(begun.map((run) => run.end("canceled")));
  await rm(scratch, { recursive: true, force: true });
});

const watching = { processes, clock: systemClock };
const PATH = process.env["PATH"] ?? "";
let count = 0;

interface Begun extends Supervised {
  readonly id: string;
  readonly folder: string;
}

function begin(
  command: string,
  args: readonly string[],
  bounds?: Bounds,
  machine = watching,
): Begun {
  const id = `inv_${process.pid}_${++count}`;
  const folder = join(scratch, id);
  const launching = { executionId: id, command, args, cwd: scratch, env: { PATH }, folder };
  const run = start(machine, launching, bounds);
  begun.push(run);
  return Object.assign(run, { id, folder });
}

const node = (script: string, bounds?: Bounds, machine?: Machine): Begun =>
  begin(process.execPath, ["-e", script], bounds, machine);

async function said(run: Supervised, from = 0): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of run.output(from)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Starts itself again in a session of its own, where no signal but the last is heard. */
const STUBBORN = `
  const { spawn } = require("node:child_process");
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  if (process.argv[1] !== "tool")
    spawn(process.execPath, ["-e", process.env.SCRIPT, "tool"], { detached: true, stdio: "inherit" });
  else console.log("ready");
  setInterval(() => {}, 1000);`;

test("SV-1 what it says is read from any byte on, to its end, and its exit code is told", async () => {
  const run = begin("/bin/sh", ["-c", "printf 'one two'; printf ' three'; exit 3"]);
  assert.equal(await said(run), "one two three");
  assert.equal(await said(run, 4), "two three");
  const { code, told, left } = await run.ended;
  assert.deepEqual([code, told, left], [3, null, []]);
});

test("SV-2 a command or a folder that is not there is refused, and nothing is started", () => {
  const launching = { executionId: "x", args: [], cwd: scratch, env: { PATH }, folder: scratch };
  const missing = { ...launching, command: "no-such-agent" };
  assert.throws(() => start(watching, missing), /"no-such-agent" was not found/);
  const nowhere = { ...launching, command: "sh", cwd: join(scratch, "none") };
  assert.throws(() => start(watching, nowhere), /working folder .* does not exist/);
});

test("SV-46 what the system refuses to start is told by why alone, never by what it was handed", () => {
  const launching = { executionId: "x", cwd: scratch, command: "/bin/sh", folder: scratch };
  const long = { ...launching, args: ["x".repeat(200_000)], env: { PATH } };
  assert.throws(() => start(watching, long), {
    code: "invalid",
    message: "What it is handed is longer than this system hands a program.",
  });
  const odd = { ...launching, args: [], env: { PATH, KEY: "secret\0" } };
  assert.throws(() => start(watching, odd), {
    code: "invalid",
    message: '"/bin/sh" could not be started (ERR_INVALID_ARG_VALUE).',
  });
});

test("SV-3 no shell reads the arguments, and the environment holds what was given and the mark", async () => {
  const args = ["$(touch made)", "; exit 7", "'\"\\", "a b\nc", ""];
  const script = "console.log(JSON.stringify([process.argv.slice(1), Object.keys(process.env)]))";
  const run = begin(process.execPath, ["-e", script, ...args]);
  const [given, names] = JSON.parse(await said(run)) as [string[], string[]];
  assert.deepEqual(given, args);
  const added = new Set(["OLDPWD", "PWD", "SHLVL", "_"]); // by sh
  assert.deepEqual(names.filter((name) => !added.has(name)).toSorted(), [
    "PATH",
    "STINT_EXECUTION",
  ]);
});

test("SV-4 one that is told to end may tidy up and say so", async () => {
  const run = node(
    `process.on("SIGINT", () => { console.log("bye"); process.exit(0) });
     console.log("ready"); setInterval(() => {}, 1000)`,
  );
  await saysFirst(run);
  const { code, told } = await run.end("canceled");
  assert.deepEqual([code, told], [0, "canceled"]);
  assert.equal(await said(run), "ready\nbye\n");
});

test("SV-5 a tool in a session of its own that hears nothing is ended too, and none is left", async () => {
  const id = `inv_${process.pid}_stubborn`;
  const folder = join(scratch, id);
  const env = { PATH, SCRIPT: STUBBORN };
  const args = ["-e", STUBBORN];
  const launching = { executionId: id, command: process.execPath, args, cwd: scratch, env, folder };
  const run = start({ processes, clock: hurried(20) }, launching);
  begun.push(run);
  await saysFirst(run);
  assert.ok(leftOf(id).length >= 2);
  const { told, left } = await run.end("canceled");
  assert.deepEqual([told, left, leftOf(id)], ["canceled", [], []]);
});

test("SV-6 what an agent leaves running when it ends is ended", async () => {
  const run = node(
    `require("node:child_process").spawn("sleep", ["600"], { detached: true, stdio: "ignore" }).unref()`,
  );
  const { code, told, left } = await run.ended;
  assert.deepEqual([code, told, left, leftOf(run.id)], [0, null, [], []]);
});

/** Another life of Stint: starts it, says so, and is killed. */
async function startElsewhere(id: string, script: string): Promise<string> {
  const folder = join(scratch, id);
  const url = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const other = `
    import { start } from ${url("./supervise.ts")};
    import { machineProcesses as processes } from ${url("./machine.ts")};
    import { systemClock as clock } from ${url("../../domain/clock.ts")};
    start({ processes, clock }, ${JSON.stringify({ executionId: id, command: process.execPath, args: ["-e", script], cwd: scratch, env: { PATH }, folder })});
    console.log("started"); setInterval(() => {}, 1000);`;
  const file = join(scratch, `${id}.mjs`);
  await writeFile(file, other);
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  return folder;
}

/** Says a word each time that the file appears, until it is to stop. */
const patient = (go: string): string => `
  const { existsSync } = require("node:fs");
  console.log("first");
  const look = setInterval(() => {
    if (!existsSync(${JSON.stringify(go)})) return;
    clearInterval(look);
    console.log("last");
    process.exitCode = 5;
  }, 20);`;

test("SV-7 kill -9 of whoever started it: it goes on, is adopted, and its end is told", async () => {
  const go = join(scratch, "go");
  const folder = await startElsewhere("inv_adopted", patient(go));
  const run = adopt(watching, folder);
  assert.ok(run?.leader !== undefined);
  await writeFile(go, "");
  assert.equal(await said(run), "first\nlast\n");
  const { code, told, at } = await run.ended;
  assert.deepEqual([code, told], [5, null]);
  assert.ok(Math.abs(at - Date.now()) < 60_000);
});

test("SV-8 one that ended while nobody was there is told with its code and the time of its end", async () => {
  const run = node("console.log('done')");
  const first = await run.ended;
  const again = adopt(watching, run.folder);
  assert.ok(again !== undefined);
  assert.deepEqual(await again.ended, first);
  assert.equal(await said(again), "done\n");
});

test("SV-9 one that was killed while nobody was there has no code", async () => {
  const folder = await startElsewhere("inv_killed", "setInterval(() => {}, 1000)");
  const { leader } = JSON.parse(await readFile(join(folder, FILES.process), "utf8")) as {
    leader: { pid: number };
  };
  process.kill(-leader.pid, "SIGKILL");
  const exit = await adopt(watching, folder)?.ended;
  assert.deepEqual([exit?.code, exit?.told, exit?.left], [null, null, []]);
});

test("SV-10 one whose start was not put on record is found by its mark", async () => {
  const run = node("console.log('ready'); setInterval(() => {}, 1000)");
  await saysFirst(run);
  run.leave();
  begun.splice(begun.indexOf(run), 1);
  const file = join(run.folder, FILES.process);
  const record = JSON.parse(await readFile(file, "utf8")) as object;
  await writeFile(file, JSON.stringify({ ...record, leader: null }));
  const found = adopt(watching, run.folder);
  assert.ok(found !== undefined);
  assert.deepEqual(found.leader, run.leader);
  const { left } = await found.end("canceled");
  assert.deepEqual([left, leftOf(run.id)], [[], []]);
});

test("SV-11 one that never started is over, and a folder without a record is nobody's", async () => {
  const folder = join(scratch, "none");
  assert.equal(adopt(watching, folder), undefined);
  const run = node("0");
  await run.ended;
  await rm(join(run.folder, FILES.status));
  const record = { executionId: run.id, leader: null, since: 0, startedAt: 0 };
  await writeFile(join(run.folder, FILES.process), JSON.stringify(record));
  assert.equal((await adopt(watching, run.folder)?.ended)?.code, null);
});

for (const [reason, script, bounds] of [
  ["total_time", "setInterval(() => console.log('busy'), 50)", { totalMs: 10_000 }],
  ["idle", "setInterval(() => {}, 50)", { idleMs: 10_000 }],
  [
    "memory",
    "const held = Buffer.alloc(2e8, 1); setInterval(() => held, 50)",
    { memoryBytes: 1e8 },
  ],
] as const) {
  test(`SV-12 one beyond its bounds is ended, and says why: ${reason}`, async () => {
    const run = node(script, bounds, { processes, clock: hurried(20) });
    const { told } = await run.ended;
    assert.deepEqual([told, leftOf(run.id)], [reason, []]);
  });
}

test("SV-14 what it may take in all counts from its start, in whichever life of Stint", async () => {
  const run = node("setInterval(() => {}, 1000)");
  run.leave();
  begun.splice(begun.indexOf(run), 1);
  const file = join(run.folder, FILES.process);
  const record = JSON.parse(await readFile(file, "utf8")) as { readonly startedAt: number };
  assert.ok(Math.abs(record.startedAt - Date.now()) < 60_000);
  await writeFile(file, JSON.stringify({ ...record, startedAt: Date.now() - 3_600_000 }));
  const again = adopt(watching, run.folder, { totalMs: 1_800_000 });
  assert.equal((await again?.ended)?.told, "total_time");
  assert.deepEqual(leftOf(run.id), []);
});

test("SV-15 one that can be watched no longer is left alone, and whoever awaits its end is told why", async () => {
  const run = node("setInterval(() => {}, 1000)");
  let isBroken = false;
  const look: typeof processes.look = () => {
    if (isBroken) throw new Error("the table of processes cannot be read");
    return processes.look();
  };
  const broken = { ...processes, look, glance: look };
  const again = adopt({ processes: broken, clock: hurried(100) }, run.folder);
  assert.ok(again !== undefined);
  isBroken = true;
  await assert.rejects(again.ended, /cannot be read/);
  assert.equal(await said(again), "");
  await assert.rejects(again.end("canceled"), /cannot be read/);
  assert.ok(leftOf(run.id).length > 0);
});

test("SV-13 CPU time and memory are those of the whole tree, with children that have ended", async () => {
  const burn = "while (process.cpuUsage().user < 500_000);";
  const run = node(
    `const { execFileSync } = require("node:child_process");
     execFileSync(process.execPath, ["-e", ${JSON.stringify(burn)}]);
     console.log("burnt"); setInterval(() => {}, 1000)`,
  );
  await saysFirst(run);
  const seen = Promise.withResolvers<void>();
  const look = setInterval(() => {
    if (run.resources().cpuMs >= 400) seen.resolve();
  }, 50);
  await seen.promise;
  clearInterval(look);
  assert.ok((run.resources().peakMemoryBytes ?? 0) > 10e6);
  assert.ok(run.series().length > 0);
  await run.end("canceled");
});
