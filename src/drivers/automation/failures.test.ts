import assert from "node:assert/strict";
import { test } from "node:test";

import { newAgentSchema } from "#contract/shapes/agents.ts";
import type { TemplateId } from "#domain/id.ts";

import { DAY, HOUR, openWorld } from "./testing.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;
const tag = (name: string): object => ({ type: "add_tag", params: { tags: [name] } });

test("3.1-5 instructions that nobody understands fail the execution with the message, the details, and word to the creator", async () => {
  await using world = await openWorld();
  const agent = await world.agent("Hop on one leg.", { name: "Hopper" });
  const { state, fault } = await world.ended(await world.run(agent));
  assert.deepEqual(
    [state, fault?.message],
    ["failed", "Unable to parse instructions. Please clarify."],
  );
  assert.match(JSON.stringify(fault?.details), /Hop on one leg/);
  const [told] = await world.told();
  assert.deepEqual([told?.kind, told?.title], ["execution_failed", "Agent failed: Hopper"]);
  assert.match(told?.message ?? "", /^Unable to parse instructions\. Please clarify\./);
  assert.equal((await world.services.agents.byNo(agent.no))?.status, "draft");
});

test("DR-19 a failure of an agent that a key made and triggered is told to the workspace's first owner", async () => {
  await using world = await openWorld();
  const { services, entered } = world;
  const actor = { type: "key", id: "key_1", name: "Robot" } as const;
  const made = { name: "Hopper", instructions: "Hop on one leg." };
  const agent = await services.agents.create({ ...entered, actor }, newAgentSchema.parse(made));
  await world.begin(agent, {}, { trigger: { type: "manual", by: "key:key_1" } });
  await world.settle();
  const told = await world.told();
  assert.deepEqual(
    told.map(({ title }) => title),
    ["Agent failed: Hopper"],
  );
  assert.doesNotMatch(told[0]?.message ?? "", /\.\./);
});

test("3.5-3 a step that fails leaves those before it done and those after it undone, and is named by the error", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const template = (await world.template("Welcome")) as TemplateId;
  const wait = { type: "wait", params: { duration: "P1D" } };
  const send = { type: "send_email", params: { template: "Welcome" } };
  const id = await world.run(await world.agent({ steps: [FIND, tag("A"), wait, send, tag("B")] }));
  await world.services.templates.remove(world.entered, template);
  await world.pass(DAY);
  const { state, fault, figures } = await world.ended(id);
  assert.deepEqual(
    [state, fault?.step, fault?.message],
    ["failed", "4", "Email template 'Welcome' not found"],
  );
  assert.deepEqual(figures, { contactsFound: 3, tagsAdded: 3 });
  const done = new Set((await world.factsOf(id, "stepDone")).map(({ path }) => path));
  assert.ok(done.has("2") && !done.has("5"));
});

test("3.5-3 a failure ends journeys that wait, too", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const template = (await world.template("Welcome")) as TemplateId;
  const first = { field: "contact.firstName", operator: "==", value: "N1" };
  const steps = [
    FIND,
    {
      type: "if",
      params: first,
      then: [{ type: "wait", params: { duration: "P30D" } }],
      else: [{ type: "wait", params: { duration: "PT1H" } }],
    },
    { type: "send_email", params: { template: "Welcome" } },
  ];
  const id = await world.run(await world.agent({ steps }));
  await world.services.templates.remove(world.entered, template);
  await world.pass(HOUR);
  assert.equal(await world.state(id), "failed");
  const { db } = world.needs.store;
  assert.deepEqual(
    await db.selectFrom("journeys").select("lane").where("ended_at", "is", null).execute(),
    [],
  );
  assert.deepEqual(await db.selectFrom("live").select("no").execute(), []);
});

test("DR-17 a plan with an action that is not built is refused by its name, before any effect", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const steps = [FIND, tag("A"), { type: "linkedin_invitation", params: {} }];
  const { state, fault, figures } = await world.ended(
    await world.run(await world.agent({ steps })),
  );
  assert.deepEqual(
    [state, fault?.code, fault?.step, figures],
    ["failed", "action_not_built", "3", {}],
  );
  assert.equal(
    fault?.message,
    '"Connect on LinkedIn" (sends a LinkedIn invitation) is not built yet',
  );
  const [told] = await world.told();
  assert.equal(told?.message, `${fault?.message}. ${fault?.suggestion}`);
});

test("DR-18 without anything to work on nothing runs, and the error says what to do", async () => {
  await using world = await openWorld();
  await world.template("Welcome");
  const { state, fault } = await world.ended(
    await world.run(await world.agent("Send the 'Welcome' email.")),
  );
  assert.deepEqual([state, fault?.code], ["failed", "nothing_to_work_on"]);
  assert.match(fault?.suggestion ?? "", /search/);
});
