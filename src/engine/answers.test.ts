import assert from "node:assert/strict";
import { test } from "node:test";

import { openEngine } from "./engine.ts";
import { program, type LaneContext } from "./program.ts";
import { openWorld } from "./testing.ts";

test("EN-68 an answer that JSON cannot hold fails the execution or the lane, in words", async () => {
  const big = program("big", async () => 10n);
  const lanes = program("lanes", async (run) => run.each("odd", [1]), {
    lanes: { odd: async (_lane: LaneContext, item: number) => BigInt(item) },
  });
  await using world = await openWorld([big, lanes]);
  const { id } = await world.engine.start(big, undefined);
  await assert.rejects(world.engine.result(id), /answer of program "big" cannot be kept/);
  const of = await world.engine.start(lanes, undefined);
  const [end] = (await world.engine.result(of.id)) as { state: string }[];
  assert.equal(end?.state, "failed");
});

test("EN-69 a step whose answer cannot be kept has failed, and its work is not done again", async () => {
  let done = 0;
  const circular = program("circular", async (run) =>
    run.step("send", () => {
      done += 1;
      const answer: { self?: unknown } = {};
      answer.self = answer;
      return answer;
    }),
  );
  await using world = await openWorld([circular]);
  const { id } = await world.engine.start(circular, undefined);
  await assert.rejects(world.engine.result(id), /answer of step "send" cannot be kept/);
  assert.equal(done, 1);
});

test("EN-70 a lane or a name that is not there is refused by name", async () => {
  const typo = program("typo", async (run) => run.each("jurney" as never, [1] as never));
  await using world = await openWorld([typo]);
  const { id } = await world.engine.start(typo, undefined);
  await assert.rejects(world.engine.result(id), /has no lane "jurney"/);
  const again = program("typo", async () => 1);
  await assert.rejects(
    openEngine({ ledger: world.ledger, programs: [typo, again] }),
    /Two programs are named "typo", version "1"/,
  );
});
