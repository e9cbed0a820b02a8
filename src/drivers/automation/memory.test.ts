import assert from "node:assert/strict";
import { test } from "node:test";

import { DAY, openWorld } from "./testing.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;
const WELCOME = { type: "send_email", params: { template: "Welcome" } } as const;
const REMEMBER = { type: "remember", params: { key: "contacted" } } as const;
const SKIP = {
  type: "skip",
  params: { field: "contact", operator: "in", value: "@memory.contacted" },
} as const;

test("3.5-4 what is remembered is read by later steps of the journey, and not by another's", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const steps = [
    FIND,
    { type: "remember", params: { key: "greeting", value: "Hi @contact.firstName" } },
    { type: "wait", params: { duration: "P1D" } },
    { type: "send_email", params: { subject: "@memory.greeting", body: "B" } },
  ];
  await world.run(await world.agent({ steps }));
  await world.restart();
  await world.pass(DAY);
  assert.deepEqual((await world.outbox()).map(({ to, subject }) => [to, subject]).toSorted(), [
    ["n1@acme.test", "Hi N1"],
    ["n2@acme.test", "Hi N2"],
  ]);
});

test("3.5-4 a list that lasts keeps who was contacted, so that the next day's run skips them", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const agent = await world.agent(
    { steps: [FIND, SKIP, WELCOME, REMEMBER] },
    { memory: { lasts: "agent" } },
  );
  await world.run(agent);
  await world.pass(DAY);
  await world.add("contact", { firstName: "New", email: "new@acme.test", status: "Lead" });
  const { figures } = await world.ended(await world.run(agent));
  assert.deepEqual(await world.mailed(), ["n1@acme.test", "n2@acme.test", "new@acme.test"]);
  assert.equal(figures["emailsSent"], 1);
});

test("3.5-4 without that setting each run begins with an empty memory", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const agent = await world.agent({ steps: [FIND, SKIP, WELCOME, REMEMBER] });
  await world.run(agent);
  await world.run(agent);
  assert.equal((await world.outbox()).length, 4);
});

test("3.5-4 a value that lasts is the contact's own, and a search can take only who is on a list", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const memory = { lasts: "agent" } as const;
  const first = { field: "contact.firstName", operator: "==", value: "N1" };
  const keep = [
    { type: "remember", params: { key: "word", value: "everybody" } },
    FIND,
    {
      type: "if",
      params: first,
      then: [
        { type: "remember", params: { key: "word", value: "only @contact.firstName" } },
        { type: "remember", params: { key: "chosen" } },
      ],
    },
  ];
  const agent = await world.agent({ steps: keep }, { memory });
  await world.run(agent);
  const read = [
    {
      type: "search_contacts",
      params: { field: "contact", operator: "in", value: "@memory.chosen" },
    },
    { type: "send_email", params: { subject: "@memory.word", body: "B" } },
  ];
  const saved = await world.services.agents.save(world.entered, agent.id, {
    instructions: JSON.stringify({ plan: { steps: read } }),
  });
  const { state, fault } = await world.ended(await world.run(saved));
  assert.equal(state, "completed", fault?.message);
  assert.deepEqual(
    (await world.outbox()).map(({ to, subject }) => [to, subject]),
    [["n1@acme.test", "only N1"]],
  );
});
