import assert from "node:assert/strict";
import { test } from "node:test";

import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { program, type LaneContext } from "./program.ts";
import { openWorld, type World } from "./testing.ts";

const tokens = { input: 100, output: 5 };
const kept = { input: 100, cacheRead: 0, cacheWrite: 0, output: 5 };

const spender = program(
  "spender",
  async (run, lanes: readonly number[]) => {
    await run.step("ask", () => "an answer");
    run.spend("ask's price", { dollars: 0.25, tokens });
    run.spend("unknown price", { dollars: null });
    await run.sleep("a while", 1000);
    await run.each("lane", lanes);
  },
  {
    lanes: {
      lane: async (lane: LaneContext, dollars: number) => {
        await lane.step("ask", () => "an answer");
        lane.spend("price", { dollars });
        if (dollars > 1) await lane.signal("never");
      },
    },
  },
);

async function spentBy({ ledger }: World, id: string) {
  const {
    cost,
    cost_unknown,
    tokens: used,
    steps,
  } = await ledger.store.db
    .selectFrom("executions")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { cost, unknown: cost_unknown, steps, tokens: JSON.parse(used ?? "null") as unknown };
}

test("L-5 what is spent is on record once, through replays, and adds up over the lanes", async () => {
  await using world = await openWorld([spender]);
  const { id } = await world.engine.start(spender, [0.5, 0.001]);
  await world.settle();
  await world.restart();
  await world.pass(1000);
  assert.equal((await world.factsOf(id, "spent")).length, 2);
  const spent = { cost: 751_000_000, unknown: 1, steps: 3, tokens: kept };
  assert.deepEqual(await spentBy(world, id), spent);
  const totals = await world.ledger.store.db
    .selectFrom("totals")
    .select(["name", "n"])
    .where("span", "=", "d")
    .orderBy("name")
    .execute();
  assert.deepEqual(
    totals.map(({ name, n }) => [name, n]),
    [
      ["spent.cost", 751_000_000],
      ["spent.input", 100],
      ["spent.output", 5],
      ["spent.unknown", 1],
    ],
  );
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("L-5 what the lanes of a canceled execution have spent counts too, and once", async () => {
  await using world = await openWorld([spender]);
  const { id } = await world.engine.start(spender, [2, 0.5]);
  await world.pass(1000);
  await world.restart();
  await world.engine.cancel(id, "system");
  await world.settle();
  const { cost, unknown, steps } = await spentBy(world, id);
  assert.deepEqual([cost, unknown, steps], [2_750_000_000, 1, 3]);
  assert.equal((await world.factsOf(id, "lanesClosed")).length, 1);
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("L-5 what costs nothing is no unknown cost, and what says nothing of cost has spent nothing", async () => {
  const free = program("free", async (run) => {
    run.spend("free", { dollars: 0 });
  });
  const silent = program("silent", async () => "done");
  await using world = await openWorld([free, silent]);
  for (const [one, expected] of [
    [free, [0, 0]],
    [silent, [null, null]],
  ] as const) {
    const { id } = await world.engine.start(one, undefined);
    await world.settle();
    const { cost, unknown } = await spentBy(world, id);
    assert.deepEqual([cost, unknown], expected);
  }
});
