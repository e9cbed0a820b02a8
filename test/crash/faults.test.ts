/** The real server on disks and files that fail: it says so in one line, and nothing that was answered is lost. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { drive, held } from "#ledger/testing.ts";
import { openSearch } from "#search/search-thread.ts";
import { SEARCH_FILE } from "#search/search.ts";

import { freshFolder, serve, stint, type Ended } from "../acceptance/processes.ts";

const LONGEST_START_MS = 60_000;

/** A server that does not get as far as to answer. */
async function serveInVain(data: string): Promise<Ended> {
  return await stint(["serve", "--port", "0", "--data", data], "", LONGEST_START_MS);
}

/** One line what and why, one line what to do, and no stack. */
function assertSaid({ code, err, out }: Ended, why: RegExp, todo: RegExp): void {
  assert.equal(code, 5, err);
  assert.equal(out, "");
  const [first = "", second = "", ...more] = err.trimEnd().split("\n");
  assert.match(first, /^stint: /);
  assert.match(first, why);
  assert.match(second, todo);
  assert.deepEqual(more, [], err);
}

async function assertGoesOn(data: string, contacts?: number): Promise<void> {
  await using server = await serve(data);
  assert.equal((await fetch(`${server.url}/api/health`)).status, 200);
  if (contacts !== undefined) assert.equal(countContacts(data), contacts);
  server.child.kill("SIGTERM");
  assert.equal(await server.exited, 0);
  const doctor = await stint(["doctor", "--data", data]);
  assert.equal(doctor.code, 0, doctor.out);
}

function count(data: string, table: "contact" | "facts"): number {
  using db = new DatabaseSync(join(data, "stint.db"), { readOnly: true });
  return Number(db.prepare(`select count(*) as n from ${table}`).get()?.["n"]);
}
const countContacts = (data: string): number => count(data, "contact");
const countFacts = (data: string): number => count(data, "facts");

let laid: Promise<string> | undefined;
after(async () => {
  if (laid !== undefined) rmSync(await laid, { recursive: true, force: true });
});

/** A folder with the example in it; made once, since a start takes longer than a copy. */
async function lay(data: string): Promise<void> {
  laid ??= layOnce();
  cpSync(await laid, data, { recursive: true });
}

async function layOnce(): Promise<string> {
  const { path } = await freshFolder();
  await using server = await serve(path, "--example");
  server.child.kill("SIGTERM");
  await server.exited;
  return path;
}

/** A file system of its own, so small that it can be filled. */
async function smallDisk(megabytes: number) {
  const folder = await freshFolder();
  const mounted = spawnSync("mount", [
    "-t",
    "tmpfs",
    "-o",
    `size=${megabytes}m`,
    "tmpfs",
    folder.path,
  ]);
  return {
    path: folder.path,
    remount: (how: "ro" | "rw") => spawnSync("mount", ["-o", `remount,${how}`, folder.path]),
    isMounted: mounted.status === 0,
    [Symbol.asyncDispose]: async () => {
      if (mounted.status === 0) spawnSync("umount", ["-l", folder.path]);
      await folder[Symbol.asyncDispose]();
    },
  };
}

const createKey = async (data: string): Promise<string> =>
  (await stint(["token", "create", "--role", "owner", "--data", data])).out.trim();

/** A disk that is full is met within far fewer. */
const MOST_ASKED = 2000;

/** Contacts, one after another, until the server ends; answers how many there are at least. */
async function addContacts(url: string, key: string, data: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const { items } = (await (await fetch(`${url}/api/workspaces`, { headers })).json()) as {
    readonly items: readonly { readonly id: string }[];
  };
  const path = `${url}/api/workspaces/${items[0]?.id ?? ""}/contacts`;
  let contacts = countContacts(data);
  let last: number | undefined;
  for (let asked = 0; asked < MOST_ASKED; asked += 1) {
    const body = JSON.stringify({
      firstName: "F".repeat(200),
      lastName: "L".repeat(200),
      email: `n${asked}@fill.test`,
    });
    const answer = await fetch(path, { method: "POST", headers, body }).catch(() => undefined);
    if (answer === undefined) return contacts;
    last = answer.status;
    if (last === 201) contacts += 1;
  }
  throw new Error(`the server does not end; it answered ${last}`);
}

const NO_MOUNT = "this user may not mount a file system";

test("SF-30 a disk that is full ends the server in words; with room it goes on, and nothing answered is lost", async (t) => {
  await using disk = await smallDisk(12);
  if (!disk.isMounted) return t.skip(NO_MOUNT);
  const data = join(disk.path, "data");
  await lay(data);
  let contacts: number;
  {
    await using server = await serve(data);
    const key = await createKey(data);
    fill(disk.path, 256 * 1024);
    contacts = await addContacts(server.url, key, data);
    assert.equal(await server.exited, 5);
    assert.match(
      server.complaint(),
      /^stint: The store cannot be used: the disk is full\n {2}Make room on the disk/m,
    );
  }
  empty(disk.path);
  takeLogIn(data);
  fill(disk.path);
  assertSaid(await serveInVain(data), /cannot be used/, /disk|room|data folder/);
  empty(disk.path);
  await assertGoesOn(data);
  assert.ok(countContacts(data) >= contacts, "what was answered is there");
  return undefined;
});

test("SF-30 a key stays good while its use cannot be written down, and the first change ends the server", async (t) => {
  await using disk = await smallDisk(12);
  if (!disk.isMounted) return t.skip(NO_MOUNT);
  const data = join(disk.path, "data");
  await lay(data);
  await using server = await serve(data);
  const key = await createKey(data);
  fill(disk.path);
  await addContacts(server.url, key, data);
  assert.equal(await server.exited, 5);
  return undefined;
});

test("SE-14 on a full disk the search answers from what it has, says so once, and goes on with room", async (t) => {
  await using disk = await smallDisk(1);
  if (!disk.isMounted) return t.skip(NO_MOUNT);
  await using folder = await freshFolder();
  const ledger = await openSqliteLedger(join(folder.path, "stint.db"), { sync: "off" });
  symlinkSync(join(disk.path, "index"), join(folder.path, SEARCH_FILE));
  const warnings: string[] = [];
  const warn = (said: string): number => warnings.push(said);
  const search = openSearch({ ledger, folder: folder.path, warn });
  const found = async (text: string): Promise<number> => {
    const query = { ws: 1, view: "full", order: "desc", from: null, limit: 10 } as const;
    return (await search.find({ ...query, text })).nos.length;
  };
  const say = async (r: string): Promise<void> => {
    await drive(ledger, await held(ledger), [{ t: "stepDone", path: "a", ms: 1, r }]);
  };
  fill(disk.path);
  await assert.rejects(found("tulips"), { code: "unavailable" });
  empty(disk.path);
  await say("tulips");
  assert.equal(await found("tulips"), 1);
  fill(disk.path);
  const many = Array.from({ length: 20_000 }, (_, n) => `word${n}`).join(" ");
  await say(`roses ${many}`);
  assert.deepEqual([await found("tulips"), await found("roses")], [1, 0]);
  empty(disk.path);
  assert.equal(await found("roses"), 1);
  fill(disk.path);
  await search.close();
  await ledger.close();
  assert.ok(warnings.length > 0 && warnings.length <= 2, "once for each time that it was full");
  for (const said of warnings)
    assert.match(said, /^The search takes nothing in until its disk lets it: /);
  return undefined;
});

/** Takes all the room there is, but so much. */
function fill(disk: string, room = 0): void {
  writeFileSync(join(disk, "ballast"), Buffer.alloc(Math.max(0, freeOn(disk) - room)));
}
const empty = (disk: string): void => rmSync(join(disk, "ballast"));

/** With a log beside the file a start may find room in taking it in. */
function takeLogIn(data: string): void {
  using db = new DatabaseSync(join(data, "stint.db"));
  db.exec("pragma wal_checkpoint(truncate)");
}

function freeOn(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

test("SF-31 a disk that is read-only is said at the start, and used again when it can be written", async (t) => {
  await using disk = await smallDisk(12);
  if (!disk.isMounted) return t.skip(NO_MOUNT);
  const data = join(disk.path, "data");
  await lay(data);
  disk.remount("ro");
  assertSaid(
    await serveInVain(data),
    /cannot be used: .*read/i,
    /can be written by this user|Let this user write/,
  );
  disk.remount("rw");
  await assertGoesOn(data);
  return undefined;
});

test("SF-32 a damaged file is named at the start, and a damaged page by the doctor", async () => {
  await using folder = await freshFolder();
  const data = folder.path;
  await lay(data);
  const file = join(data, "stint.db");
  const whole = readFileSync(file);
  const write = (bytes: Buffer): void => writeFileSync(file, bytes);
  write(Buffer.concat([Buffer.alloc(4096, 7), whole.subarray(4096)]));
  assertSaid(await serveInVain(data), /the file is not a database/, /stint doctor/);
  const page = rootOf(file, whole, "kysely_migration") - 1;
  write(
    Buffer.concat([
      whole.subarray(0, page * 4096),
      Buffer.alloc(4096, 7),
      whole.subarray((page + 1) * 4096),
    ]),
  );
  assertSaid(await serveInVain(data), /the file is damaged/, /stint doctor/);
  const doctor = await stint(["doctor", "--data", data]);
  assert.equal(doctor.code, 1);
  assert.match(doctor.out, /stint\.db is damaged|stint\.db cannot be read/);
  write(whole);
  await assertGoesOn(data, countContacts(data));
});

function rootOf(file: string, whole: Buffer, table: string): number {
  writeFileSync(file, whole);
  using db = new DatabaseSync(file, { readOnly: true });
  return Number(
    db.prepare("select rootpage from sqlite_schema where name = ?").get(table)?.["rootpage"],
  );
}

test("SF-33 a log that was damaged is not passed over in silence, and the doctor goes on after copies were made", async () => {
  await using folder = await freshFolder();
  const data = folder.path;
  await lay(data);
  {
    await using server = await serve(data);
    await stint(["run", "Welcome new leads", "--data", data]);
    server.child.kill("SIGKILL");
    await server.exited;
  }
  await using other = await freshFolder();
  cpSync(data, other.path, { recursive: true });
  const log = join(data, "stint.db-wal");
  const whole = readFileSync(log);
  const damaged = Buffer.from(whole);
  damaged.fill(7, 32 + 4120, 32 + 4120 + 64);
  writeFileSync(log, damaged);
  assertSaid(
    await serveInVain(data),
    /stint\.db-wal is damaged: \d+ transactions/,
    /stint restore.*stint doctor --repair/,
  );
  writeFileSync(log, whole);
  await assertGoesOn(data);

  writeFileSync(join(other.path, "stint.db-wal"), damaged);
  const mended = await stint(["doctor", "--repair", "--json", "--data", other.path]);
  assert.equal(mended.code, 0, mended.out);
  const { copy } = JSON.parse(mended.out) as { readonly copy: string };
  assert.ok(readFileSync(`${copy}.log`).equals(damaged));
  await assertGoesOn(other.path);
});

test("SF-34 a file that is missing is never made anew in silence", async () => {
  await using folder = await freshFolder();
  await lay(folder.path);
  for (const name of ["stint.db", "auth.db", "outbox.db"]) {
    const file = join(folder.path, name);
    renameSync(file, `${file}.away`);
    const said = new RegExp(`${name} is missing`);
    assertSaid(await serveInVain(folder.path), said, /Put it back, or restore/);
    renameSync(`${file}.away`, file);
  }
  await assertGoesOn(folder.path);
});

test("SF-35 a ledger that is deleted under a running server, or its log, is saved, and said", async () => {
  for (const name of ["stint.db", "stint.db-wal"]) {
    await using folder = await freshFolder();
    const data = folder.path;
    await lay(data);
    let facts: number;
    {
      await using server = await serve(data);
      await stint(["run", "Pick key accounts", "--data", data]);
      facts = countFacts(data);
      rmSync(join(data, name));
      assert.equal(await server.exited, 5);
      const said = server.complaint();
      assert.ok(said.startsWith(`stint: ${name} was deleted or replaced while Stint ran`), said);
      assert.match(said, /^.*\n {2}What was in it is saved.*\n$/);
    }
    for (const more of ["stint.db-wal", "stint.db-shm"]) rmSync(join(data, more), { force: true });
    renameSync(join(data, "stint.db.rescued"), join(data, "stint.db"));
    assert.equal(countFacts(data), facts);
    await assertGoesOn(data);
  }
});

test("SF-36 a folder that a newer Stint wrote is left as it is, and said", async () => {
  for (const sql of [
    "insert into kysely_migration (name, timestamp) values ('0999-later', '2099')",
    "update meta set value = 99 where key = 'min_reader'",
  ]) {
    await using folder = await freshFolder();
    await lay(folder.path);
    const file = join(folder.path, "stint.db");
    {
      using db = new DatabaseSync(file);
      db.exec(sql);
    }
    const before = readFileSync(file);
    assertSaid(
      await serveInVain(folder.path),
      /written by a newer Stint/,
      /Start the newer one again/,
    );
    assert.ok(readFileSync(file).equals(before));
  }
});

test("SF-37 a second server on the folder ends in one line, and the first goes on", async () => {
  await using folder = await freshFolder();
  await lay(folder.path);
  await using server = await serve(folder.path);
  assertSaid(await serveInVain(folder.path), /is in use by process \d+/, /Stop that one first/);
  assert.equal((await fetch(`${server.url}/api/health`)).status, 200);
});

test("SF-31 a folder that cannot be made is said in words", async () => {
  await using folder = await freshFolder();
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  mkdirSync(join(folder.path, "other"));
  assertSaid(await serveInVain(join(file, "data")), /cannot be used/, /choose another folder/);
});
