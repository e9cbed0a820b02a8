import assert from "node:assert/strict";
import { test } from "node:test";

import { newAgentSchema } from "#contract/shapes/agents.ts";
import { templateIds } from "#domain/id.ts";
import type { Plan } from "#domain/plan.ts";

import { openTestWorkspaces, person } from "./testing.ts";

const newAgent = (given: Record<string, unknown> = {}) =>
  newAgentSchema.parse({ name: "Welcome", instructions: "Wait a day", ...given });

const planned = (plan: Plan): string => JSON.stringify({ plan });
const step = { type: "wait", params: { duration: "P1D" } } as const;
const monday: Plan = { trigger: { type: "schedule", cron: "0 9 * * 1" }, steps: [step] };
const refused = JSON.stringify({
  error: {
    message: "Unable to parse instructions. Please clarify.",
    details: [{ text: "dance", reason: "Nothing can dance", suggestion: "Say what to do" }],
  },
});

test("WS-4 each save is a version that never changes, with its words, its plan and who saved it", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered, join, clock } = world;
  const ws = entered.workspace.no;
  const admin = await join("ada", "admin", "Ada");
  const { id, no } = await agents.create(entered, newAgent());
  clock.advance(1000);
  const saved = await agents.save(admin, id, {
    name: "Hello",
    instructions: planned(monday),
    restrictions: { maxEmailsPerDay: 7 },
  });
  assert.equal(saved.version, 2);
  assert.deepEqual(saved.plan, monday);
  assert.equal(saved.restrictions.maxEmailsPerDay, 7);
  assert.equal(saved.restrictions.maxExecutionsPerDay, 100);
  assert.equal(saved.createdBy.name, "Olga Owner");

  const { items } = await agents.versions(ws, id, { limit: 50 });
  assert.deepEqual(
    items.map(({ version: { version, name, savedBy, savedAt } }) => [
      version,
      name,
      savedBy.name,
      savedAt,
    ]),
    [
      [2, "Hello", "Ada", saved.updatedAt],
      [1, "Welcome", "Olga Owner", saved.createdAt],
    ],
  );
  assert.equal((await agents.version(no, 1))?.instructions, "Wait a day");
  assert.equal(await agents.version(no, 3), undefined);
});

test("WS-4 saving what is there already makes no version", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const { id } = await agents.create(entered, newAgent());
  assert.equal((await agents.save(entered, id, { name: "Welcome", goal: "" })).version, 1);
});

test("WS-4 of two who edit the same version the second is told, and nothing of theirs is lost", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const { id } = await agents.create(entered, newAgent());
  await agents.save(entered, id, { goal: "first", version: 1 });
  const late = agents.save(entered, id, { goal: "second", version: 1 });
  await assert.rejects(late, { code: "version_conflict", message: /version 2 is the latest/ });
  const both = await Promise.all(["a", "b", "c"].map((goal) => agents.save(entered, id, { goal })));
  assert.deepEqual(new Set(both.map(({ version }) => version)), new Set([3, 4, 5]));
});

test("WS-4 instructions that nobody understands are kept with the refusal, and cannot go live", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const { id, plan, parseError } = await agents.create(
    entered,
    newAgent({ instructions: refused }),
  );
  assert.equal(plan, null);
  assert.equal(parseError?.details[0]?.text, "dance");
  await assert.rejects(agents.goLive(entered, id), {
    code: "unparseable",
    suggestion: "Say what to do",
  });
  const live = newAgent({ instructions: refused, status: "live" });
  await assert.rejects(agents.create(entered, live), { code: "unparseable" });
  assert.equal((await agents.list(entered.workspace.no, { limit: 50 })).items.length, 1);
});

test("WS-5 going live adopts the trigger that the text names, unless the editor holds one", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const manual = { type: "manual" } as const;
  const first = await agents.create(
    entered,
    newAgent({ instructions: planned(monday), triggers: [manual] }),
  );
  const live = await agents.goLive(entered, first.id);
  assert.equal(live.status, "live");
  assert.equal(live.version, 2);
  assert.deepEqual(live.triggers, [
    manual,
    { type: "schedule", cron: "0 9 * * 1", missed: "runOnce" },
  ]);

  const own = { type: "event", event: "contact_created" } as const;
  const second = newAgent({ instructions: planned(monday), triggers: [own], status: "live" });
  const made = await agents.create(entered, second);
  assert.deepEqual([made.status, made.version, made.triggers], ["live", 1, [own]]);
});

test("WS-5 a pause lasts until somebody resumes, and a draft that was paused is a draft again", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered, store } = world;
  const { id } = await agents.create(entered, newAgent());
  await assert.rejects(agents.resume(entered, id), { code: "conflict", message: /is a draft/ });
  await agents.goLive(entered, id);
  await assert.rejects(agents.goLive(entered, id), { code: "conflict" });
  const paused = await agents.pause(entered, id);
  assert.deepEqual([paused.status, paused.pausedReason, paused.version], ["paused", "user", 1]);
  await assert.rejects(agents.pause(entered, id), { code: "conflict" });
  assert.equal((await agents.resume(entered, id)).status, "live");

  const draft = await agents.create(entered, newAgent());
  await store.write([agents.pausing(draft, "emailLimit")]);
  const limited = await agents.get(draft.ws, draft.id);
  assert.deepEqual([limited.status, limited.pausedReason], ["paused", "emailLimit"]);
  assert.equal((await agents.resume(entered, draft.id)).status, "draft");
});

test("WS-5 a hold releases itself when its time has come, and never lifts a pause", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered, store, clock } = world;
  const agent = await agents.create(entered, newAgent({ status: "live" }));
  await store.write([agents.holding(agent, clock.now() + 1000)]);
  assert.equal((await agents.get(agent.ws, agent.id)).status, "onHold");
  assert.deepEqual(await agents.release(), []);
  clock.advance(1000);
  assert.deepEqual(await agents.release(), [agent.no]);
  assert.equal((await agents.get(agent.ws, agent.id)).status, "live");

  await agents.pause(entered, agent.id);
  await store.write([agents.holding(agent, clock.now() + 1000)]);
  assert.equal((await agents.get(agent.ws, agent.id)).status, "paused");
});

test("WS-6 a deleted agent is gone for people and stays for history", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const ws = entered.workspace.no;
  const { id, no } = await agents.create(entered, newAgent());
  await agents.remove(entered, id);
  for (const act of [
    agents.get(ws, id),
    agents.save(entered, id, { goal: "x" }),
    agents.remove(entered, id),
  ]) {
    await assert.rejects(act, { code: "not_found" });
  }
  assert.deepEqual((await agents.list(ws, { limit: 50 })).items, []);
  assert.equal(await agents.named(ws, "Welcome"), undefined);
  assert.equal((await agents.find(ws, id))?.name, "Welcome");
  assert.deepEqual(
    await agents.names([no, 999]),
    new Map([[no, { no, id, name: "Welcome", deleted: true }]]),
  );
  assert.equal((await agents.version(no, 1))?.name, "Welcome");
});

test("WS-6 another workspace's agents cannot be found, changed or listed", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered, workspaces } = world;
  const eve = person("eve", "Eve");
  const { id: otherId } = await workspaces.create(
    { name: "B", zone: "UTC", tier: "standard" },
    eve,
  );
  const other = await workspaces.enter(eve, otherId, "agents:write");
  const { id, ws } = await agents.create(entered, newAgent());
  for (const act of [
    agents.get(other.workspace.no, id),
    agents.save(other, id, { goal: "mine" }),
    agents.pause(other, id),
    agents.remove(other, id),
    agents.versions(other.workspace.no, id, { limit: 5 }),
  ]) {
    await assert.rejects(act, { code: "not_found" });
  }
  assert.equal(await agents.find(other.workspace.no, id), undefined);
  assert.equal((await agents.get(ws, id)).goal, "");
});

test("WS-6 agents are listed newest first, by status and name, a page at a time", async () => {
  await using world = await openTestWorkspaces();
  const { agents, entered } = world;
  const ws = entered.workspace.no;
  for (const name of ["Ärger 100%", "Beta", "alpha beta"]) {
    await agents.create(entered, newAgent({ name, status: name === "Beta" ? "live" : "draft" }));
  }
  const names = async (query: Partial<Parameters<typeof agents.list>[1]>) =>
    (await agents.list(ws, { limit: 50, ...query })).items.map(({ name }) => name);
  assert.deepEqual(await names({}), ["alpha beta", "Beta", "Ärger 100%"]);
  assert.deepEqual(await names({ status: "live" }), ["Beta"]);
  assert.deepEqual(await names({ search: "BETA" }), ["alpha beta", "Beta"]);
  assert.deepEqual(await names({ search: "0%" }), ["Ärger 100%"]);
  assert.deepEqual(await names({ search: "%" }), ["Ärger 100%"]);
  const first = await agents.list(ws, { limit: 2 });
  assert.equal(first.items.length, 2);
  const second = await agents.list(ws, { limit: 2, cursor: first.nextCursor ?? undefined });
  assert.deepEqual([second.items[0]?.name, second.nextCursor], ["Ärger 100%", null]);
  assert.equal((await agents.named(ws, " beta "))?.name, "Beta");
});

test("WS-11 an agent's default template is one of its own workspace, at its making and at each change", async () => {
  await using world = await openTestWorkspaces();
  const { agents, templates, workspaces, entered, owner } = world;
  const { id } = await workspaces.create({ name: "B", zone: "UTC", tier: "standard" }, owner);
  const other = await workspaces.enter(owner, id, "workspace:read");
  const draft = { name: "Welcome", subject: "Hi", body: "Hello" };
  const foreign = (await templates.create(other, draft)).id;
  const own = (await templates.create(entered, draft)).id;
  const isRefused = { code: "template_not_found" };
  for (const defaultTemplateId of [foreign, templateIds.create()]) {
    await assert.rejects(agents.create(entered, newAgent({ defaultTemplateId })), isRefused);
    const agent = await agents.create(entered, newAgent({ defaultTemplateId: own }));
    await assert.rejects(agents.save(entered, agent.id, { defaultTemplateId }), isRefused);
  }
});
