import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { systemClock } from "#domain/clock.ts";

import { holderOfFolder, takeFolder } from "./folder-lock.ts";
import { machineProcesses as processes } from "./machine.ts";
import { adopt, start, type Supervised } from "./supervise.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-folders-"));
const begun: Supervised[] = [];
after(async () => {
  await Promise.all(begun.map((run) => run.end("memory")));
  await rm(scratch, { recursive: true, force: true });
});

/** On which a second is over in a hundredth. */
const clock: typeof systemClock = {
  now: () => Date.now(),
  at: (at, then) => systemClock.at(Date.now() + (at - Date.now()) / 100, then),
};
const machine = { processes, clock };
const env = { PATH: process.env["PATH"] ?? "" };
let count = 0;

interface Wishes {
  readonly of?: string;
  readonly signal?: AbortSignal;
  readonly shared?: boolean;
}

async function scene() {
  const name = `folder-${++count}`;
  const folder = join(scratch, name);
  await mkdir(folder);
  const place = join(scratch, `${name}-state`, "folders.db");
  const runOf = (executionId: string) => join(scratch, name, "runs", executionId);
  const take = (executionId: string, { of = folder, ...more }: Wishes = {}) =>
    takeFolder({ machine, place, folder: of, executionId, run: runOf(executionId), ...more });
  const launching = (executionId: string) => {
    const sleep = { command: "sleep", args: ["600"], cwd: folder, env };
    return { executionId, ...sleep, folder: runOf(executionId) };
  };
  const begin = (executionId: string): Supervised => {
    const run = start(machine, launching(executionId));
    begun.push(run);
    return run;
  };
  const holder = () => holderOfFolder({ machine, place, folder })?.executionId ?? null;
  return { folder, place, take, launching, begin, holder };
}

/** Another program: does it, says "ready", and waits. */
async function elsewhere(work: string) {
  const url = (name: string) => JSON.stringify(import.meta.resolve(name));
  const program = `
    import { start } from ${url("./supervise.ts")};
    import { takeFolder } from ${url("./folder-lock.ts")};
    import { machineProcesses as processes } from ${url("./machine.ts")};
    import { systemClock as clock } from ${url("#domain/clock.ts")};
    const machine = { processes, clock };
    ${work}
    console.log("ready"); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(other.stdout, "data");
  return async () => {
    other.kill("SIGKILL");
    await once(other, "exit");
  };
}

test("SV-24 one works in a folder at a time, in the order in which they came", async () => {
  const { take, holder } = await scene();
  const order: string[] = [];
  let inside = 0;
  const work = async (id: string) => {
    const giveBack = await take(id);
    order.push(id);
    assert.deepEqual([++inside, holder()], [1, id]);
    await new Promise(setImmediate);
    inside -= 1;
    giveBack();
  };
  const ids = Array.from({ length: 20 }, (_, index) => `inv_${index}`);
  await Promise.all(ids.map(work));
  assert.deepEqual([order, holder()], [ids, null]);
});

test("SV-25 other programs wait too, and a folder is free when who held it is gone", async () => {
  const { take, folder, place, holder } = await scene();
  const taking = { place, folder, executionId: "inv_other", run: join(folder, "runs", "other") };
  const kill = await elsewhere(`await takeFolder({ machine, ...${JSON.stringify(taking)} });`);
  assert.equal(holder(), "inv_other");
  const waits = new AbortController();
  const refused = assert.rejects(take("inv_impatient", { signal: waits.signal }), /enough/);
  waits.abort(new Error("enough"));
  await refused;
  const taken = take("inv_mine");
  await kill();
  (await taken)();
});

test("SV-26 kill -9 of Stint: the folder is held as long as the agent lives, and by whoever adopts it", async () => {
  const { take, folder, place, holder, launching } = await scene();
  const launch = launching("inv_agent");
  const taking = { place, folder, executionId: "inv_agent", run: launch.folder };
  const kill = await elsewhere(
    `await takeFolder({ machine, ...${JSON.stringify(taking)} }); start(machine, ${JSON.stringify(launch)});`,
  );
  await kill();
  assert.equal(holder(), "inv_agent");
  const next = take("inv_next");
  const adopted = adopt(machine, launch.folder);
  assert.ok(adopted !== undefined);
  const again = await take("inv_agent");
  assert.equal(holder(), "inv_agent");
  await adopted.end("canceled");
  again();
  (await next)();
  assert.equal(holder(), null);
});

test("SV-27 who waits no longer is not waited for, and who runs already does not wait", async () => {
  const { take, begin, holder } = await scene();
  const first = await take("inv_first");
  const leaves = new AbortController();
  const leaving = take("inv_leaving", { signal: leaves.signal });
  const third = take("inv_third");
  leaves.abort(new Error("canceled"));
  await assert.rejects(leaving, /canceled/);
  const running = begin("inv_running");
  const beside = await take("inv_running");
  beside();
  await running.end("canceled");
  assert.equal(holder(), "inv_first");
  first();
  (await third)();
});

test("SV-28 a folder by another name is the same one, and another one is free", async () => {
  const { take, folder, holder } = await scene();
  const link = `${folder}-link`;
  await symlink(folder, link);
  const giveBack = await take("inv_one", { of: link });
  assert.equal(holder(), "inv_one");
  const below = join(folder, "below");
  await mkdir(below);
  (await take("inv_below", { of: below }))();
  giveBack();
});

test("SV-29 those that are said to share a folder work beside each other, and beside nobody else", async () => {
  const { take } = await scene();
  const shared = await Promise.all([1, 2, 3].map((no) => take(`inv_${no}`, { shared: true })));
  const told: string[] = [];
  const alone = take("inv_alone").then((giveBack) => {
    told.push("alone");
    return giveBack;
  });
  for (const giveBack of shared) {
    assert.deepEqual(told, []);
    giveBack();
  }
  const giveBack = await alone;
  const late = take("inv_late", { shared: true }).then((back) => {
    told.push("late");
    return back;
  });
  await new Promise(setImmediate);
  assert.deepEqual(told, ["alone"]);
  giveBack();
  (await late)();
});
