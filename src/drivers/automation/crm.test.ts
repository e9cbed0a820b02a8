import assert from "node:assert/strict";
import { test } from "node:test";

import { activities } from "#crm/activities.ts";
import { crmTasks } from "#crm/crm-tasks.ts";
import { customFields } from "#crm/custom-fields.ts";
import { entities } from "#crm/entities.ts";
import { tags } from "#crm/tags.ts";

import { DAY, openWorld, type World } from "./testing.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;

async function tasksOf({ needs, entered }: World) {
  const { rows } = await crmTasks(needs.store).page({ ws: entered.workspace.no, limit: 200 });
  return rows.toReversed();
}

test("3.10-1 a task has its title with names filled in, its due day, its contact, and its assignee is told", async () => {
  await using world = await openWorld();
  const contact = await world.add("contact", {
    firstName: "John",
    email: "j@acme.test",
    status: "Lead",
  });
  const announced: string[] = [];
  world.services.notifications.follow(({ notification }) => announced.push(notification.title));
  const id = await world.run(
    await world.agent(
      "Find contacts with status Lead.\nCreate task: Follow up with @contact.firstName in 3 days",
      { name: "Caller" },
    ),
  );
  const [task] = await tasksOf(world);
  assert.equal(task?.title, "Follow up with John in 3 days");
  assert.equal(task?.due_at, world.clock.now() + 3 * DAY);
  assert.deepEqual(
    [task?.assigned_to, task?.contact_id, task?.execution_id],
    ["olga", contact.id, id],
  );
  assert.deepEqual((JSON.parse(task?.created_by ?? "{}") as { name: string }).name, "Caller");
  assert.deepEqual(
    (await world.told()).map(({ title }) => title),
    ["New task assigned by agent Caller"],
  );
  assert.deepEqual(announced, ["New task assigned by agent Caller"]);
});

test("3.10-2 tags are added and removed, those that are not there are made, and a search by tag follows", async () => {
  await using world = await openWorld();
  const ids = await world.leads(2);
  const add = { type: "add_tag", params: { tags: ["Hot", "Webinar"] } };
  await world.run(
    await world.agent({
      steps: [FIND, add, { type: "remove_tag", params: { tags: ["Webinar", "Absent"] } }],
    }),
  );
  const of = await tags(world.needs.store).ofAll(world.entered.workspace.no, ids);
  assert.deepEqual(
    ids.map((id) => of.get(id)),
    [["Hot"], ["Hot"]],
  );
  const { figures } = await world.ended(
    await world.run(
      await world.agent("Find contacts tagged 'Hot'.\nAdd tag 'Found'.", { name: "B" }),
    ),
  );
  assert.equal(figures["contactsFound"], 2);
});

test("3.10-3 one execution creates 100 tasks, each once", async () => {
  await using world = await openWorld();
  await world.leads(100);
  const id = await world.run(
    await world.agent("Find contacts with status Lead.\nCreate task: Call @contact.firstName"),
  );
  const tasks = await tasksOf(world);
  assert.equal(new Set(tasks.map(({ title }) => title)).size, 100);
  assert.equal((await world.ended(id)).figures["tasksCreated"], 100);
});

test("3.10-4 a task for somebody who is not in the workspace fails before anything has happened", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const task = { type: "create_task", params: { title: "Call", assignee: "Nobody Known" } };
  const id = await world.run(
    await world.agent({ steps: [FIND, { type: "add_tag", params: { tags: ["A"] } }, task] }),
  );
  const { state, fault, figures } = await world.ended(id);
  assert.deepEqual(
    [state, fault?.code, fault?.step, figures],
    ["failed", "user_not_found", "3", {}],
  );
  assert.equal(fault?.message, "Cannot assign task to user Nobody Known: user not found");
});

test("3.10-4 members take turns in a role, one task each", async () => {
  await using world = await openWorld();
  await world.leads(6);
  for (const name of ["ann", "ben"]) {
    await world.services.members.add(world.entered, {
      userId: name,
      name,
      email: `${name}@acme.test`,
      role: "member",
    });
  }
  await world.services.userRoles.replace(world.entered, [
    { name: "salesRep", memberIds: ["ann", "ben"] },
  ]);
  const task = {
    type: "create_task",
    params: { title: "Call @contact.firstName for @user.salesRep", assignee: "salesRep" },
  };
  await world.run(await world.agent({ steps: [FIND, task] }));
  const by = Map.groupBy(await tasksOf(world), ({ assigned_to }) => assigned_to);
  assert.deepEqual([by.get("ann")?.length, by.get("ben")?.length], [3, 3]);
});

test("3.11-1 a field changes with its time, and the change is logged with old and new value", async () => {
  await using world = await openWorld();
  const company = await world.add("company", { name: "Acme" });
  const contact = await world.add("contact", {
    firstName: "John",
    status: "Lead",
    companyId: company.id,
  });
  const deal = await world.add("deal", {
    name: "Big",
    value: 10,
    stage: "New",
    contactId: contact.id,
  });
  await world.pass(DAY);
  const set = (entity: string, field: string, value: unknown): object => ({
    type: "update_field",
    params: { entity, field, value },
  });
  const steps = [
    FIND,
    set("contact", "title", "Head of @company.name"),
    set("company", "industry", "SaaS"),
    set("deal", "value", 20),
  ];
  const id = await world.run(await world.agent({ steps }));
  assert.equal((await world.ended(id)).figures["fieldsUpdated"], 3);
  const { store } = world.needs;
  const ws = world.entered.workspace.no;
  const row = await entities(store, "contact").get(ws, contact.id);
  assert.deepEqual([row.title, row.updated_at], ["Head of Acme", world.clock.now()]);
  assert.equal((await entities(store, "company").get(ws, company.id)).industry, "SaaS");
  const { rows } = await activities(store).page({ ws, entityId: deal.id, limit: 10 });
  const change = rows.find(({ kind }) => kind === "fieldChanged");
  assert.deepEqual(JSON.parse(change?.data ?? "{}"), { field: "value", from: 10, to: 20 });
  assert.equal(change?.execution_id, id);
});

test("3.11-2 a custom field that is not defined fails the execution with what to do; a value that does not fit fails the contact", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const set = (value: unknown): object => ({
    type: "update_field",
    params: { entity: "contact", field: "leadScore", value, custom: true },
  });
  const missing = await world.ended(await world.run(await world.agent({ steps: [FIND, set(5)] })));
  assert.deepEqual(
    [missing.state, missing.fault?.message],
    ["failed", "Custom field 'leadScore' not found. Create field first."],
  );
  assert.equal((await world.told()).length, 1);
  const { store } = world.needs;
  await store.write(
    (
      await customFields(store).define(world.change(), {
        entity: "contact",
        name: "leadScore",
        type: "number",
      })
    ).writes,
  );
  const fits = await world.ended(
    await world.run(await world.agent({ steps: [FIND, set(5)] }, { name: "Fits" })),
  );
  assert.deepEqual([fits.state, fits.figures["fieldsUpdated"]], ["completed", 2]);
  const text = await world.ended(
    await world.run(
      await world.agent({ steps: [FIND, set("@contact.lastName")] }, { name: "Text" }),
    ),
  );
  assert.deepEqual([text.state, text.fault?.scope], ["failed", "contact"]);
});

test("DR-16 journeys that change one row side by side all get their turn", async () => {
  await using world = await openWorld();
  const company = await world.add("company", { name: "Acme", employees: 1 });
  for (let n = 1; n <= 60; n += 1) {
    await world.add("contact", { firstName: `N${n}`, status: "Lead", companyId: company.id });
  }
  const set = {
    type: "update_field",
    params: { entity: "company", field: "industry", value: "@contact.firstName" },
  };
  const { state, figures, fault } = await world.ended(
    await world.run(await world.agent({ steps: [FIND, set] })),
  );
  assert.equal(state, "completed", fault?.message);
  assert.equal(figures["fieldsUpdated"], 60);
});
