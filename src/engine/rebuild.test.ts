import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { anyScenes, scripted, scriptedPrograms, type Scene } from "./scripts.ts";
import { openWorld, type World } from "./testing.ts";

type Event =
  | { readonly is: "start"; readonly scenes: readonly Scene[] }
  | { readonly is: "pass"; readonly ms: number }
  | { readonly is: "crash" }
  | { readonly is: "prune"; readonly which: number; readonly most: number }
  | { readonly is: Said; readonly which: number };
type Said = "signal" | "cancel" | "skip" | "pause" | "resume";

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ is: fc.constant("start" as const), scenes: anyScenes }),
  fc.record({ is: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 20_000 }) }),
  fc.constant<Event>({ is: "crash" }),
  fc.record({
    is: fc.constant("prune" as const),
    which: fc.nat(5),
    most: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({
    is: fc.constantFrom<Said>("signal", "signal", "cancel", "skip", "pause", "pause", "resume"),
    which: fc.nat(5),
  }),
);

async function carryOut(world: World, ids: string[], event: Event): Promise<void> {
  if (event.is === "start") {
    ids.push((await world.engine.start(scripted, event.scenes)).id);
  } else if (event.is === "pass") await world.pass(event.ms);
  else if (event.is === "crash") await world.restart();
  else if (event.is === "prune") await prune(world, event);
  else {
    const id = ids[event.which % ids.length];
    if (id === undefined || (await world.ledger.find(id)) === undefined) return; // none, or pruned
    if (event.is === "signal") await world.engine.signal(id, "go", event.which);
    else if (event.is === "skip") await world.engine.skipWait(id, "usr_1");
    else await world.engine[event.is](id, "usr_1");
  }
}

/** Of what has ended, every n-th: also what an open one has begun, or was begun by. */
async function prune(
  { ledger }: World,
  { which, most }: { readonly which: number; readonly most: number },
): Promise<void> {
  const ended = await ledger.store.db
    .selectFrom("executions")
    .select(["no", "ended_at"])
    .orderBy("no")
    .execute();
  const executions = ended
    .filter((_, index) => index % 6 >= which)
    .map(({ no, ended_at }) => ({ no, day: Math.floor(ended_at / 86_400_000) }));
  await ledger.append({ op: "prune", executions, most });
}

test("LG-24 the projections rebuilt from all facts equal those kept with them, at any moment", () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 12 }), async (events) => {
      await using world = await openWorld(scriptedPrograms);
      const ids: string[] = [];
      for (const event of events) {
        await carryOut(world, ids, event);
        await world.settle();
        assert.deepEqual(await compareWithRebuilt(world.ledger), []);
      }
      for (const id of ids) {
        if ((await world.ledger.find(id)) !== undefined) await world.engine.resume(id, "usr_1");
      }
      for (let i = 0; i < 12; i += 1) await world.pass(70_000);
      assert.deepEqual(await compareWithRebuilt(world.ledger), []);
      const open = await world.ledger.store.db.selectFrom("live").select(["no", "lane"]).execute();
      assert.deepEqual(open, [], "everything ends, since every wait has an end");
      assert.deepEqual(world.warnings, []);
    }),
    { numRuns: 15 },
  ));

test("LG-25 a projection that differs is named by table, row and column", async () => {
  await using world = await openWorld(scriptedPrograms);
  const { id } = await world.engine.start(scripted, [{ do: "step" }]);
  await world.engine.result(id);
  await world.ledger.store.write([
    { sql: "update executions set steps = 9", parameters: [] },
    { sql: "delete from sketches where span = 'h'", parameters: [] },
  ]);
  const differences = await compareWithRebuilt(world.ledger);
  assert.equal(differences.length, 2);
  assert.match(differences[0] ?? "", /^executions 1: steps is 9, its facts say 1$/);
  assert.match(differences[1] ?? "", /^sketches .* is missing$/);
});
