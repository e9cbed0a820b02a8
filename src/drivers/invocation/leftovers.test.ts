import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { clearLeftovers } from "./leftovers.ts";

test("IV-20 files of invocations that have left the ledger are deleted, and no others", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-leftovers-"));
  for (const name of ["inv_kept/1", "inv_gone/1", "inv_gone/2", "notes"])
    await mkdir(join(folder, name), { recursive: true });
  const ledger = {
    find: async (id: string) =>
      id === "inv_kept" ? { no: 1, ws: 1, state: "running", ended: false } : undefined,
  };
  assert.deepEqual(await clearLeftovers({ folder, ledger }), ["inv_gone"]);
  assert.deepEqual((await readdir(folder)).toSorted(), ["inv_kept", "notes"]);
  assert.deepEqual(await clearLeftovers({ folder: join(folder, "missing"), ledger }), []);
  await rm(folder, { recursive: true });
});
