import assert from "node:assert/strict";
import { test } from "node:test";

import { program, type LaneContext, type ProgramContext, type Runnable } from "./program.ts";
import { openWorld } from "./testing.ts";

const DAY = 86_400_000;

test("EN-20 a cancel reaches a running step through its AbortSignal, and names who asked", async () => {
  const aborted: unknown[] = [];
  const working = program("working", async (run) => {
    await run.step("work", async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      aborted.push(signal.reason);
    });
    await run.step("never", () => aborted.push("a step after the cancel"));
  });
  await using world = await openWorld([working]);
  const { id } = await world.engine.start(working, undefined);
  await world.settle();
  const result = assert.rejects(world.engine.result(id), { code: "canceled" });
  assert.equal(await world.engine.cancel(id, "usr_1", "Enough."), true);
  await result;
  assert.equal(aborted.length, 1);
  const [canceled] = await world.factsOf(id, "canceled");
  assert.deepEqual(canceled, { t: "canceled", by: "usr_1", reason: "Enough." });
  assert.equal(await world.engine.cancel(id, "usr_1"), false);
});

test("EN-21 a step that ignores the cancel holds its execution up for ten seconds, not longer", async () => {
  const deaf = program("deaf", async (run) => {
    await run.step("work", () => new Promise<never>(() => undefined));
  });
  await using world = await openWorld([deaf]);
  const { id } = await world.engine.start(deaf, undefined);
  await world.settle();
  await world.engine.cancel(id, "usr_1");
  await world.pass(9_000);
  assert.equal((await world.ledger.find(id))?.ended, false);
  await world.pass(2_000);
  assert.equal((await world.ledger.find(id))?.state, "canceled");
});

test("EN-149 a cancel is heard whenever it comes while an execution, or a lane of it, is being taken into memory", async () => {
  const untilAborted = async ({ signal }: { readonly signal: AbortSignal }): Promise<void> => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  };
  const talking: Runnable<undefined> = {
    name: "talking",
    version: "1",
    kind: "invocation",
    lanes: {},
    run: async (run: ProgramContext) => {
      if (run.reopenings.length > 0) await run.step("work", untilAborted);
    },
  };
  const opening = program(
    "opening",
    async (run) => {
      await run.each("contact", [1]);
    },
    {
      lanes: {
        contact: async (lane: LaneContext) => {
          await lane.sleep("nap", DAY);
          await lane.step("work", untilAborted);
        },
      },
    },
  );
  await using world = await openWorld([talking, opening]);
  const { engine, ledger } = world;
  for (let turns = 0; turns <= 20; turns += 1) {
    const talk = await engine.start(talking, undefined);
    const open = await engine.start(opening, undefined);
    await world.settle();
    await engine.reopen(talk.id, "more");
    world.clock.advance(DAY);
    for (let turn = 0; turn < turns; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    await engine.cancel(talk.id, "usr_1");
    await engine.stopLane(open.id, 1, "usr_1");
    await world.settle();
    const states = [talk, open].map(async ({ id }) => (await ledger.find(id))?.state);
    assert.deepEqual(await Promise.all(states), ["canceled", "completed"], `after ${turns} turns`);
  }
});

test("EN-22 what waits, or waits to be started, is canceled too", async () => {
  const napping = program("napping", async (run) => run.sleep("nap", DAY));
  await using world = await openWorld([napping], { concurrency: 1 });
  const blocker = program("napping", async () => undefined);
  const { id } = await world.engine.start(blocker, undefined);
  await world.settle();
  await world.engine.cancel(id, "usr_1");
  await world.settle();
  assert.equal((await world.ledger.find(id))?.state, "canceled");
  assert.equal((await world.factsOf(id, "timerFired")).length, 0);
});

test("L-3 canceling a parent cancels the executions and lanes that run under it", async () => {
  const child = program("child", async (run) => run.sleep("nap", DAY));
  const parent = program(
    "parent",
    async (run) => {
      await Promise.all([run.child("child", child, undefined), run.each("contact", [1, 2, 3])]);
    },
    {
      lanes: {
        contact: async (lane: LaneContext, item: number) =>
          item === 1 ? await lane.signal("approve") : await lane.sleep("nap", item * DAY),
      },
    },
  );
  await using world = await openWorld([parent, child]);
  const { id } = await world.engine.start(parent, undefined);
  await world.settle();
  assert.equal(world.engine.running(), 0);
  await world.engine.cancel(id, "usr_1");
  await world.settle();
  const [started] = await world.factsOf(id, "childStarted");
  assert.equal((await world.ledger.find(id))?.state, "canceled");
  assert.equal((await world.ledger.find(started?.id ?? ""))?.state, "canceled");
  const { db } = world.ledger.store;
  const journeys = await db.selectFrom("journeys").select("state").execute();
  const canceled = ["canceled", "canceled", "canceled"];
  assert.deepEqual(
    journeys.map(({ state }) => state),
    canceled,
  );
  assert.deepEqual(await db.selectFrom("live").selectAll().execute(), []);
  assert.deepEqual(await db.selectFrom("inbox").selectAll().execute(), []);
});

test("EN-23 a parent that fails cancels its open children, after its failure is on disk", async () => {
  const child = program("child", async (run) => run.sleep("nap", DAY));
  const parent = program("parent", async (run) => {
    const failing = run.sleep("a while", 1_000).then(() => {
      throw new Error("The parent gives up.");
    });
    await Promise.all([run.child("child", child, undefined), failing]);
  });
  await using world = await openWorld([parent, child]);
  const { id } = await world.engine.start(parent, undefined);
  await world.pass(1_000);
  const [started] = await world.factsOf(id, "childStarted");
  assert.equal((await world.ledger.find(id))?.state, "failed");
  assert.equal((await world.ledger.find(started?.id ?? ""))?.state, "canceled");
});
