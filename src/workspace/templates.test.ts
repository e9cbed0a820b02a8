import assert from "node:assert/strict";
import { test } from "node:test";

import { openTestWorkspaces } from "./testing.ts";

const text = { subject: "Hi @contact.firstName", body: "Welcome." };

test("WS-8 a template is found as instructions name it", async () => {
  await using world = await openTestWorkspaces();
  const { templates, entered } = world;
  const ws = entered.workspace.no;
  for (const name of ["Follow-up", "Urgent email", "Welcome", "Welcome template 2"]) {
    await templates.create(entered, { name, ...text });
  }
  const found = async (name: string) => (await templates.named(ws, name))?.name;
  for (const name of ["follow-up", "Follow Up", "the follow-up email", "FOLLOW-UP template"]) {
    assert.equal(await found(name), "Follow-up", name);
  }
  assert.equal(await found("urgent"), "Urgent email");
  assert.equal(await found("welcome"), "Welcome");
  assert.equal(await found("welcome 2"), "Welcome template 2");
  assert.equal(await found("xyz"), undefined);
  assert.equal(await templates.named(ws + 1, "welcome"), undefined);
});

test("WS-8 a name is taken whatever its case, and a change makes a version", async () => {
  await using world = await openTestWorkspaces();
  const { templates, entered } = world;
  const ws = entered.workspace.no;
  const { id } = await templates.create(entered, { name: "Welcome", ...text });
  const again = templates.create(entered, { name: " wELCOME", ...text });
  await assert.rejects(again, { code: "conflict", message: /"Welcome"/ });
  const changed = await templates.change(entered, id, { name: "WELCOME", body: "Hello." });
  assert.deepEqual([changed.name, changed.body, changed.version], ["WELCOME", "Hello.", 2]);
  assert.deepEqual(await templates.get(ws, id), changed);
  const late = templates.change(entered, id, { body: "Late.", version: 1 });
  await assert.rejects(late, { code: "version_conflict" });
  await templates.remove(entered, id);
  await assert.rejects(templates.get(ws, id), { code: "not_found" });
});

test("WS-8 templates are listed by name, a page at a time", async () => {
  await using world = await openTestWorkspaces();
  const { templates, entered } = world;
  for (const name of ["c", "A", "b"]) await templates.create(entered, { name, ...text });
  const first = await templates.list(entered.workspace.no, { limit: 2 });
  assert.deepEqual(
    first.items.map(({ name }) => name),
    ["A", "b"],
  );
  const rest = await templates.list(entered.workspace.no, {
    limit: 2,
    cursor: first.nextCursor ?? undefined,
  });
  assert.deepEqual([rest.items.map(({ name }) => name), rest.nextCursor], [["c"], null]);
});

test("WS-9 a notification reaches each person once, live and in their own list", async () => {
  await using world = await openTestWorkspaces();
  const { notifications, store, entered } = world;
  const ws = entered.workspace.no;
  const told: string[] = [];
  const stop = notifications.follow(({ notification }) => told.push(notification.userId));
  const news = { kind: "notify", title: "Look", message: "Something happened" };
  await notifications.send(ws, ["olga", "otto", "olga"], news);
  await notifications.send(ws, [], news);

  const drafted = notifications.draft(ws, ["olga"], { ...news, executionId: "run_1" });
  assert.deepEqual(told, ["olga", "otto"]);
  await store.write(drafted.writes);
  drafted.announce();
  stop();
  await notifications.send(ws, ["otto"], news);
  assert.deepEqual(told, ["olga", "otto", "olga"]);

  const { items, unread } = await notifications.list(ws, "olga", { limit: 50 });
  assert.equal(unread, 2);
  assert.deepEqual(
    items.map(({ executionId }) => executionId),
    ["run_1", null],
  );
});

test("WS-9 one reads one's own notifications only", async () => {
  await using world = await openTestWorkspaces();
  const { notifications, entered, clock } = world;
  const ws = entered.workspace.no;
  for (let i = 0; i < 3; i += 1) {
    await notifications.send(ws, ["olga"], { kind: "notify", title: "t", message: String(i) });
  }
  const [newest] = (await notifications.list(ws, "olga", { limit: 1 })).items;
  const id = newest?.id ?? "";
  await assert.rejects(notifications.read(ws, "otto", id), { code: "not_found" });
  await notifications.read(ws, "olga", id);
  clock.advance(5);
  await notifications.read(ws, "olga", id);
  const read = await notifications.list(ws, "olga", { limit: 5, unread: false });
  assert.deepEqual(
    [read.items.length, read.items[0]?.readAt, read.unread],
    [1, clock.now() - 5, 2],
  );
  await notifications.readAll(ws, "olga");
  assert.equal((await notifications.list(ws, "olga", { limit: 5 })).unread, 0);
});
