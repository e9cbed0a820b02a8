import assert from "node:assert/strict";
import { test } from "node:test";

import { CLOSED, letsThrough } from "#domain/breaker.ts";

import { openTestWorkspaces } from "./testing.ts";

test("EN-140 a breaker is kept: of two that trip it at once one does, and it rests as long as was said", async () => {
  await using world = await openTestWorkspaces();
  const { breakers, store, clock } = world;
  assert.deepEqual(await breakers.read("mail"), CLOSED);
  const until = clock.now() + 1000;
  const trip = () => store.write([breakers.moving("mail", CLOSED, "tripped", until)]);
  const both = await Promise.allSettled([trip(), trip()]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const open = await breakers.read("mail");
  assert.deepEqual({ ...open }, { state: "open", until });
  assert.ok(!letsThrough(open, until - 1) && letsThrough(open, until));
  assert.throws(() => breakers.moving("mail", open, "passed"));
  clock.advance(1000);
  await store.write([breakers.moving("mail", open, "passed")]);
  assert.equal((await breakers.read("mail")).state, "closed");
  await trip();
  assert.equal((await breakers.read("mail")).state, "open");
  assert.deepEqual(await breakers.read("other"), CLOSED);
});
