import assert from "node:assert/strict";
import { test } from "node:test";

import { program } from "./program.ts";
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
  const lanes = { contact: async () => undefined };
  const each = (items: readonly number[]) =>
    program(
      "each",
      async (run) => {
        await run.each("contact", items as never);
        await run.sleep("nap", 1_000);
      },
      { lanes: { contact: async () => await lanes.contact() } },
    );
  const waiting = program("each", async (run) => run.each("contact", [1, 2] as never), {
    lanes: {
      contact: async (lane: { sleep: (name: string, ms: number) => Promise<void> }) =>
        lane.sleep("nap", 1_000),
    },
  });
  await using world = await openWorld([waiting]);
  await world.engine.start(waiting, undefined);
  await world.settle();
  await world.restart([each([1, 2, 3])]);
  await world.pass(1_000);
  assert.equal(await blockedOf(world), "each:contact");
});
