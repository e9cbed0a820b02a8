import assert from "node:assert/strict";
import { test } from "node:test";

import { program } from "./program.ts";
import { openWorld } from "./testing.ts";

const DAY = 86_400_000;
const napping = program("napping", async (run) => {
  await run.sleep("nap", 5 * DAY);
  return "awake";
});

test("EN-65 a wait of days is out of memory, says until when, and outlasts restarts", async () => {
  await using world = await openWorld([napping]);
  const { id } = await world.engine.start(napping, undefined);
  await world.settle();
  assert.equal(world.engine.running(), 0);
  assert.equal((await world.ledger.find(id))?.state, "waiting");
  const [waiting] = await world.factsOf(id, "waiting");
  assert.deepEqual([waiting?.until, waiting?.on], [world.clock.now() + 5 * DAY, ["nap"]]);
  await world.pass(4 * DAY);
  await world.restart();
  await world.pass(DAY - 1);
  assert.equal((await world.ledger.find(id))?.state, "waiting");
  await world.pass(1);
  assert.equal(await world.engine.result(id), "awake");
});

test("EN-12 a wait that came due while nobody ran is over at the next start", async () => {
  await using world = await openWorld([napping]);
  const { id } = await world.engine.start(napping, undefined);
  await world.settle();
  world.clock.advance(10 * DAY);
  await world.restart();
  await world.pass(0);
  assert.equal(await world.engine.result(id), "awake");
});

test("EN-13 until waits for a moment, and not at all for one that has passed", async () => {
  const moments = program("moments", async (run, at: number) => {
    await run.until("past", at - DAY);
    await run.until("then", at);
    return "then";
  });
  await using world = await openWorld([moments]);
  const at = world.clock.now() + DAY;
  const { id } = await world.engine.start(moments, at);
  const result = world.engine.result(id);
  await world.pass(DAY);
  assert.equal(await result, "then");
  assert.deepEqual(await world.factsOf(id, "waiting"), [{ t: "waiting", on: ["then"], until: at }]);
});

test("EN-14 a timer beside a running step goes off in time", async () => {
  const work = Promise.withResolvers<string>();
  const order: string[] = [];
  const beside = program("beside", async (run) => {
    const timer = async (): Promise<void> => {
      await run.sleep("timer", 1_000);
      order.push("timer");
    };
    const step = async (): Promise<void> => {
      order.push(await run.step("long", () => work.promise));
    };
    await Promise.all([timer(), step()]);
  });
  await using world = await openWorld([beside]);
  const { id } = await world.engine.start(beside, undefined);
  await world.pass(1_000);
  assert.deepEqual(order, ["timer"]);
  work.resolve("step");
  await world.engine.result(id);
  assert.deepEqual(order, ["timer", "step"]);
});

const asking = program("asking", async (run) => {
  const first = await run.signal<number>("answer");
  const second = await run.signal<number>("answer", { as: "second" });
  return [first, second];
});

test("EN-15 signals are taken once each, in the order of arrival, before and after they are awaited", async () => {
  await using world = await openWorld([asking]);
  const { id } = await world.engine.start(asking, undefined);
  assert.equal(await world.engine.signal(id, "answer", 1), true);
  await world.settle();
  await world.restart();
  await world.engine.signal(id, "other", "nobody waits for it");
  await world.engine.signal(id, "answer", 2);
  assert.deepEqual(await world.engine.result(id), [1, 2]);
  assert.equal(await world.engine.signal(id, "answer", 3), false);
});

test("EN-16 a signal with a key that was used before changes nothing, also when it was taken long ago", async () => {
  await using world = await openWorld([asking]);
  const { id } = await world.engine.start(asking, undefined);
  await world.engine.signal(id, "answer", 1, { key: "k" });
  await world.settle();
  assert.equal(await world.engine.signal(id, "answer", 1, { key: "k" }), true);
  await world.settle();
  assert.equal((await world.factsOf(id, "signaled")).length, 1);
  const other = await world.engine.start(asking, undefined);
  await world.engine.signal(other.id, "answer", 1, { key: "k" });
  await world.settle();
  assert.equal((await world.factsOf(other.id, "signaled")).length, 1);
});

test("EN-17 a wait for a signal can have an end: then its answer is undefined", async () => {
  const timed = program("timed", async (run) => {
    const late = await run.signal<string>("go", { timeoutMs: 1_000, as: "late" });
    const early = await run.signal<string>("go", { timeoutMs: 1_000, as: "early" });
    return { late, early };
  });
  await using world = await openWorld([timed]);
  const { id } = await world.engine.start(timed, undefined);
  await world.pass(1_000);
  await world.engine.signal(id, "go", "now");
  assert.deepEqual(await world.engine.result(id), { early: "now" });
});

test("EN-18 a signal that came before the time was up counts, although nobody ran then", async () => {
  const timed = program("timed", async (run) => {
    for (let i = 0; i < 20; i += 1) await run.step(["step", i], () => i);
    return (await run.signal<string>("go", { timeoutMs: 1_000 })) ?? "too late";
  });
  await using world = await openWorld([timed], { concurrency: 1 });
  const { id } = await world.engine.start(timed, undefined);
  await world.settle();
  await world.engine.stop(0);
  await world.engine.signal(id, "go", "in time");
  world.clock.advance(10_000);
  await world.restart();
  await world.pass(0);
  assert.equal(await world.engine.result(id), "in time");
});

test("EN-19 a person can skip the waits that are open, and only those", async () => {
  const two = program("two", async (run) => {
    for (let i = 0; i < 20; i += 1) await run.step(["step", i], () => i);
    await run.sleep("first", DAY);
    await run.sleep("second", DAY);
  });
  await using world = await openWorld([two]);
  const { id } = await world.engine.start(two, undefined);
  await world.settle();
  assert.equal(await world.engine.skipWait(id, "usr_1"), true);
  await world.settle();
  assert.deepEqual(await world.factsOf(id, "timerFired"), [
    { t: "timerFired", path: "first", early: "usr_1" },
  ]);
  assert.deepEqual((await world.factsOf(id, "waiting")).at(-1)?.on, ["second"]);
});
