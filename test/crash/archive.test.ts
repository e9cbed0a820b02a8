/** Dies at each write of the disk and of the store, on the way from the ledger into an archive. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { testClock } from "#domain/test-clock.ts";
import { type Archives, openArchives } from "#ledger/archive/archives.ts";
import { type Disk, ownDisk } from "#ledger/archive/disk.ts";
import { verifyFile } from "#ledger/archive/read-file.ts";
import { writeArchive } from "#ledger/archive/write-file.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";
import { AT, drive, ending, held, identity, noted } from "#ledger/testing.ts";
import { openReading } from "#store/databases/sqlite-reading.ts";
import { audit } from "#workspace/audit.ts";
import { openRetentionKeeper, type RetentionKeeper } from "#workspace/retention-keeper.ts";
import { retention } from "#workspace/retention.ts";
import type { Workspace } from "#workspace/workspaces.ts";

import type { Fate } from "./life.ts";

let folder = "";
let ledger: Ledger;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-archive-crash-"));
  ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
});
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

class Died extends Error {}

/** Lets so many writes through; at the next one the process dies, before it or after. */
function dying(n: number, when: Fate) {
  let writes = 0;
  const begin = (): void => {
    writes += 1;
    if (writes > n || (writes === n && when === "before")) throw new Died();
  };
  const end = (): void => {
    if (writes === n) throw new Died();
  };
  const around = <Result>(write: () => Result): Result => {
    begin();
    const result = write();
    end();
    return result;
  };
  const disk: Disk = {
    open: (path) => around(() => ownDisk.open(path)),
    write: (file, bytes) => around(() => ownDisk.write(file, bytes)),
    sync: (file) => around(() => ownDisk.sync(file)),
    close: ownDisk.close,
    rename: (from, to) => around(() => ownDisk.rename(from, to)),
    syncFolder: (path) => around(() => ownDisk.syncFolder(path)),
  };
  const later = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    begin();
    const result = await write();
    end();
    return result;
  };
  const { store } = ledger;
  const mortal: Ledger = {
    ...ledger,
    append: (item) => later(() => ledger.append(item)),
    store: { ...store, write: (given) => later(() => store.write(given)) },
  };
  return { disk, mortal };
}

interface Life {
  readonly keeper: RetentionKeeper;
  readonly archives: Archives;
}

function live(ws: number, on: Ledger, disk: Disk): Life {
  const clock = testClock(AT + 40 * 86_400_000);
  const path = join(folder, "stint.db");
  const archives = openArchives({
    ledger: on,
    folder: archiveOf(ws),
    archivist: {
      write: async (request) => {
        const db = openReading(path);
        try {
          return await writeArchive(db, request, disk);
        } finally {
          db.close();
        }
      },
      verify: verifyFile,
    },
  });
  const records = audit(on.store, clock);
  const keeper = openRetentionKeeper({
    ledger: on,
    archives,
    workspaces: { all: async () => [] },
    retention: retention({ store: on.store, audit: records }),
    audit: records,
    clock,
    eraseLate: async () => undefined,
    dayOf: (_ws, at) => Math.floor(at / 86_400_000),
    forgetWords: async () => undefined,
    forgetFiles: async () => undefined,
    warn: () => undefined,
  });
  return { keeper, archives };
}

const archiveOf = (ws: number): string => join(folder, `archive-${ws}`);
const workspaceOf = (no: number) =>
  ({ no, id: `ws_${no}`, name: "A", tier: "standard" }) as Workspace;

async function fill(ws: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const on = await held(ledger, { identity: identity({ ws }) });
    const payloads = [{ part: 0, subject: `con_${ws}`, body: '"their words"' }];
    await drive(ledger, on, [noted()], { payloads });
    await ledger.append(ending(on));
    ids.push(on.identity.id);
  }
  return ids;
}

async function whereIs(archives: Archives, ws: number, id: string): Promise<readonly boolean[]> {
  const inLedger = (await ledger.find(id)) !== undefined;
  return [inLedger, (await archives.read(ws, id)) !== undefined];
}

test("RT-10 a process that dies at any write on the way to the archive loses nothing and doubles nothing", async () => {
  let ws = 100;
  for (const when of ["before", "after"] as const) {
    for (let n = 1, died = true; died; n += 1) {
      ws += 1;
      const ids = await fill(ws);
      const { disk, mortal } = dying(n, when);
      const first = live(ws, mortal, disk);
      died = await first.keeper.look(workspaceOf(ws)).then(
        () => false,
        (error: unknown) => {
          assert.ok(error instanceof Died, String(error));
          return true;
        },
      );
      assert.ok(died || n > 10, `${n} writes`);
      const second = live(ws, ledger, ownDisk);
      for (const id of ids) assert.ok((await whereIs(second.archives, ws, id)).includes(true));
      second.keeper.start();
      await second.keeper.look(workspaceOf(ws));
      for (const id of ids) assert.deepEqual(await whereIs(second.archives, ws, id), [false, true]);
      const files = await second.archives.files(ws);
      assert.equal(
        files.reduce((sum, { executions }) => sum + executions, 0),
        ids.length,
      );
      const found = existsSync(archiveOf(ws)) ? readdirSync(join(archiveOf(ws), String(ws))) : [];
      assert.equal(found.length, files.length, "no file is left that nobody knows");
      assert.deepEqual(await second.archives.verify(ws), []);
      await second.keeper.close();
    }
  }
  assert.deepEqual(await compareWithRebuilt(ledger), []);
});
