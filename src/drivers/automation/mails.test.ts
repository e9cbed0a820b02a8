import assert from "node:assert/strict";
import { test } from "node:test";

import { activities } from "#crm/activities.ts";
import { contacts } from "#crm/contacts.ts";
import { suppressions } from "#crm/suppressions.ts";
import type { TemplateId } from "#domain/id.ts";

import { DAY, openWorld, type World } from "./testing.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;
const WELCOME = { type: "send_email", params: { template: "Welcome" } } as const;

const send = (params: object): object => ({ steps: [FIND, { type: "send_email", params }] });

async function timeline({ needs, entered }: World, entityId: string): Promise<readonly string[]> {
  const { rows } = await activities(needs.store).page({
    ws: entered.workspace.no,
    entityId,
    limit: 50,
  });
  return rows.map(({ text }) => text);
}

test("3.1-3 variables of every kind resolve in subject and body; a missing one takes its fallback", async () => {
  await using world = await openWorld();
  const company = await world.add("company", { name: "Acme" });
  const contact = await world.add("contact", {
    firstName: "John",
    lastName: "Doe",
    email: "j@acme.test",
    companyId: company.id,
  });
  await world.add("deal", {
    name: "Big",
    value: 5000,
    stage: "Negotiation",
    contactId: contact.id,
  });
  await world.services.userRoles.replace(world.entered, [
    { name: "salesRep", memberIds: ["olga"] },
  ]);
  const agent = await world.agent({
    steps: [
      { type: "remember", params: { key: "offer", value: "10% off" } },
      {
        type: "send_email",
        params: {
          subject: "Hi @contact.firstName",
          body: "@company.name, @deal.name, @form.topic, @memory.offer, @user.salesRep, @user.salesRep.email, @contact.title|there, @@contact.title",
        },
      },
    ],
  });
  const context = { entity: "contact", ids: [contact.id] } as const;
  const id = await world.run(agent, { context, form: { topic: "pricing" } });
  assert.equal(await world.state(id), "completed");
  const [mail] = await world.outbox();
  assert.equal(mail?.subject, "Hi John");
  assert.equal(
    mail?.text,
    "Acme, Big, pricing, 10% off, Olga Owner, olga@acme.test, there, @contact.title",
  );
});

test("3.1-3 a text with a value missing is not sent: the contact is skipped with a warning", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.add("contact", {
    firstName: "",
    lastName: "Nameless",
    email: "x@acme.test",
    status: "Lead",
  });
  await world.template("Welcome");
  const id = await world.run(
    await world.agent({ steps: [FIND, WELCOME, { type: "add_tag", params: { tags: ["A"] } }] }),
  );
  const { state, warnings, figures } = await world.ended(id);
  assert.deepEqual(
    [state, warnings, figures["emailsSent"], figures["tagsAdded"]],
    ["completed", 1, 1, 1],
  );
  assert.ok((await world.outbox()).every(({ subject, text }) => !/@|Dear ,/.test(subject + text)));
  const [skipped] = await world.factsOf(id, "skipped");
  assert.equal(skipped?.reason, "@contact.firstName has no value here.");
});

test("3.7-1 a mail comes from a template or inline, into the outbox, with the workspace's sender", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.template("Welcome", "Good day @contact.firstName", "Yours");
  await world.run(await world.agent({ steps: [FIND, WELCOME] }));
  await world.run(
    await world.agent(send({ subject: "Inline", body: "For @contact.lastName" }), { name: "B" }),
  );
  assert.deepEqual(
    (await world.outbox()).map(({ from, to, subject, text }) => [from, to, subject, text]),
    [
      ["agent@acme.test", "n1@acme.test", "Good day N1", "Yours"],
      ["agent@acme.test", "n1@acme.test", "Inline", "For Lead"],
    ],
  );
});

test("3.7-2 a mail stands in the results, on the contact's timeline and in the figures", async () => {
  await using world = await openWorld();
  const [contact = ""] = await world.leads(1);
  await world.template("Welcome", "Hi", "x".repeat(300));
  const id = await world.run(await world.agent({ steps: [FIND, WELCOME] }));
  const found = await world.ledger.find(id);
  const payloads = [...(await world.ledger.readPayloads(found?.no ?? 0, 1)).values()];
  const { detail } = payloads.at(-1) as { readonly detail: Readonly<Record<string, unknown>> };
  assert.deepEqual(
    [detail["to"], detail["contactId"], String(detail["body"]).length],
    ["n1@acme.test", contact, 101],
  );
  assert.deepEqual(
    (await timeline(world, contact)).filter((text) => /Email/.test(text)),
    ["Email sent to N1 Lead"],
  );
  const row = await contacts(world.needs.store).get(world.entered.workspace.no, contact);
  assert.equal(row.last_contacted_at, world.clock.now());
  assert.equal((await world.ended(id)).figures["emailsSent"], 1);
  const facts = JSON.stringify(await world.allFacts(id));
  assert.ok(!facts.includes("n1@acme.test"), "facts hold nobody's address");
});

test("3.7-6 an address that is none fails that contact's journey, with the address", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const id = await world.run(
    await world.agent(send({ to: "@form.email", subject: "S", body: "B" })),
    {
      form: { email: "not an address" },
    },
  );
  const { state, fault } = await world.ended(id);
  assert.deepEqual([state, fault?.message], ["failed", "Invalid email address: not an address"]);
});

test("3.7-7 a template that is not there is found before any effect, at the step that names it", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const plan = {
    steps: [
      FIND,
      { type: "add_tag", params: { tags: ["A"] } },
      { type: "send_email", params: { template: "xyz" } },
    ],
  };
  const id = await world.run(await world.agent(plan));
  const { state, fault, figures } = await world.ended(id);
  assert.deepEqual(
    [state, fault?.message, fault?.step],
    ["failed", "Email template 'xyz' not found", "3"],
  );
  assert.equal(fault?.suggestion, "Create template or update agent instructions");
  assert.deepEqual(figures, {});
  assert.deepEqual(await world.outbox(), []);
  assert.deepEqual(
    (await world.told()).map(({ message }) => message),
    ["Email template 'xyz' not found. Create template or update agent instructions"],
  );
});

test("3.7-8 an answer that is lost does not send a mail twice, and loses none", async () => {
  await using world = await openWorld();
  const ids = await world.leads(20);
  await world.template("Welcome");
  world.mail.configure(1, { loseAnswerEvery: 3, refuseEvery: 7 });
  const id = await world.run(await world.agent({ steps: [FIND, WELCOME] }));
  await world.runOut(id, 1000);
  assert.equal(await world.mail.outbox.duplicates(), 0);
  assert.equal((await world.outbox()).length, ids.length);
  assert.equal((await world.ended(id)).figures["emailsSent"], ids.length);
  assert.doesNotMatch(
    JSON.stringify(await world.allFacts(id)),
    /@acme\.test/,
    "nobody's address is in a fact",
  );
});

test("3.7-12 `email them` sends the agent's default template, and without one nothing runs", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const defaultTemplateId = (await world.template("Standard", "Standard")) as TemplateId;
  const words = "Find contacts with status Lead.\nEmail them.";
  assert.equal(
    await world.state(await world.run(await world.agent(words, { defaultTemplateId }))),
    "completed",
  );
  assert.deepEqual(
    (await world.outbox()).map(({ subject }) => subject),
    ["Standard"],
  );
  const { state, fault, figures } = await world.ended(
    await world.run(await world.agent(words, { name: "Without" })),
  );
  assert.deepEqual(
    [state, fault?.code, fault?.step, figures],
    ["failed", "template_not_found", "2", {}],
  );
});

test("DR-6 who has unsubscribed is not written to, and it ends their journey alone", async () => {
  await using world = await openWorld();
  const [first = ""] = await world.leads(3);
  await world.template("Welcome");
  const { store } = world.needs;
  await store.write(contacts(store).setFlag(world.change(), first, "optedOut"));
  await store.write(suppressions(store).add(world.change(), "N2@acme.test", "unsubscribed"));
  const { state, warnings } = await world.ended(
    await world.run(await world.agent({ steps: [FIND, WELCOME] })),
  );
  assert.deepEqual([state, warnings], ["completed", 2]);
  assert.deepEqual(await world.mailed(), ["n3@acme.test"]);
});

test("DR-7 a template is read when it is sent: an edit between two mails shows in the second", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const template = (await world.template("Welcome", "First")) as TemplateId;
  const id = await world.run(
    await world.agent({
      steps: [FIND, WELCOME, { type: "wait", params: { duration: "P1D" } }, WELCOME],
    }),
  );
  await world.services.templates.change(world.entered, template, { subject: "Second" });
  await world.pass(DAY);
  assert.equal(await world.state(id), "completed");
  assert.deepEqual(
    (await world.outbox()).map(({ subject }) => subject),
    ["First", "Second"],
  );
});

test("DR-8 an agent that is saved while an execution waits does not change that execution", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.template("Welcome", "Old");
  const agent = await world.agent({
    steps: [FIND, { type: "wait", params: { duration: "P1D" } }, WELCOME],
  });
  const id = await world.run(agent);
  await world.services.agents.save(world.entered, agent.id, {
    instructions: JSON.stringify({ plan: { steps: [FIND] } }),
    waiting: "finish",
  });
  await world.pass(DAY);
  assert.equal((await world.ended(id)).figures["emailsSent"], 1);
});
