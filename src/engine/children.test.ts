import assert from "node:assert/strict";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";

import { program } from "./program.ts";
import { openWorld } from "./testing.ts";

const doubling = program("doubling", async (run, n: number) => {
  await run.sleep("nap", 1_000);
  if (n < 0) throw new Fault("invalid", "Not a negative one.");
  return n * 2;
});

test("EN-39 a child is awaited out of memory and answers its parent, through a restart", async () => {
  const parent = program("parent", async (run) => run.child("double", doubling, 21));
  await using world = await openWorld([parent, doubling]);
  const { id } = await world.engine.start(parent, undefined);
  await world.settle();
  assert.equal(world.engine.running(), 0);
  await world.restart();
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.equal(await result, 42);
  const executions = await world.ledger.store.db
    .selectFrom("executions")
    .select(["no", "parent_no"])
    .orderBy("no")
    .execute();
  assert.deepEqual(
    executions.map(({ parent_no }) => parent_no),
    [null, executions[0]?.no],
  );
});

test("EN-67 children one after another are each heard, although their parent never left memory", async () => {
  const quick = program("quick", async (_run, n: number) => n + 1);
  const parent = program("parent", async (run) => {
    let n = 0;
    for (let i = 0; i < 6; i += 1) n = await run.child(["next", i], quick, n);
    return n;
  });
  await using world = await openWorld([parent, quick]);
  const { id } = await world.engine.start(parent, undefined);
  const result = world.engine.result(id);
  await world.settle();
  await world.pass(1_000);
  assert.equal(await result, 6);
});

test("EN-40 a child's failure reaches its parent, which may catch it", async () => {
  const parent = program("parent", async (run) => {
    const failed = await run.child("bad", doubling, -1).catch((error: unknown) => error as Fault);
    return failed instanceof Fault ? failed.message : "no failure";
  });
  await using world = await openWorld([parent, doubling]);
  const { id } = await world.engine.start(parent, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.equal(await result, "Not a negative one.");
});

test("EN-41 children run side by side; a step beside them does not hold them up", async () => {
  const parent = program("parent", async (run) =>
    Promise.all([
      run.child("a", doubling, 1),
      run.child("b", doubling, 2),
      run.step("beside", () => "done"),
    ]),
  );
  await using world = await openWorld([parent, doubling]);
  const { id } = await world.engine.start(parent, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.deepEqual(await result, [2, 4, "done"]);
});

test("EN-112 a child that nobody awaits any more is canceled when its parent completes", async () => {
  const parent = program("parent", async (run) =>
    Promise.race([
      run.child("quick", doubling, 1),
      run.child("slow", napper, undefined),
      run.sleep("a while", 60_000),
    ]),
  );
  await using world = await openWorld([parent, doubling, napper]);
  const { id } = await world.engine.start(parent, undefined);
  const result = world.engine.result(id);
  await world.pass(1_000);
  assert.equal(await result, 2);
  await world.settle();
  const slow = (await world.factsOf(id, "childStarted")).find(({ path }) => path === "slow");
  assert.equal((await world.ledger.find(slow?.id ?? ""))?.state, "canceled");
  const [canceled] = await world.factsOf(slow?.id ?? "", "canceled");
  assert.deepEqual(canceled, { t: "canceled", by: "system", reason: "Its parent has ended." });
});

const napper = program("napper", async (run) => run.sleep("nap", 86_400_000));

test("EN-113 a child whose parent is no longer kept ends quietly", async () => {
  const parent = program("parent", async (run) => run.child("double", doubling, 21));
  await using world = await openWorld([parent, doubling]);
  const { id } = await world.engine.start(parent, undefined);
  await world.settle();
  const [started] = await world.factsOf(id, "childStarted");
  const no = (await world.ledger.find(id))?.no ?? 0;
  const gone = ["facts", "live", "inbox"].map((table) => ({
    sql: `delete from ${table} where no = ?`,
    parameters: [no],
  }));
  await world.ledger.store.write(gone);
  await world.pass(1_000);
  assert.equal((await world.ledger.find(started?.id ?? ""))?.state, "completed");
  assert.deepEqual(await world.ledger.store.db.selectFrom("inbox").selectAll().execute(), []);
  assert.deepEqual(world.warnings, []);
});

test("EN-114 a child that ends while its parent is blocked is heard when the parent goes on", async () => {
  const parent = program("parent", async (run) => run.child("double", doubling, 21));
  await using world = await openWorld([parent, doubling]);
  const { id } = await world.engine.start(parent, undefined);
  await world.settle();
  await world.restart([program("parent", async () => 0), doubling]);
  await world.pass(1_000);
  const { db } = world.ledger.store;
  const [row] = await db.selectFrom("live").select(["state", "blocked"]).execute();
  assert.equal(row?.blocked, "double");
  assert.equal((await db.selectFrom("executions").select("state").execute()).length, 1);
  await world.restart([parent, doubling]);
  assert.equal(await world.engine.result(id), 42);
});
