import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { Fault } from "#domain/fault.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { program, type ProgramContext, type Runnable } from "./program.ts";
import { openWorld, type World } from "./testing.ts";

interface Asked {
  readonly says: string;
  readonly does?: "fail" | "nap" | "hang";
}
const asked = (given: unknown): Asked => given as Asked;

/** Does a round for what it was started with, and one for each time it was opened again. */
function talking(done: string[] = []): Runnable<Asked, readonly string[]> {
  return {
    name: "talk",
    version: "1",
    kind: "invocation",
    lanes: {},
    run: async (run: ProgramContext, first: Asked): Promise<readonly string[]> => {
      const answers: string[] = [];
      const given = [first, ...run.reopenings.map((one) => asked(one.given))];
      for (const [index, { says, does }] of given.entries()) {
        const answer = await run.step(["round", index + 1], async ({ signal }) => {
          done.push(says);
          await run.begun();
          if (does === "hang")
            await new Promise((resolve) => signal.addEventListener("abort", resolve));
          return `answer to ${says}`;
        });
        run.spend(["spend", index + 1], { dollars: 0.001, tokens: { input: 2 } });
        if (does === "nap") await run.sleep(["nap", index + 1], 60_000);
        if (does === "fail" && index === given.length - 1)
          throw new Fault("invalid", "It failed.", { step: says });
        answers.push(answer);
      }
      return answers;
    },
  };
}

const stateOf = async ({ ledger }: World, id: string): Promise<string | undefined> =>
  (await ledger.find(id))?.state;

test("EN-141 one that is opened again goes on as itself: what is done stays done, what is new is done", async () => {
  const done: string[] = [];
  const talk = talking(done);
  await using world = await openWorld([talk]);
  const { id } = await world.engine.start(talk, { says: "one" });
  assert.deepEqual(await world.engine.result(id), ["answer to one"]);
  assert.match(id, /^inv_/);
  assert.deepEqual(await world.engine.reopen(id, { says: "two" }, { by: "usr_1" }), {
    count: 1,
    repeated: false,
  });
  assert.deepEqual(await world.engine.result(id), ["answer to one", "answer to two"]);
  assert.deepEqual(done, ["one", "two"]);
  await world.restart();
  await world.engine.reopen(id, { says: "three" });
  assert.equal(((await world.engine.result(id)) as readonly string[]).length, 3);
  assert.deepEqual(done, ["one", "two", "three"]);
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-142 what was said before its end does not count for what comes after: a cancel, a pause, an error", async () => {
  const talk = talking();
  await using world = await openWorld([talk]);
  const { id } = await world.engine.start(talk, { says: "one", does: "nap" });
  await world.settle();
  await world.engine.pause(id, "usr_1");
  await world.settle();
  await world.engine.cancel(id, "usr_1");
  await world.settle();
  assert.equal(await stateOf(world, id), "canceled");
  await world.engine.reopen(id, { says: "two", does: "fail" });
  await world.pass(60_000);
  assert.equal(await stateOf(world, id), "failed");
  await world.engine.reopen(id, { says: "three" });
  await world.settle();
  await world.pass(60_000);
  assert.equal(await stateOf(world, id), "completed");
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-143 the time between an end and going on counts as waited, and what happened earlier than it was put on record has happened then", async () => {
  const late: Runnable<Asked, number> = {
    ...talking(),
    name: "late",
    conclude: (when: number) => ({ when }),
    run: async (run: ProgramContext) => {
      const from = world.clock.now();
      await run.begun(from - 4000);
      for (let times = 0; times <= run.reopenings.length; times += 1)
        await run.sleep(["nap", times], 10_000);
      return run.createdAt + 6000 + run.reopenings.length * 110_000;
    },
  };
  await using world = await openWorld([late]);
  const created = world.clock.now();
  const { id } = await world.engine.start(late, { says: "one" });
  const row = async () => {
    const { db } = world.ledger.store;
    return await db.selectFrom("executions").selectAll().where("id", "=", id).executeTakeFirst();
  };
  await world.pass(10_000);
  await world.engine.result(id);
  const first = await row();
  assert.equal(first?.started_at, created, "not before it was made");
  assert.equal(first.ended_at, created + 6000);
  await world.pass(90_000);
  await world.engine.reopen(id, {});
  await world.settle();
  await world.pass(20_000);
  await world.engine.result(id);
  const second = await row();
  assert.equal(second?.ended_at, created + 116_000);
  assert.equal(second.waited_ms, 94_000);
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-144 whatever ends, is opened again, canceled or dies in between: projections equal those rebuilt, no round is done twice or lost", () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 12 }), async (events) => {
      const done: string[] = [];
      const talk = talking(done);
      await using world = await openWorld([talk]);
      const { id } = await world.engine.start(talk, { says: "0" });
      let said = 0;
      for (const event of events) {
        await world.settle();
        if (event === "pass") await world.pass(70_000);
        else if (event === "crash") await world.restart();
        else if (event === "cancel") await world.engine.cancel(id, "usr_1");
        else if ((await world.ledger.find(id))?.ended === true) {
          said += 1;
          await world.engine.reopen(id, { says: String(said), does: event });
        }
      }
      for (let times = 0; times < 14; times += 1) await world.pass(70_000);
      assert.equal((await world.ledger.find(id))?.ended, true);
      assert.deepEqual(
        new Set(done).size,
        done.length,
        "a step is not under way when the process dies here",
      );
      assert.deepEqual(await compareWithRebuilt(world.ledger), []);
      assert.deepEqual(world.warnings, []);
    }),
    { numRuns: 12 },
  ));
const anyEvent = fc.constantFrom("pass", "crash", "cancel", "nap", "fail", "nap");

test("EN-145 one of a kind that begins by its work is not begun before: canceled until then it never was", async () => {
  const gate = Promise.withResolvers<void>();
  const slow: Runnable<Asked, void> = {
    ...talking(),
    name: "slow",
    run: async (run: ProgramContext) => {
      await run.sleep("before", 60_000);
      await run.begun();
      await gate.promise;
    },
  };
  await using world = await openWorld([slow]);
  const { id } = await world.engine.start(slow, { says: "" });
  const other = await world.engine.start(slow, { says: "" });
  await world.settle();
  assert.equal(await stateOf(world, id), "idle");
  await world.engine.cancel(other.id, "usr_1");
  await world.pass(60_000);
  assert.equal(await stateOf(world, id), "running");
  const { db } = world.ledger.store;
  const row = await db.selectFrom("executions").selectAll().executeTakeFirst();
  assert.deepEqual([row?.id, row?.state, row?.started_at], [other.id, "canceled", null]);
  gate.resolve();
});

test("EN-146 work that is let go of is nobody's until the next start, which takes it up", async () => {
  let stopping = true;
  const outside: Runnable<Asked, string> = {
    ...talking(),
    name: "outside",
    run: (run: ProgramContext) =>
      run.step("work", () => {
        if (stopping) throw new Fault("lost", "It goes on outside.");
        return "adopted";
      }),
  };
  await using world = await openWorld([outside]);
  const { id } = await world.engine.start(outside, { says: "" });
  await world.settle();
  assert.equal(world.engine.running(), 0);
  assert.equal((await world.ledger.find(id))?.ended, false);
  stopping = false;
  await world.restart();
  assert.equal(await world.engine.result(id), "adopted");
  assert.deepEqual(await world.factsOf(id, "stepFailed"), []);
});

test("EN-147 where one is canceled that nobody had in memory, its work outside is ended and put on record", async () => {
  const closed: unknown[] = [];
  let stopping = true;
  const outside: Runnable<Asked, string> = {
    ...talking(),
    name: "outside",
    run: async (run: ProgramContext) => {
      run.note("launched", true);
      return run.step(["round", 1], () => {
        if (stopping) throw new Fault("lost");
        return "never";
      });
    },
    close: async (closing) => {
      closed.push(closing.noted("launched"), closing.answerOf(["round", 1]));
      closing.done(["round", 1], { text: "ended" }, 5);
      closing.spend("spend", { dollars: null, tokens: { output: 3 }, unknown: 2 });
    },
  };
  await using world = await openWorld([outside]);
  const { id } = await world.engine.start(outside, { says: "" });
  await world.settle();
  await world.engine.cancel(id, "usr_1");
  stopping = false;
  await world.restart();
  await world.settle();
  assert.equal(await stateOf(world, id), "canceled");
  assert.deepEqual(closed, [true, undefined]);
  assert.deepEqual(await world.factsOf(id, "stepDone"), [
    { t: "stepDone", path: "round/1", ms: 5, part: 0 },
  ]);
  const row = await world.ledger.store.db.selectFrom("executions").selectAll().executeTakeFirst();
  assert.deepEqual([row?.cost, row?.cost_unknown], [null, 2]);
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-148 what is open, of a kind that stays ended, or not there is not opened again; a repeat by key is answered as the first", async () => {
  const talk = talking();
  const plain = program("plain", async () => 1);
  await using world = await openWorld([talk, plain]);
  const open = await world.engine.start(talk, { says: "one", does: "nap" });
  const over = await world.engine.start(plain, {});
  await world.settle();
  await assert.rejects(world.engine.reopen(open.id, {}), { code: "conflict", message: /running/ });
  await assert.rejects(world.engine.reopen(over.id, {}), { code: "conflict", message: /stays/ });
  await assert.rejects(world.engine.reopen("inv_0", {}), { code: "not_found" });
  await world.pass(60_000);
  const first = await world.engine.reopen(open.id, { says: "two", does: "nap" }, { key: "k" });
  await world.settle();
  const again = await world.engine.reopen(open.id, { says: "two" }, { key: "k" });
  assert.deepEqual([first, again.count, again.repeated], [{ count: 1, repeated: false }, 1, true]);
  const other = await world.engine.start(talk, { says: "x" });
  await world.engine.result(other.id);
  const both = await Promise.allSettled([
    world.engine.reopen(other.id, { says: "a" }),
    world.engine.reopen(other.id, { says: "b" }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
});
