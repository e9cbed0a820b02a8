import assert from "node:assert/strict";
import { test } from "node:test";

import type { Fault } from "#domain/fault.ts";

import { program, type LaneContext } from "./program.ts";
import { openWorld } from "./testing.ts";

const DAY = 86_400_000;
const echo = program("echo", async (run, text: string) => run.step("say", () => text));
const napping = program("napping", async (run) => run.sleep("nap", DAY));

test("EN-47 a start with a key that was used answers with the first execution, also after it ended", async () => {
  await using world = await openWorld([echo]);
  const [one, two] = await Promise.all([
    world.engine.start(echo, "a", { key: "k" }),
    world.engine.start(echo, "b", { key: "k" }),
  ]);
  assert.equal(one.id, two.id);
  assert.equal(await world.engine.result(one.id), "a");
  await world.restart();
  assert.deepEqual(await world.engine.start(echo, "c", { key: "k" }), {
    id: one.id,
    repeated: true,
  });
  const other = await world.engine.start(echo, "d", { key: "k", workspace: 2 });
  assert.notEqual(other.id, one.id);
});

test("EN-48 a result can be awaited before and after the end, by many, in any process", async () => {
  const waiting = program("waiting", async (run) => run.signal("go"));
  await using world = await openWorld([waiting]);
  const { id } = await world.engine.start(waiting, undefined);
  const early = [world.engine.result(id), world.engine.result(id)];
  await world.settle();
  await world.engine.signal(id, "go", 7);
  assert.deepEqual(await Promise.all(early), [7, 7]);
  assert.equal(await world.engine.result(id), 7);
  await world.restart();
  assert.equal(await world.engine.result(id), 7);
  await assert.rejects(world.engine.result("prg_none"), { code: "not_found" });
});

test("EN-49 what comes over the limit is queued in the store, and each starts when there is room", async () => {
  const doors = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
  let started = 0;
  const waiting = program("waiting", async (run) =>
    run.step("wait", () => doors[started++]?.promise),
  );
  await using world = await openWorld([waiting], { concurrency: 2 });
  const ids = [];
  for (let i = 0; i < 3; i += 1) ids.push((await world.engine.start(waiting, undefined)).id);
  await world.settle();
  assert.equal(started, 2);
  assert.equal((await world.ledger.find(ids[2] ?? ""))?.state, "queued");
  doors[1]?.resolve();
  await world.settle();
  assert.equal(started, 3);
  for (const { resolve } of doors) resolve();
  await Promise.all(ids.map((id) => world.engine.result(id)));
});

test("EN-50 a guard admits one at a time; the refusal names who holds it", async () => {
  await using world = await openWorld([napping]);
  const { id } = await world.engine.start(napping, undefined, { guards: ["agent:1"] });
  await assert.rejects(
    world.engine.start(napping, undefined, { guards: ["agent:1"] }),
    (error: Fault) => error.code === "already_running" && error.facts["executionId"] === id,
  );
});

test("EN-51 an execution that waits gives its guard back, and takes it again when it goes on", async () => {
  const working = program("working", async (run) => {
    await run.sleep("nap", DAY);
    await run.step("work", () => new Promise<never>(() => undefined));
  });
  await using world = await openWorld([working, echo]);
  const { id } = await world.engine.start(working, undefined, { guards: ["agent:1"] });
  await world.settle();
  const other = await world.engine.start(echo, "meanwhile", { guards: ["agent:1"] });
  await world.engine.result(other.id);
  await world.pass(DAY);
  await assert.rejects(
    world.engine.start(echo, "now", { guards: ["agent:1"] }),
    (error: Fault) => error.facts["executionId"] === id,
  );
});

test("EN-52 changes of a step happen with its completion, once; overtaken ones are decided again", async () => {
  let runs = 0;
  const table = "projections";
  const changing = program("changing", async (run) =>
    run.step("change", async (attempt) => {
      const { db, write } = world.ledger.store;
      const { code_v } = await db.selectFrom(table).select("code_v").executeTakeFirstOrThrow();
      if (++runs === 1) await write([{ sql: `update ${table} set code_v = 2`, parameters: [] }]);
      const sql = `update ${table} set code_v = code_v + 10 where code_v = ?`;
      attempt.write([{ sql, parameters: [code_v], expect: 1 }]);
      return code_v;
    }),
  );
  await using world = await openWorld([changing]);
  const insert = `insert into ${table} (name, position, code_v) values ('seen', 0, 1)`;
  await world.ledger.store.write([{ sql: insert, parameters: [] }]);
  const { id } = await world.engine.start(changing, undefined);
  assert.equal(await world.engine.result(id), 2);
  assert.equal(runs, 2);
  const row = await world.ledger.store.db.selectFrom(table).select("code_v").executeTakeFirst();
  assert.equal(row?.code_v, 12);
  assert.equal((await world.factsOf(id, "stepDone")).length, 1);
});

test("EN-53 changes that the store refuses for good fail their step, and the execution goes on", async () => {
  const clashing = program("clashing", async (run) => {
    const failed = await run
      .step("clash", (attempt) => {
        const sql = "insert into guards (key, no) values ('taken', 1)";
        attempt.write([
          { sql, parameters: [] },
          { sql, parameters: [] },
        ]);
      })
      .catch((error: unknown) => (error as Fault).facts["code"]);
    return failed;
  });
  await using world = await openWorld([clashing]);
  const { id } = await world.engine.start(clashing, undefined);
  assert.equal(await world.engine.result(id), "conflict");
  assert.deepEqual(await world.ledger.store.db.selectFrom("guards").selectAll().execute(), []);
});

test("EN-54 stopping waits for what runs, not for a timer, and what is left goes on at the next start", async () => {
  await using world = await openWorld([echo, napping]);
  await world.engine.start(napping, undefined);
  await world.settle();
  const before = performance.now();
  await world.engine.stop();
  assert.ok(performance.now() - before < 1_000);
  await assert.rejects(world.engine.start(echo, "late"), { code: "unavailable" });
});

test("EN-55 what is unknown is refused by name", async () => {
  await using world = await openWorld([echo]);
  await assert.rejects(world.engine.start(napping, undefined), { code: "unknown_program" });
  await assert.rejects(world.engine.signal("prg_none", "go"), { code: "not_found" });
  await assert.rejects(world.engine.cancel("prg_none", "usr_1"), { code: "not_found" });
});

test("EN-66 a program's input, answer and items are typed from end to end", async () => {
  const typed = program(
    "typed",
    async (run, input: { readonly names: readonly string[] }) => {
      // @ts-expect-error the lane takes texts
      void (() => run.each("greet", [1, 2]));
      // @ts-expect-error there is no such lane
      void (() => run.each("greeted", ["Ada"]));
      const ends = await run.each("greet", input.names);
      return ends.length;
    },
    { lanes: { greet: async (_lane: LaneContext, name: string) => `Hello ${name}` } },
  );
  await using world = await openWorld([typed, echo]);
  // @ts-expect-error echo takes a text
  void (() => world.engine.start(echo, 7));
  const { id } = await world.engine.start(typed, { names: ["Ada", "Ben"] });
  assert.equal(await world.engine.result(id), 2);
});
