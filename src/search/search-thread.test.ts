import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";
import { AT, drive, held } from "#ledger/testing.ts";

import { openSearch } from "./search-thread.ts";
import { openWorld } from "./testing.ts";

const query = { ws: 1, view: "full", order: "desc", from: null, limit: 10 } as const;

test("3.14-3 the search's thread follows what is appended, answers, and goes on after a restart", async () => {
  await using world = await openWorld();
  const { ledger, folder } = world;
  const warnings: string[] = [];
  const needs = { ledger, folder, warn: (message: string) => warnings.push(message) };
  const search = openSearch(needs);
  const on = await held(ledger);
  await drive(ledger, on, [{ t: "stepDone", path: "a", ms: 1, r: "tulips" }]);
  const asked = { ...query, text: "tuli" };
  assert.deepEqual(await search.find(asked), { nos: [on.no], goOnFrom: null, behindSince: null });
  await search.forget([on.no]);
  assert.deepEqual((await search.find(asked)).nos, [on.no]);
  await search.close();
  await assert.rejects(search.find(asked), { code: "unavailable" });

  const again = openSearch(needs);
  await drive(ledger, on, [{ t: "stepDone", path: "b", ms: 1, r: "roses" }], { at: AT + 1 });
  assert.deepEqual((await again.find({ ...query, text: "roses tulips" })).nos, [on.no]);
  await again.close();
  assert.deepEqual(warnings, []);
});

test("SE-11 where the search's thread stops, searches are refused with what to do", async () => {
  await using world = await openWorld();
  const { promise: warned, resolve: warn } = Promise.withResolvers<string>();
  mkdirSync(world.place.path);
  const search = openSearch({ ledger: world.ledger, folder: world.folder, warn });
  const refused = await search.find({ ...query, text: "x" }).catch((error: unknown) => error);
  assert.ok(refused instanceof Fault && refused.code === "unavailable");
  assert.match(refused.suggestion ?? "", /delete search\.db/);
  assert.match(await warned, /until the next start/);
  await search.close();
});

test("SE-13 where the ledger's file or log is taken away, the search neither makes one nor complains", async () => {
  for (const name of ["stint.db", "stint.db-wal"]) {
    await using world = await openWorld();
    const { ledger, folder } = world;
    const warnings: string[] = [];
    const search = openSearch({ ledger, folder, warn: (said) => warnings.push(said) });
    await held(ledger);
    rmSync(join(folder, name));
    await assert.rejects(search.find({ ...query, text: "x" }), { code: "unavailable" });
    await search.close();
    assert.deepEqual(warnings, []);
    assert.equal(existsSync(join(folder, "stint.db")), name !== "stint.db");
  }
});
