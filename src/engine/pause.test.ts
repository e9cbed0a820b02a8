import assert from "node:assert/strict";
import { test } from "node:test";

import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { program, type LaneContext } from "./program.ts";
import { openWorld, type World } from "./testing.ts";

const napping = program("napping", async (run) => {
  await run.step("before", () => "done");
  await run.sleep("nap", 10_000);
  return await run.step("after", () => "rested");
});

async function marked({ ledger }: World, id: string) {
  const { db } = ledger.store;
  const rows = db.selectFrom("live").select(["state", "paused_by", "owner", "ready_at"]);
  return await rows.where("id", "=", id).where("lane", "=", 0).executeTakeFirst();
}

test("EN-100 a paused execution lets its step under way end, begins no other, and leaves memory", async () => {
  const done: string[] = [];
  const { promise: slow, resolve: end } = Promise.withResolvers<void>();
  const working = program("working", async (run) => {
    await run.step("first", async () => {
      await slow;
      done.push("first");
    });
    await run.step("second", () => done.push("second"));
  });
  await using world = await openWorld([working]);
  const { id } = await world.engine.start(working, undefined);
  await world.settle();
  assert.equal(await world.engine.pause(id, "usr_olga"), true);
  await world.settle();
  assert.equal(world.engine.running(), 1, "its step is under way");
  end();
  await world.settle();
  await world.pass(1_000);
  assert.deepEqual(done, ["first"]);
  assert.equal(world.engine.running(), 0);
  const paused = { state: "running", paused_by: "usr_olga", owner: null, ready_at: null };
  assert.deepEqual({ ...(await marked(world, id)) }, paused);
  await world.engine.resume(id, "usr_olga");
  await world.engine.result(id);
  assert.deepEqual(done, ["first", "second"], "what was done is not done again");
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-101 a paused execution lets no wait end, and stays so through restarts", async () => {
  await using world = await openWorld([napping]);
  const { id } = await world.engine.start(napping, undefined);
  await world.pass(1_000);
  await world.engine.pause(id, "usr_olga");
  await world.pass(60_000);
  await world.restart();
  await world.pass(60_000);
  assert.equal((await marked(world, id))?.paused_by, "usr_olga");
  assert.equal((await marked(world, id))?.state, "waiting");
  assert.equal((await world.factsOf(id, "timerFired")).length, 0);
  await world.engine.resume(id, "usr_ben");
  assert.equal(await world.engine.result(id), "rested", "its time had passed: at once");
  const asked = (await world.facts(id)).filter(({ t }) => t.endsWith("Asked"));
  assert.deepEqual(asked, [
    { t: "pauseAsked", by: "usr_olga" },
    { t: "resumeAsked", by: "usr_ben" },
  ]);
});

test("EN-102 a wait that was paused and resumed ends when it would have", async () => {
  await using world = await openWorld([napping]);
  const { id } = await world.engine.start(napping, undefined);
  await world.pass(1_000);
  await world.engine.pause(id, "usr_1");
  await world.pass(4_000);
  await world.engine.resume(id, "usr_1");
  await world.pass(4_000);
  assert.equal((await world.ledger.find(id))?.ended, false);
  assert.equal((await marked(world, id))?.paused_by, null);
  await world.pass(1_000);
  assert.equal(await world.engine.result(id), "rested");
});

test("EN-103 what comes while an execution is paused is kept: signals, skips, a child's end", async () => {
  const child = program("child", async (run) => run.sleep("nap", 1_000));
  const parent = program("parent", async (run) => {
    const [said] = await Promise.all([
      run.signal<string>("go"),
      run.child("child", child, undefined),
      run.sleep("nap", 1_000_000),
    ]);
    return said;
  });
  await using world = await openWorld([parent, child]);
  const { id } = await world.engine.start(parent, undefined);
  const [started = ""] = await childrenOf(world, id);
  await world.engine.pause(id, "usr_1");
  await world.settle();
  await world.engine.resume(started, "usr_1");
  await world.engine.signal(id, "go", "now");
  await world.engine.skipWait(id, "usr_2");
  await world.pass(2_000);
  assert.equal((await world.ledger.find(started))?.state, "completed");
  assert.equal((await world.factsOf(id, "signalTaken")).length, 0);
  await world.restart();
  await world.settle();
  await world.engine.resume(id, "usr_1");
  assert.equal(await world.engine.result(id), "now");
});

async function childrenOf(world: World, parent: string): Promise<readonly string[]> {
  await world.settle();
  return (await world.factsOf(parent, "childStarted")).map(({ id }) => id);
}

test("EN-104 children are paused and resumed with their parent, at every depth", async () => {
  const leaf = program("leaf", async (run) => run.sleep("nap", 1_000));
  const middle = program("middle", async (run) => run.child("leaf", leaf, undefined));
  const top = program("top", async (run) => run.child("middle", middle, undefined));
  await using world = await openWorld([top, middle, leaf]);
  const { id } = await world.engine.start(top, undefined);
  await world.settle();
  await world.engine.pause(id, "usr_olga");
  await world.pass(5_000);
  const { db } = world.ledger.store;
  const marks = async () => (await db.selectFrom("live").select("paused_by").execute()).map(by);
  assert.deepEqual(await marks(), ["usr_olga", "usr_olga", "usr_olga"]);
  assert.equal(world.engine.running(), 0);
  await world.engine.resume(id, "usr_olga");
  await world.engine.result(id);
});

const by = ({ paused_by }: { readonly paused_by: string | null }): string | null => paused_by;

test("EN-105 what was said to a child itself counts, whatever its parent is told", async () => {
  const child = program("child", async (run) => run.sleep("nap", 1_000));
  const parent = program("parent", async (run) => {
    await Promise.all([run.child("a", child, undefined), run.child("b", child, undefined)]);
  });
  await using world = await openWorld([parent, child]);
  const { id } = await world.engine.start(parent, undefined);
  const [a = "", b = ""] = await childrenOf(world, id);
  await world.engine.pause(a, "usr_olga");
  await world.settle();
  await world.engine.pause(id, "usr_ben");
  await world.settle();
  await world.engine.resume(b, "usr_olga");
  await world.pass(2_000);
  assert.equal((await world.ledger.find(b))?.state, "completed", "b was let go on");
  await world.engine.resume(id, "usr_ben");
  await world.pass(2_000);
  assert.equal((await marked(world, a))?.paused_by, "usr_olga", "a was paused itself");
  await world.engine.resume(a, "usr_olga");
  await world.engine.result(id);
});

test("EN-106 journeys are paused with their execution: none is taken up, those at work stop after their step", async () => {
  const done: string[] = [];
  const { promise: slow, resolve: end } = Promise.withResolvers<void>();
  const walking = program("walking", async (run) => run.each("way", ["ada", "ben", "cem"]), {
    lanes: {
      way: async (lane: LaneContext, name: string) => {
        if (name === "ada") await lane.sleep("nap", 1_000);
        await lane.step("one", async () => {
          if (name === "ben") await slow;
          done.push(`${name} 1`);
        });
        if (name === "cem") await lane.signal("go");
        await lane.step("two", () => done.push(`${name} 2`));
      },
    },
  });
  await using world = await openWorld([walking]);
  const { id } = await world.engine.start(walking, undefined);
  await world.settle();
  await world.engine.pause(id, "usr_1");
  await world.engine.signal(id, "go", 1, { lane: 3 });
  end();
  await world.pass(5_000);
  assert.deepEqual(done, ["cem 1", "ben 1"]);
  assert.equal(world.engine.running(), 0);
  await world.restart();
  await world.pass(5_000);
  assert.deepEqual(done, ["cem 1", "ben 1"]);
  await world.engine.resume(id, "usr_1");
  await world.engine.result(id);
  assert.deepEqual(done.toSorted(), ["ada 1", "ada 2", "ben 1", "ben 2", "cem 1", "cem 2"]);
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-107 what is paused can be canceled, with what runs under it", async () => {
  const parent = program("parent", async (run) => run.child("napping", napping, undefined));
  await using world = await openWorld([parent, napping]);
  const { id } = await world.engine.start(parent, undefined);
  await world.settle();
  await world.engine.pause(id, "usr_1");
  await world.settle();
  await world.engine.cancel(id, "usr_2", "Enough.");
  await world.settle();
  const { db } = world.ledger.store;
  assert.deepEqual(await db.selectFrom("live").select("id").execute(), []);
  const states = await db.selectFrom("executions").select("state").execute();
  assert.deepEqual(
    states.map(({ state }) => state),
    ["canceled", "canceled"],
  );
});

test("EN-108 what is paused before it was started is started when it is resumed", async () => {
  const { promise: slow, resolve: end } = Promise.withResolvers<void>();
  const busy = program("busy", async (run) => run.step("work", () => slow));
  await using world = await openWorld([busy, napping], { concurrency: 1 });
  await world.engine.start(busy, undefined);
  await world.settle();
  const { id } = await world.engine.start(napping, undefined);
  await world.engine.pause(id, "usr_1");
  end();
  await world.pass(30_000);
  assert.equal((await marked(world, id))?.state, "queued");
  assert.equal((await marked(world, id))?.paused_by, "usr_1");
  await world.engine.resume(id, "usr_1");
  await world.pass(10_000);
  assert.equal(await world.engine.result(id), "rested");
});

test("EN-115 a cancel or a pause needs no free place: what is canceled may be what holds them all", async () => {
  const stuck = program("stuck", async (run) =>
    run.step("work", ({ signal }) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => {
        resolve();
      });
      return promise;
    }),
  );
  const parent = program("parent", async (run) => run.child("stuck", stuck, undefined));
  await using world = await openWorld([parent, stuck, napping], { concurrency: 1 });
  const { id } = await world.engine.start(parent, undefined);
  await world.pass(1_000);
  const waiting = await world.engine.start(napping, undefined);
  await world.engine.pause(waiting.id, "usr_1");
  await world.pass(1_000);
  assert.equal((await marked(world, waiting.id))?.paused_by, "usr_1");
  await world.engine.cancel(id, "usr_1");
  await world.pass(1_000);
  assert.equal((await world.ledger.find(id))?.state, "canceled");
  assert.equal(world.engine.running(), 0);
});

test("EN-109 the time in which an execution was paused counts as waited", async () => {
  const { promise: slow, resolve: end } = Promise.withResolvers<void>();
  const working = program("working", async (run) => {
    await run.step("one", () => slow);
    await run.step("two", () => 2);
  });
  await using world = await openWorld([working]);
  const { id } = await world.engine.start(working, undefined);
  await world.pass(1_000);
  await world.engine.pause(id, "usr_1");
  await world.settle();
  end();
  await world.pass(500_000);
  await world.engine.resume(id, "usr_1");
  await world.engine.result(id);
  const { db } = world.ledger.store;
  const row = await db.selectFrom("executions").select("waited_ms").executeTakeFirst();
  assert.equal(row?.waited_ms, 500_000);
});

test("EN-55 a pause or resume of what is unknown or over is answered as such", async () => {
  await using world = await openWorld([napping]);
  const { id } = await world.engine.start(napping, undefined);
  await world.engine.resume(id, "usr_1");
  await world.pass(10_000);
  assert.equal(
    await world.engine.result(id),
    "rested",
    "a resume of what is not paused is nothing",
  );
  assert.equal(await world.engine.pause(id, "usr_1"), false);
  await assert.rejects(world.engine.pause("prg_none", "usr_1"), { code: "not_found" });
  await assert.rejects(world.engine.resume("prg_none", "usr_1"), { code: "not_found" });
});
