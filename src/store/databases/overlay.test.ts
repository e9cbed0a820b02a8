import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import type { Write } from "../store.ts";
import { openOverlay } from "./overlay.ts";
import { migrateSqlite } from "./sqlite-store.ts";
import { openWriting } from "./sqlite.ts";

const contact = (id: string, status: string): Write => ({
  sql: `insert into contact (ws, id, version, status, custom, replied, opened_email, interested, opted_out,
    created_at, updated_at) values (1, ?, 1, ?, '{}', 0, 0, 0, 0, 0, 0)`,
  parameters: [id, status],
});

test("SI-9 an overlay shows the file and what was written over it, and the file refuses whatever is not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint overlay #1 100%?"));
  const path = join(folder, "stint.db");
  const file = openWriting(path, { sync: "off" });
  await migrateSqlite(file);
  for (const id of ["con_a", "con_b"]) {
    const { sql, parameters } = contact(id, "Lead");
    file.prepare(sql).run(...parameters);
  }
  const overlay = openOverlay({ path, ws: 1, agent: 1 });
  const statuses = (): readonly unknown[] =>
    overlay.reading
      .prepare("select id, status from contact order by id")
      .all()
      .map(({ id, status }) => [id, status]);
  const write = (...writes: readonly Write[]): void => {
    overlay.cover(writes);
    for (const { sql, parameters } of writes) overlay.writing.prepare(sql).run(...parameters);
  };

  write({ sql: "update contact set status = 'Warm' where id = ?", parameters: ["con_a"] });
  write(contact("con_c", "New"));
  file.exec("update contact set status = 'Changed' where id in ('con_a', 'con_b')");
  assert.deepEqual(statuses(), [
    ["con_a", "Warm"],
    ["con_b", "Changed"],
    ["con_c", "New"],
  ]);
  write({ sql: "delete from contact where id = ?", parameters: ["con_b"] });
  assert.deepEqual(statuses(), [
    ["con_a", "Warm"],
    ["con_c", "New"],
  ]);
  for (const db of [overlay.reading, overlay.writing])
    assert.throws(() => db.exec("delete from beneath.contact"), /readonly/);
  assert.equal(file.prepare("select count(*) as n from contact").get()?.["n"], 2);
  overlay.close();
  file.close();
  await rm(folder, { recursive: true, force: true });
});
