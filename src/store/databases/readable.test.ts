import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { demandReadable } from "./readable.ts";

test("LG-76 a store that died in its making is readable again: what was half written is taken back", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-readable-"));
  const [living, dead] = [join(folder, "living.db"), join(folder, "dead.db")];
  try {
    using db = new DatabaseSync(living);
    db.exec("create table t (x)");
    db.exec("pragma cache_size = 1; begin");
    const put = db.prepare("insert into t values (zeroblob(4000))");
    for (let rows = 0; rows < 300; rows += 1) put.run(); // more than fits in memory: the file is half written
    for (const end of ["", "-journal"]) await copyFile(`${living}${end}`, `${dead}${end}`);
    demandReadable(dead);
    using healed = new DatabaseSync(dead, { readOnly: true });
    assert.deepEqual({ ...healed.prepare("select count(*) as n from t").get() }, { n: 0 });
    db.exec("rollback");
  } finally {
    await rm(folder, { recursive: true });
  }
});
