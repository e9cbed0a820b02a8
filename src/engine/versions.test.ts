/** Code changes while executions wait: what goes on with what. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { program, type Runnable } from "./program.ts";
import { openWorld } from "./testing.ts";

const DAY = 86_400_000;
const NAP_MS = 90 * DAY;

const first = program("renew", async (run) => {
  const asked = await run.step("ask", () => "asked by 1");
  await run.sleep("nap", NAP_MS);
  return await run.step("renew", () => `${asked}, renewed by 1`);
});
/** Does the same until the wait, and something else after it. */
const fitting = program(
  "renew",
  async (run) => {
    const asked = await run.step("ask", () => "asked by 2");
    await run.sleep("nap", NAP_MS);
    return await run.step("renew better", () => `${asked}, renewed by 2`);
  },
  { version: "2" },
);
/** Asks for what is not on record, and no longer for what is. */
const other = program("renew", async (run) => run.step("start over", () => "by 3"), {
  version: "3",
});

/** An execution that was started with version 1 and waited 90 days for these programs. */
async function waitFor(programs: readonly Runnable[]) {
  const world = await openWorld([first]);
  const { id } = await world.engine.start(first, undefined);
  await world.pass(89 * DAY);
  await world.restart(programs);
  const result = world.engine.result(id);
  await world.pass(DAY);
  const live = await world.ledger.store.db.selectFrom("live").select("blocked").executeTakeFirst();
  return { world, id, result, blocked: live?.blocked };
}

test("EN-73 what waited goes on with the new version where that does the same so far, and it is on record", async () => {
  const { world, id, result } = await waitFor([fitting]);
  await using _ = world;
  assert.equal(await result, "asked by 1, renewed by 2");
  assert.deepEqual(await world.factsOf(id, "upgraded"), [{ t: "upgraded", driverVersion: "2" }]);
});

test("EN-74 where the new version does not match, it is blocked, and goes on when the old one is given beside it", async () => {
  const { world, id, blocked } = await waitFor([other]);
  await using _ = world;
  assert.equal(blocked, "ask");
  assert.deepEqual(await world.factsOf(id, "upgraded"), []);
  await world.restart([first, other]);
  assert.equal(await world.engine.result(id), "asked by 1, renewed by 1");
  const anew = await world.engine.start(other, undefined);
  assert.equal(await world.engine.result(anew.id), "by 3");
});

test("EN-75 with several versions given, each execution stays on its own, also after it was upgraded", async () => {
  const { world, id, result } = await waitFor([first, fitting]);
  await using _ = world;
  assert.equal(await result, "asked by 1, renewed by 1");
  assert.deepEqual(await world.factsOf(id, "upgraded"), []);
  const napping = await world.engine.start(first, undefined);
  await world.settle();
  await world.restart([fitting]);
  await world.engine.skipWait(napping.id, "usr_1");
  assert.equal(await world.engine.result(napping.id), "asked by 1, renewed by 2");
});
