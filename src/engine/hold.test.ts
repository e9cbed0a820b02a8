import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { holdOpen, readHold } from "#ledger/hold.ts";

import { program, type LaneContext } from "./program.ts";
import { release } from "./release.ts";
import { openWorld, type World } from "./testing.ts";

const HOUR = 3_600_000;
const sent: string[] = [];
const once = {
  authoritative: true,
  find: async (key: string) => (sent.includes(key) ? { found: "sent" } : undefined),
};
const send = (run: Pick<LaneContext, "step">, name: string): Promise<string> =>
  run.step(
    name,
    ({ key }) => {
      sent.push(key);
      return "sent";
    },
    { once },
  );

const reminding = program(
  "reminding",
  async (run, how: "timer" | "person" | "lanes" | "failing") => {
    if (how === "timer") await run.sleep("wait", HOUR);
    if (how === "person") await run.signal("go");
    if (how === "failing")
      await run.step("flaky", ({ number }) => {
        if (number === 1) throw new Error("not yet");
      });
    if (how === "lanes") await run.each("lane", ["a", "b"], { entity: (name) => `con_${name}` });
    return await send(run, "mail");
  },
  {
    lanes: {
      lane: async (lane: LaneContext, _name: string) => {
        await lane.sleep("wait", HOUR);
        await send(lane, "mail");
      },
    },
  },
);

/** What `stint restore` does to the file, while nobody has it. */
async function hold(world: World): Promise<void> {
  const db = new DatabaseSync(world.path);
  holdOpen(db, world.clock.now(), world.clock.now());
  db.close();
  await world.restart();
}

async function openFour(world: World): Promise<readonly string[]> {
  sent.length = 0;
  const ids: string[] = [];
  for (const how of ["timer", "person", "lanes", "failing"] as const)
    ids.push((await world.engine.start(reminding, how)).id);
  await world.settle();
  return ids;
}

test("SF-12 what is held sends nothing and fires no timer, whatever time passes and whoever starts it", async () => {
  await using world = await openWorld([reminding]);
  const [, person = ""] = await openFour(world);
  const before = await world.ledger.head();
  await hold(world);
  await world.pass(10 * HOUR);
  await world.engine.signal(person, "go");
  await world.pass(10 * HOUR);
  await world.restart();
  await world.pass(10 * HOUR);
  assert.deepEqual(sent, []);
  assert.equal(await world.ledger.head(), before);
  assert.equal((await readHold(world.ledger))?.executions, 4);
});

test("SF-12 what is new runs while the rest is held", async () => {
  await using world = await openWorld([reminding]);
  await openFour(world);
  await hold(world);
  const { id } = await world.engine.start(reminding, "timer");
  await world.pass(HOUR);
  assert.equal(await world.engine.result(id), "sent");
  assert.equal(sent.length, 1);
});

test("SF-13 what is released goes on where it was, with what it was told meanwhile", async () => {
  await using world = await openWorld([reminding]);
  const ids = await openFour(world);
  await hold(world);
  const [timer = "", person = "", ...others] = ids;
  await world.engine.signal(person, "go");
  await world.engine.cancel(timer, "usr_1");
  await world.pass(2 * HOUR);
  assert.deepEqual(await release(world.ledger, {}), { executions: 4, clockAheadMs: 0 });
  await world.pass(1_000);
  await world.pass(1_000);
  await world.pass(HOUR);
  await assert.rejects(world.engine.result(timer), { code: "canceled" });
  for (const id of [person, ...others]) assert.equal(await world.engine.result(id), "sent");
  assert.equal(new Set(sent).size, 5);
  assert.equal(sent.length, 5, "the canceled one has sent nothing");
  await assert.rejects(release(world.ledger, {}), { code: "conflict" });
});
