import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { backUp } from "./backup.ts";
import { lookOver, repair } from "./doctor.ts";
import { restore } from "./restore.ts";

async function freshFolder(): Promise<Disposable & { readonly path: string }> {
  const path = mkdtempSync(join(tmpdir(), "stint-upkeep-"));
  await (await openSqliteLedger(join(path, "stint.db"), { sync: "off" })).close();
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("SF-2 a damaged file beside the ledger is named, and the search index is to be deleted", async () => {
  using folder = await freshFolder();
  writeFileSync(join(folder.path, "search.db"), "no database");
  writeFileSync(join(folder.path, "auth.db"), Buffer.alloc(8192, 7));
  const { named } = lookOver(folder.path).findings;
  assert.deepEqual(
    named.map(({ kind, what }) => `${kind}: ${what.split(":")[0] ?? ""}`),
    ["damaged_file: auth.db cannot be read", "damaged_index: search.db cannot be read"],
  );
});

test("SF-3 where there is nothing to mend no copy is made", async () => {
  using folder = await freshFolder();
  const { before, copy } = await repair(folder.path, 0);
  assert.deepEqual([before, copy], [0, undefined]);
  assert.ok(readdirSync(folder.path).every((name) => !name.includes("before-repair")));
});

test("SF-10 a backup that cannot be made leaves nothing behind, and says why", async () => {
  using folder = await freshFolder();
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  await assert.rejects(backUp(folder.path, join(file, "target"), 0), {
    code: "store_failed",
    message: /could not be made/,
  });
  writeFileSync(join(folder.path, "outbox.db"), "no database");
  await assert.rejects(backUp(folder.path, join(folder.path, "target"), 0));
  assert.ok(readdirSync(folder.path).every((name) => !name.startsWith("target")));
});

test("SF-11 a folder of which a restoring was cut off is not taken for one", async () => {
  using folder = await freshFolder();
  const target = join(folder.path, "target");
  const again = join(folder.path, "again");
  const { manifest } = await backUp(folder.path, target, 7);
  assert.deepEqual(manifest.counts, { facts: 0, open: 0, ended: 0 });
  const restored = await restore(target, again, 8);
  assert.notEqual(restored.ledgerId, manifest.ledgerId);
  assert.equal(restored.held, 0);
  rmSync(join(again, "stint.db"));
  writeFileSync(join(again, "stint.db.restoring"), "");
  await assert.rejects(restore(target, again, 9), { message: /was cut off/ });
});
