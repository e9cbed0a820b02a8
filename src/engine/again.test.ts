import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { Fault } from "#domain/fault.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { LaneSkipped } from "./lane-ends.ts";
import { program, type LaneContext, type Once, type ProgramContext } from "./program.ts";
import { anyScenes, scripted, scriptedPrograms } from "./scripts.ts";
import { openWorld, type World } from "./testing.ts";

interface Outside {
  readonly did: string[];
  readonly broken: Set<string>;
  readonly sent: Map<string, number>;
}

function openOutside(): Outside {
  return { did: [], broken: new Set(), sent: new Map() };
}

/** Does what it says, unless that is broken. */
function doing({ did, broken }: Outside, what: string): string {
  if (broken.has(what)) throw new Fault("invalid", `${what} is broken`, { happened: "no" });
  did.push(what);
  return what;
}

function sending(
  outside: Outside,
  what: string,
): { work: (a: { key: string }) => string; once: Once<string> } {
  return {
    work: ({ key }) => {
      const said = doing(outside, what);
      outside.sent.set(key, (outside.sent.get(key) ?? 0) + 1);
      return said;
    },
    once: {
      find: async (key) => (outside.sent.has(key) ? { found: "found" } : undefined),
      authoritative: true,
    },
  };
}

const order = (outside: Outside) =>
  program("order", async (run) => {
    const reserved = await run.step("reserve", () => doing(outside, "reserve"));
    const mail = sending(outside, "mail");
    const mailed = await run.step("mail", mail.work, { once: mail.once });
    const packed = await run.step("pack", () => doing(outside, "pack"));
    return [reserved, mailed, packed];
  });

async function endOf({ engine, settle, pass }: World, id: string): Promise<unknown> {
  await settle();
  await pass(60_000);
  return await engine.result(id).catch((error: unknown) => (error as Fault).message);
}

test("EN-80 a retry from the failed step does what had failed and what follows, and nothing of before", async () => {
  const outside = openOutside();
  const orders = order(outside);
  await using world = await openWorld([orders]);
  outside.broken.add("pack");
  const { id } = await world.engine.start(orders, undefined);
  assert.equal(await endOf(world, id), "pack is broken");
  outside.broken.clear();
  const again = await world.engine.retry(id, { from: "failed" });
  assert.deepEqual(await endOf(world, again.id), ["reserve", "mail", "pack"]);
  assert.deepEqual(outside.did, ["reserve", "mail", "pack"]);
  const [created] = await world.factsOf(again.id, "created");
  assert.deepEqual([created?.retryOf, created?.origin], [id, id]);
});

test("EN-81 a retry from a step does it again and what follows, but no effect that must happen once", async () => {
  const outside = openOutside();
  const orders = order(outside);
  await using world = await openWorld([orders]);
  const { id } = await world.engine.start(orders, undefined);
  await endOf(world, id);
  for (const from of ["reserve", "mail", "pack"]) {
    outside.did.length = 0;
    const again = await world.engine.retry(id, { from });
    assert.deepEqual(await endOf(world, again.id), ["reserve", "mail", "pack"]);
    assert.deepEqual(outside.did, from === "reserve" ? ["reserve", "pack"] : ["pack"]);
  }
  assert.deepEqual([...outside.sent.values()], [1]);
  await world.engine.retry(id);
  await world.settle();
  assert.deepEqual([...outside.sent.values()], [1, 1], "from the start it is a mail of its own");
});

test("EN-82 a retry of a retry is handed on what both did", async () => {
  const outside = openOutside();
  const orders = order(outside);
  await using world = await openWorld([orders]);
  outside.broken.add("mail");
  const first = await world.engine.start(orders, undefined);
  await endOf(world, first.id);
  outside.broken.delete("mail");
  outside.broken.add("pack");
  const second = await world.engine.retry(first.id, { from: "failed" });
  await endOf(world, second.id);
  outside.broken.clear();
  const third = await world.engine.retry(second.id, { from: "failed" });
  assert.deepEqual(await endOf(world, third.id), ["reserve", "mail", "pack"]);
  assert.deepEqual(outside.did, ["reserve", "mail", "pack"]);
});

test("EN-83 an effect that another retry of the same execution had is found, not repeated", async () => {
  const outside = openOutside();
  const orders = order(outside);
  await using world = await openWorld([orders]);
  outside.broken.add("mail");
  const { id } = await world.engine.start(orders, undefined);
  await endOf(world, id);
  outside.broken.clear();
  for (const expected of ["mail", "found"]) {
    const again = await world.engine.retry(id, { from: "failed" });
    assert.deepEqual(await endOf(world, again.id), ["reserve", expected, "pack"]);
  }
  assert.deepEqual([...outside.sent.values()], [1]);
});

const over = (outside: Outside) =>
  program(
    "over",
    async (run, names: readonly string[]) => {
      const ends = await run.each("one", names, { entity: (name) => name });
      return ends.map((end) => [end.state, end.state === "completed" ? end.output : null]);
    },
    {
      lanes: {
        one: async (lane: LaneContext, name: string) => {
          const mail = sending(outside, `mail ${name}`);
          await lane.step("mail", mail.work, { once: mail.once });
          if (name === "skipped") throw new LaneSkipped("not today");
          await lane.sleep("nap", 1_000);
          return await lane.step("pack", () => doing(outside, `pack ${name}`), { subject: name });
        },
      },
    },
  );

test("EN-84 a journey that got through ends as it did; one that failed goes on where it failed", async () => {
  const outside = openOutside();
  const programs = over(outside);
  await using world = await openWorld([programs]);
  outside.broken.add("pack ben");
  const { id } = await world.engine.start(programs, ["ada", "ben", "skipped"]);
  const before = await endOf(world, id);
  assert.deepEqual(before, [
    ["completed", "pack ada"],
    ["failed", null],
    ["skipped", null],
  ]);
  outside.broken.clear();
  outside.did.length = 0;
  const again = await world.engine.retry(id, { from: "failed" });
  assert.deepEqual(await endOf(world, again.id), [
    ["completed", "pack ada"],
    ["completed", "pack ben"],
    ["skipped", null],
  ]);
  assert.deepEqual(outside.did, ["pack ben"]);
  assert.deepEqual(
    (await world.factsOf(again.id, "completed", 1)).map((fact) => fact.again),
    [true],
  );
  assert.deepEqual(await compareWithRebuilt(world.ledger), []);
});

test("EN-85 from a step that journeys took, each does it again, whatever it had come to", async () => {
  const outside = openOutside();
  const programs = over(outside);
  await using world = await openWorld([programs]);
  const { id } = await world.engine.start(programs, ["ada", "ben"]);
  await endOf(world, id);
  outside.did.length = 0;
  const again = await world.engine.retry(id, { from: "pack" });
  await endOf(world, again.id);
  assert.deepEqual(outside.did.toSorted(), ["pack ada", "pack ben"]);
  await assert.rejects(world.engine.retry(id, { from: "nowhere" }), { code: "invalid" });
});

test("EN-91 what a retry never came to is handed on to the next by the one before", async () => {
  const outside = openOutside();
  const inner = over(outside);
  const guarded = program(
    "guarded",
    async (run, names: readonly string[]) => {
      await run.step("check", () => doing(outside, "check"), { anew: true });
      return (await run.each("one", names, { entity: (name) => name })).map(({ state }) => state);
    },
    { lanes: inner.lanes },
  );
  await using world = await openWorld([guarded]);
  outside.broken.add("pack ben");
  const first = await world.engine.start(guarded, ["ada", "ben"]);
  await endOf(world, first.id);
  outside.broken.add("check");
  const second = await world.engine.retry(first.id, { from: "failed" });
  assert.equal(await endOf(world, second.id), "check is broken");
  outside.broken.clear();
  outside.did.length = 0;
  const third = await world.engine.retry(second.id, { from: "failed" });
  assert.deepEqual(await endOf(world, third.id), ["completed", "completed"]);
  assert.deepEqual(outside.did, ["check", "pack ben"]);
});

test("EN-86 a journey that waited when all was canceled waits on until the same moment", async () => {
  const outside = openOutside();
  const programs = over(outside);
  await using world = await openWorld([programs]);
  const { id } = await world.engine.start(programs, ["ada"]);
  await world.pass(400);
  await world.engine.cancel(id, "usr_1");
  await world.settle();
  assert.deepEqual(outside.did, ["mail ada"]);
  await world.engine.retry(id, { from: "failed" });
  await world.pass(599);
  assert.deepEqual(outside.did, ["mail ada"]);
  await world.pass(1);
  assert.deepEqual(outside.did, ["mail ada", "pack ada"]);
});

test("EN-87 an answer that a newer program no longer asks for is no mismatch", async () => {
  const outside = openOutside();
  const old = order(outside);
  const newer = program("order", async (run) => {
    const packed = await run.step("pack", () => doing(outside, "pack"));
    await run.sleep("reserve", 1_000);
    return [packed, await run.step("more", () => doing(outside, "more"))];
  });
  await using world = await openWorld([old]);
  outside.broken.add("pack");
  const { id } = await world.engine.start(old, undefined);
  await endOf(world, id);
  outside.broken.clear();
  await world.restart([newer]);
  const again = await world.engine.retry(id, { from: "failed" });
  await world.settle();
  await world.restart([newer]);
  assert.deepEqual(await endOf(world, again.id), ["pack", "more"]);
  assert.deepEqual(world.warnings, []);
});

test("EN-88 a step that is done anew in each retry is, and is remembered then", async () => {
  let looked = 0;
  const looking = program("looking", async (run: ProgramContext) => {
    const seen = await run.step("look", () => (looked += 1), { anew: true });
    await run.sleep("nap", 1_000);
    if (seen === 1) throw new Fault("invalid", "Not yet.");
    return [seen, run.isCarried("look"), run.isCarried("nap")];
  });
  await using world = await openWorld([looking]);
  const { id } = await world.engine.start(looking, undefined);
  await endOf(world, id);
  const again = await world.engine.retry(id, { from: "failed" });
  await world.settle();
  await world.restart();
  assert.deepEqual(await endOf(world, again.id), [2, false, true]);
});

test("EN-89 what is open, or was never there, cannot be retried", async () => {
  const outside = openOutside();
  const programs = over(outside);
  await using world = await openWorld([programs]);
  const { id } = await world.engine.start(programs, ["ada"]);
  await world.settle();
  await assert.rejects(world.engine.retry(id), { code: "conflict" });
  await assert.rejects(world.engine.retry("prg_nothing"), { code: "not_found" });
});

test("EN-90 whatever an execution did, a retry of where it failed comes to the same answer and does nothing again", () =>
  fc.assert(
    fc.asyncProperty(anyScenes, async (scenes) => {
      await using world = await openWorld(scriptedPrograms);
      const { id } = await world.engine.start(scripted, scenes);
      for (let i = 0; i < 12; i += 1) await world.pass(70_000);
      const again = await world.engine.retry(id, { from: "failed" });
      await world.settle();
      for (let i = 0; i < 12; i += 1) await world.pass(70_000);
      const answer = JSON.stringify(await endOf(world, id));
      const answered = JSON.stringify(await endOf(world, again.id));
      assert.equal(answered.replaceAll(',"again":true', ""), answer);
      if ((await world.ledger.find(id))?.state === "completed")
        assert.deepEqual(await world.factsOf(again.id, "stepDone"), []);
      assert.deepEqual(await compareWithRebuilt(world.ledger), []);
      assert.deepEqual(world.warnings, []);
    }),
    { numRuns: 10 },
  ));
