import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { steadyClock, type SteadyClock } from "#domain/steady-clock.ts";

import { program, type LaneContext } from "./program.ts";
import { openWorld, type World } from "./testing.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const napping = program(
  "napping",
  async (run, ms: number) => {
    await run.sleep("nap", ms);
    await run.each("lane", [ms, 2 * ms]);
    const said = await run.signal("go", { timeoutMs: ms });
    return said ?? "nobody";
  },
  { lanes: { lane: async (lane: LaneContext, ms: number) => lane.sleep("nap", ms) } },
);

interface Steady {
  readonly world: World;
  readonly clock: SteadyClock;
}

async function open(): Promise<Steady> {
  let clock: SteadyClock | undefined;
  const world = await openWorld([napping], (machine) => {
    clock = steadyClock({ clock: machine, uptime: machine.uptime });
    return { clock };
  });
  assert.ok(clock);
  return { world, clock };
}

const firedAfter = async (world: World, id: string): Promise<boolean> =>
  (await world.factsOf(id, "timerFired")).length > 0;

test("SF-25 a timer that is due only because the clock jumped does not fire", async () => {
  const { world } = await open();
  await using _ = world;
  const { id } = await world.engine.start(napping, HOUR);
  await world.settle();
  world.clock.jump(DAY);
  await world.pass(10_000);
  assert.equal(await firedAfter(world, id), false);
  await world.pass(HOUR - 10_001);
  assert.equal(await firedAfter(world, id), false);
  await world.pass(1);
  assert.equal(await firedAfter(world, id), true);
});

test("SF-25 after a jump back nothing waits for the same hours again, and nothing fires twice", async () => {
  const { world } = await open();
  await using _ = world;
  const { id } = await world.engine.start(napping, HOUR);
  await world.pass(HOUR / 2);
  world.clock.jump(-DAY);
  await world.pass(HOUR / 2);
  assert.equal(await firedAfter(world, id), true);
  for (let hour = 0; hour < 3; hour += 1) {
    world.clock.jump(-DAY);
    await world.pass(HOUR);
  }
  assert.equal(await world.engine.result(id), "nobody");
  assert.equal((await world.factsOf(id, "timerFired")).length, 1);
});

test("SF-23 what waits goes by the machine's clock once a person says that it is right", async () => {
  const { world, clock } = await open();
  await using _ = world;
  const { id } = await world.engine.start(napping, 12 * HOUR);
  await world.settle();
  world.clock.jump(DAY);
  await world.pass(10_000);
  assert.equal(await firedAfter(world, id), false);
  clock.follow();
  await world.pass(1_000);
  assert.equal(await firedAfter(world, id), true);
});

test("SF-26 no jump of the clock takes the times on record back", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -2 * DAY, max: 2 * DAY }), { maxLength: 6 }),
      async (jumps) => {
        const { world } = await open();
        await using _ = world;
        const ids: string[] = [];
        for (const jump of jumps) {
          ids.push((await world.engine.start(napping, 1_000)).id);
          world.clock.jump(jump);
          await world.pass(700);
        }
        for (let i = 0; i < 5; i += 1) await world.pass(10_000);
        for (const id of ids) assert.equal(await world.engine.result(id), "nobody");
        const entries = await world.ledger.readAfter(0, 1000);
        const times = entries.map(({ at }) => at);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
      },
    ),
    { numRuns: 8 },
  ));
