import assert from "node:assert/strict";
import { test } from "node:test";

import { activities } from "./activities.ts";
import { crmTasks } from "./crm-tasks.ts";
import { isEmailAddress } from "./email-address.ts";
import { NOW, openWorld } from "./fixtures.ts";
import { suppressions } from "./suppressions.ts";
import { tagNames, tags } from "./tags.ts";

test("CR-17 a tag that is missing is made, one that is there is left, and only what changed is logged", async () => {
  await using world = await openWorld();
  const { store, change } = world;
  const { id } = await world.add("contact", { firstName: "Bo" });
  const kept = tags(store);
  await store.write(kept.add(change, id, ["VIP", "Éva ", "vip"]));
  await store.write(kept.add(change, id, ["Vip"]));
  assert.deepEqual(await kept.of(1, id), ["VIP", "Éva"].toSorted());
  await store.write(kept.remove(change, id, ["ÉVA", "never had"]));
  await store.write(kept.remove(change, id, ["éva"]));
  assert.deepEqual(await kept.of(1, id), ["VIP"]);
  const { rows } = await activities(store).page({ ws: 1, entityId: id, limit: 50 });
  assert.deepEqual(
    rows.map(({ text }) => text).toSorted(),
    ["Bo created", 'Tag "VIP" added', 'Tag "Éva" added', 'Tag "ÉVA" removed'].toSorted(),
  );
  const deal = await world.add("deal", { name: "Rollout" }, ["VIP"]);
  const counts = (await kept.counts(1)).map((count) => ({ ...count }));
  assert.deepEqual(counts, [
    { name: "VIP", contacts: 1, companies: 0, deals: 1 },
    { name: "Éva", contacts: 0, companies: 0, deals: 0 },
  ]);
  assert.deepEqual(await kept.ofAll(1, [deal.id]), new Map([[deal.id, ["VIP"]]]));
  assert.deepEqual(await kept.counts(2), []);
});

test("CR-18 what cannot be a tag is refused", () => {
  for (const name of ["", "  ", "a,b", "a;b", "x".repeat(61)]) {
    assert.throws(() => tagNames([name]), { code: "invalid", scope: "contact" });
  }
  assert.deepEqual(tagNames([" a", "b", "A "]), ["a", "b"]);
});

test("CR-19 a task stands in its assignee's list and in the timeline, and is done once", async () => {
  await using world = await openWorld();
  const { store } = world;
  const change = { ...world.change, executionId: "run_1" };
  const bo = await world.add("contact", { firstName: "Bo" });
  const tasks = crmTasks(store);
  const task = { title: " Call Bo ", dueAt: NOW + 5, assignedTo: "usr_ana", contactId: bo.id };
  const created = tasks.create(change, task);
  await store.write(created.writes);
  await store.write(tasks.create(change, { title: "Nobody's" }).writes);
  const row = await tasks.get(1, created.id);
  assert.deepEqual(
    [row.title, row.due_at, row.assigned_to, row.status, row.execution_id],
    ["Call Bo", NOW + 5, "usr_ana", "open", "run_1"],
  );
  const list = async (filter: object): Promise<number> =>
    (await tasks.page({ ws: 1, limit: 10, ...filter })).rows.length;
  assert.deepEqual(
    [await list({}), await list({ assignedTo: "usr_ana" }), await list({ status: "done" })],
    [2, 1, 0],
  );
  assert.deepEqual(
    [await list({ contactId: bo.id }), await list({ executionId: "run_1" })],
    [1, 2],
  );
  await store.write(tasks.update(change, row, { status: "done", assignedTo: null }));
  await assert.rejects(store.write(tasks.update(change, row, { title: "Late" })), {
    code: "stale",
  });
  const done = await tasks.get(1, row.id);
  assert.deepEqual([done.status, done.done_at, done.assigned_to], ["done", NOW, null]);
  const { rows } = await activities(store).page({ ws: 1, entityId: bo.id, limit: 2 });
  assert.deepEqual(
    rows.map(({ kind, text }) => [kind, text]),
    [
      ["taskDone", "Task done: Call Bo"],
      ["taskCreated", "Task created: Call Bo"],
    ],
  );
  await store.write(tasks.remove(change, done));
  await assert.rejects(tasks.get(1, row.id), { code: "not_found" });
  await assert.rejects(tasks.get(2, row.id), { code: "not_found" });
  assert.throws(() => tasks.create(change, { title: " " }), { code: "invalid" });
});

test("CR-20 a suppressed address stays so in any spelling, in its workspace", async () => {
  await using world = await openWorld();
  const list = suppressions(world.store);
  await world.store.write(list.add(world.change, "Bo@Example.com", "unsubscribed"));
  await world.store.write(list.add(world.change, "bo@example.com", "again"));
  assert.equal(await list.isSuppressed(1, "BO@example.com"), true);
  assert.equal(await list.isSuppressed(2, "bo@example.com"), false);
  assert.deepEqual(
    await list.among(1, ["al@example.com", "bo@example.com"]),
    new Set(["bo@example.com"]),
  );
  await world.store.write(list.remove(world.change, "bo@EXAMPLE.com"));
  assert.equal(await list.isSuppressed(1, "bo@example.com"), false);
});

test("CR-21 an email address is one plain address", () => {
  const good = ["bo@example.com", "b.o+x@sub.example.co", "o'neil@example.com", "jörg@exämple.de"];
  for (const address of good) assert.ok(isEmailAddress(address), address);
  const bad = ["", "bo", "bo@", "@example.com", "bo@example", "a b@example.com", "bo@example..com"];
  const worse = [
    "bo@-example.com",
    "Bo <bo@example.com>",
    "a@b.com,c@d.com",
    "bo@1.2.3.4",
    ".bo@example.com",
  ];
  const long = `${"x".repeat(65)}@example.com`;
  for (const address of [...bad, ...worse, long, "bo@exam\nple.com"]) {
    assert.ok(!isEmailAddress(address), address);
  }
});
