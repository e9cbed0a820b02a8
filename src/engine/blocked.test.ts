import assert from "node:assert/strict";
import { test } from "node:test";

import { program, type LaneContext } from "./program.ts";
import { openWorld, type World } from "./testing.ts";

const right = program("changing", async (run) => {
  await run.step("first", () => 1);
  await run.sleep("nap", 1_000);
  return await run.step("last", () => "through");
});
const sideEffects: string[] = [];
const wrong = program("changing", async (run) => {
  await run.step("renamed", () => sideEffects.push("renamed"));
  await run.sleep("other nap", 1_000);
  return "wrong";
});

const blockedOf = async (world: World): Promise<string | null | undefined> =>
  (await world.ledger.store.db.selectFrom("live").select("blocked").executeTakeFirst())?.blocked;

test("EN-42 a program that no longer matches is blocked: visible, nothing done, nothing recorded", async () => {
  await using world = await openWorld([right]);
  const { id } = await world.engine.start(right, undefined);
  await world.settle();
  const before = await world.facts(id);
  await world.restart([wrong]);
  await world.pass(1_000);
  assert.equal(await blockedOf(world), "first");
  assert.deepEqual(await world.facts(id), before);
  assert.deepEqual(sideEffects, []);
  assert.equal(world.engine.running(), 0);
});

test("EN-43 it is tried again at the next start, and goes on when the program matches", async () => {
  await using world = await openWorld([right]);
  const { id } = await world.engine.start(right, undefined);
  await world.settle();
  await world.restart([wrong]);
  await world.pass(1_000);
  await world.restart([wrong]);
  await world.settle();
  assert.equal(await blockedOf(world), "first");
  await world.restart([right]);
  assert.equal(await world.engine.result(id), "through");
});

test("EN-44 the mark goes when the replay matches again, although it still waits", async () => {
  await using world = await openWorld([right]);
  await world.engine.start(right, undefined);
  await world.settle();
  await world.restart([]);
  await world.settle();
  await world.engine.skipWait(
    (await world.ledger.store.db.selectFrom("live").select("id").executeTakeFirstOrThrow()).id,
    "usr_1",
  );
  await world.settle();
  assert.equal(await blockedOf(world), "program changing");
  const napping = program("changing", async (run) => {
    await run.step("first", () => 1);
    await run.sleep("nap", 1_000);
    await run.sleep("another nap", 1_000);
  });
  await world.restart([napping]);
  await world.settle();
  assert.equal(await blockedOf(world), null);
});

test("EN-45 what is blocked, or has no program, can be canceled", async () => {
  for (const programs of [[wrong], []]) {
    await using world = await openWorld([right]);
    const { id } = await world.engine.start(right, undefined);
    await world.settle();
    await world.restart(programs);
    await world.pass(1_000);
    assert.notEqual(await blockedOf(world), null);
    await world.engine.cancel(id, "usr_1");
    await world.settle();
    assert.equal((await world.ledger.find(id))?.state, "canceled");
  }
});

test("EN-46 other items than before in an each are a mismatch, too", async () => {
  const lanes = {
    contact: async (lane: LaneContext, _item: number) => lane.sleep("nap", 1_000),
  };
  const over = (items: readonly number[]) =>
    program("over", async (run) => run.each("contact", items), { lanes });
  await using world = await openWorld([over([1, 2])]);
  await world.engine.start(over([1, 2]), undefined);
  await world.settle();
  await world.restart([over([1, 2, 3])]);
  await world.pass(1_000);
  assert.equal(await blockedOf(world), "each:contact");
});

test("EN-93 what is blocked is tried again on request, without a new start; what is not is told so", async () => {
  let word = "first";
  const fickle = program("fickle", async (run) => {
    await run.step(word, () => 1);
    await run.sleep("nap", 1_000);
    return "through";
  });
  await using world = await openWorld([fickle]);
  const { id } = await world.engine.start(fickle, undefined);
  await world.settle();
  assert.equal(await world.engine.tryAgain(id), false);
  word = "second";
  await world.pass(1_000);
  const since = world.clock.now();
  assert.equal(await blockedOf(world), "first");
  await world.pass(5_000);
  assert.equal(await world.engine.tryAgain(id), true);
  await world.settle();
  const { db } = world.ledger.store;
  const marked = await db.selectFrom("live").select("blocked_at").executeTakeFirstOrThrow();
  assert.equal(marked.blocked_at, since, "tried in vain, it is blocked since it was at first");
  word = "first";
  await world.engine.tryAgain(id);
  assert.equal(await world.engine.result(id), "through");
});
