import assert from "node:assert/strict";
import { test } from "node:test";

import { program } from "../program.ts";
import { openWorld } from "../testing.ts";

const echo = program("echo", async (run, n: number) => run.step("say", () => n));

test("EN-136 of any number of starts that nobody awaits a bounded number is under way, in their order, and all are made", async () => {
  await using world = await openWorld([echo]);
  const { ledger } = world;
  let most = 0;
  const unfollow = ledger.onAppend(() => {
    most = Math.max(most, ledger.underWay());
  });
  const all = Array.from({ length: 5_000 }, (_, n) => world.engine.start(echo, n));
  most = Math.max(most, ledger.underWay());
  const started = await Promise.all(all);
  await world.settle();
  unfollow();
  assert.ok(most < 4_000, `${most} under way`);
  assert.equal(ledger.underWay(), 0);
  const some = started.filter((_, index) => index % 50 === 0);
  const nos = await Promise.all(some.map(async ({ id }) => (await ledger.find(id))?.no ?? 0));
  assert.deepEqual(
    nos,
    nos.toSorted((a, b) => a - b),
  );
  assert.equal(await world.engine.result(started.at(-1)?.id ?? ""), 4_999);
});

test("EN-136 starts that wait for their turn are refused when the engine stops", async () => {
  await using world = await openWorld([echo]);
  const all = Array.from({ length: 3_000 }, (_, n) => world.engine.start(echo, n));
  const settled = Promise.allSettled(all);
  const stopped = world.engine.stop();
  const refused = (await settled).filter(({ status }) => status === "rejected");
  assert.equal(refused.length, 3_000 - 2_048);
  await stopped;
});

test("EN-137 a signal does not wait behind the starts that wait for their turn", async () => {
  const waiting = program("waiting", async (run) => run.signal("go"));
  await using world = await openWorld([echo, waiting]);
  const { id } = await world.engine.start(waiting, undefined);
  await world.settle();
  let made = 0;
  const starts = Array.from({ length: 4_000 }, async (_, n) => {
    await world.engine.start(echo, n);
    made += 1;
  });
  await world.engine.signal(id, "go", "now");
  assert.ok(made < 4_000, `${made} were made before the signal`);
  await Promise.all(starts);
  assert.equal(await world.engine.result(id), "now");
});
