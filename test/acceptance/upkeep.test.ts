import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";

import { freshFolder, serve, stint } from "./processes.ts";

function change(folder: string, sql: string): void {
  using db = new DatabaseSync(join(folder, "stint.db"));
  db.exec(sql);
}

function ask(folder: string, sql: string): unknown {
  using db = new DatabaseSync(join(folder, "stint.db"), { readOnly: true });
  return Object.values(db.prepare(sql).get() ?? {})[0];
}

async function health(url: string): Promise<unknown> {
  return (await fetch(`${url}/api/health`)).json();
}

let laid: Promise<string> | undefined;
after(async () => {
  if (laid !== undefined) rmSync(await laid, { recursive: true, force: true });
});

/** A folder with one ended run, and one that waits five days; made once, since a copy is quicker. */
async function lay(folder: string): Promise<void> {
  laid ??= layOnce();
  cpSync(await laid, folder, { recursive: true });
}

async function layOnce(): Promise<string> {
  const { path: folder } = await freshFolder();
  await using server = await serve(folder, "--example");
  await stint(["run", "Welcome new leads", "--data", folder]);
  await stint(["run", "Webinar follow-up", "--detach", "--data", folder]);
  for (;;) {
    const { out } = await stint([
      "executions",
      "ls",
      "--status",
      "waiting",
      "--json",
      "--data",
      folder,
    ]);
    if (out !== "") break;
  }
  server.child.kill("SIGTERM");
  await server.exited;
  return folder;
}

test("SF-4 the doctor looks a folder over that is in use or not, and mends only one that is not", async () => {
  await using folder = await freshFolder();
  const { path } = folder;
  await lay(path);
  const before = readFileSync(join(path, "stint.db"));
  const rested = await stint(["doctor", "--data", path]);
  assert.deepEqual([rested.code, rested.err], [0, ""], rested.out);
  assert.match(rested.out, /^2 executions with \d+ facts: all in order\n$/);
  assert.ok(before.equals(readFileSync(join(path, "stint.db"))), "looking changes nothing");
  change(path, "update executions set steps = 99");
  {
    await using _ = await serve(path);
    const running = await stint(["doctor", "--json", "--data", path]);
    assert.equal(running.code, 1, running.out);
    const report = JSON.parse(running.out) as Record<string, unknown>;
    assert.deepEqual(
      [report["healthy"], report["running"], report["counts"]],
      [false, true, { wrong_row: 1 }],
    );
    const refused = await stint(["doctor", "--repair", "--data", path]);
    assert.equal(refused.code, 5);
    assert.match(refused.err, /is in use by process \d+\n {2}Stop that one first/);
  }
  const mended = await stint(["doctor", "--repair", "--data", path]);
  assert.equal(mended.code, 0, mended.out);
  assert.match(mended.out, /^1 of 1 findings are mended; the ledger as it was: /);
  const copy = readdirSync(path).find((name) => name.startsWith("stint.db.before-repair-")) ?? "";
  assert.equal(statSync(join(path, copy)).mode & 0o777, 0o600);
  assert.equal((await stint(["doctor", "--data", path])).code, 0);
});

test("SF-10 and SF-11 and SF-14 a backup of a folder in use comes back as another ledger, held until it is released", async () => {
  await using folder = await freshFolder();
  const data = join(folder.path, "data");
  const target = join(folder.path, "backup");
  const again = join(folder.path, "again");
  await lay(data);
  {
    await using _ = await serve(data);
    const made = await stint(["backup", target, "--data", data]);
    assert.deepEqual([made.code, made.out], [0, `${target}\n`], made.err);
    const twice = await stint(["backup", target, "--data", data]);
    assert.equal(twice.code, 4);
    assert.match(twice.err, /is there already/);
    const used = await stint(["restore", target, "--data", data]);
    assert.equal(used.code, 5);
    assert.match(used.err, /is in use by process/);
  }
  assert.deepEqual(readdirSync(target).toSorted(), [
    "auth.db",
    "backup.json",
    "outbox.db",
    "secret",
    "stint.db",
  ]);
  for (const name of readdirSync(target))
    assert.equal(statSync(join(target, name)).mode & 0o777, 0o600);
  const full = await stint(["restore", target, "--data", data]);
  assert.equal(full.code, 4);
  assert.match(full.err, /is not empty/);

  const restored = await stint(["restore", target, "--data", again]);
  assert.equal(restored.code, 0, restored.err);
  assert.match(restored.out, /1 executions that were open then are held/);
  const id = "select value from meta where key = 'ledger_id'";
  assert.notEqual(ask(again, id), ask(data, id));
  assert.equal((await stint(["doctor", "--data", again])).code, 0);
  change(again, "update live set ready_at = 1 where ready_at is not null"); // five days have passed
  const count = "select count(*) from facts";
  const before = ask(again, count);
  {
    await using server = await serve(again);
    assert.deepEqual(await health(server.url), { status: "ok", attention: ["held"] });
    const run = await stint(["run", "Pick key accounts", "--data", again]);
    assert.equal(run.code, 0, run.err);
    assert.equal(ask(again, "select count(*) from live where owner = 'held'"), 1);
    const released = await stint(["release", "--data", again]);
    assert.equal(released.out, "1 executions go on\n");
    assert.deepEqual(await health(server.url), { status: "ok" });
    assert.equal((await stint(["release", "--data", again])).code, 4);
    server.child.kill("SIGTERM");
    assert.equal(await server.exited, 0);
    assert.match(
      server.complaint(),
      /is held: look at it, cancel what is over, then `stint release`/,
    );
  }
  assert.ok(Number(ask(again, count)) > Number(before));
});

test("SF-10 archives are in a backup, and one that is gone is named", async () => {
  await using folder = await freshFolder();
  const [data, target, again, next] = ["data", "backup", "again", "next"].map((name) =>
    join(folder.path, name),
  ) as [string, string, string, string];
  await lay(data);
  {
    await using _ = await serve(data);
    await stint(["retention", "set", "automation", "--days", "0", "--data", data]);
    const applied = await stint(["retention", "apply", "--data", data]);
    assert.equal(applied.code, 0, applied.err);
    assert.equal((await stint(["backup", target, "--data", data])).code, 0);
    const restored = await stint(["restore", target, "--data", again]);
    assert.equal(restored.code, 0, restored.err);
  }
  const file = join("archive", String(ask(data, "select file from archives")));
  assert.deepEqual(readFileSync(join(again, file)), readFileSync(join(data, file)));
  assert.equal(statSync(join(again, file)).mode & 0o777, 0o600);
  assert.equal((await stint(["doctor", "--data", again])).code, 0);
  rmSync(join(again, file));
  const made = await stint(["backup", next, "--data", again]);
  assert.equal(made.code, 0, made.err);
  assert.match(made.err, new RegExp(`^Not in it: .*${file}`, "m"));
});

test("SF-11 a backup that is not whole is refused, and leaves an empty folder empty", async () => {
  await using folder = await freshFolder();
  const [data, target, again] = ["data", "backup", "again"].map((name) =>
    join(folder.path, name),
  ) as [string, string, string];
  await lay(data);
  assert.equal((await stint(["backup", target, "--data", data])).code, 0);
  const none = await stint(["restore", folder.path, "--data", again]);
  assert.equal(none.code, 2);
  assert.match(none.err, /is no backup that this Stint can read/);
  truncateSync(join(target, "outbox.db"), statSync(join(target, "outbox.db")).size - 1);
  const cut = await stint(["restore", target, "--data", again]);
  assert.equal(cut.code, 2);
  assert.match(cut.err, /is not whole: outbox.db is not what was written/);
  assert.ok(!existsSync(again));
  assert.match(readFileSync(join(target, "backup.json"), "utf8"), /"sha256": "[0-9a-f]{64}"/);
});
