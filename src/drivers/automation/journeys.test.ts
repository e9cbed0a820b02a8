import assert from "node:assert/strict";
import { test } from "node:test";

import { contacts } from "#crm/contacts.ts";
import { entities } from "#crm/entities.ts";
import { tags } from "#crm/tags.ts";

import { DAY, OLGA, openWorld, type World } from "./testing.ts";

const EMAIL = "Find contacts with status Lead.\nSend the 'Welcome' email.";

async function tagsOf(
  { needs, entered }: World,
  ids: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const of = await tags(needs.store).ofAll(entered.workspace.no, ids);
  return ids.map((id) => of.get(id) ?? []);
}

test("3.1-2 the actions of a plan are carried out in sequence: checked, executed, put on record", async () => {
  await using world = await openWorld();
  const ids = await world.leads(1);
  await world.template("Welcome");
  const agent = await world.agent(
    `${EMAIL}\nAdd tag 'Welcomed'.\nCreate task: Call @contact.firstName in 3 days`,
  );
  const id = await world.run(agent);
  assert.equal(await world.state(id), "completed");
  const done = (await world.factsOf(id, "stepDone")).map(({ path }) => path);
  assert.deepEqual(done, ["check", "1", "2", "3", "4"]);
  assert.deepEqual(await tagsOf(world, ids), [["Welcomed"]]);
  assert.deepEqual(await world.mailed(), ["n1@acme.test"]);
});

test("3.5-1 journeys move breadth first: no step begins while a journey can still take the one before", async () => {
  await using world = await openWorld();
  await world.leads(30);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 40 });
  const agent = await world.agent(`${EMAIL}\nAdd tag 'A'.\nAdd tag 'B'.`);
  const id = await world.run(agent);
  await world.runOut(id, 10);
  const paths = (await world.allFacts(id)).flatMap(({ lane, fact }) =>
    lane > 0 && fact.t === "stepDone" ? [fact.path] : [],
  );
  assert.equal(paths.length, 90);
  assert.deepEqual(paths, paths.toSorted());
  const { figures } = await world.ended(id);
  assert.deepEqual(figures, {
    contactsFound: 30,
    contactsProcessed: 30,
    emailsSent: 30,
    tagsAdded: 60,
  });
});

test("3.5-2 what follows a search is done for each contact found, and once only whatever restarts in between", async () => {
  await using world = await openWorld();
  const ids = await world.leads(6);
  await world.add("contact", { firstName: "Other", email: "other@acme.test", status: "Customer" });
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 100 });
  const agent = await world.agent(`${EMAIL}\nAdd tag 'Welcomed'.`);
  const id = await world.run(agent);
  for (let restarts = 0; restarts < 3; restarts += 1) {
    await world.pass(70);
    await world.restart();
  }
  await world.runOut(id, 1000);
  assert.deepEqual(
    await world.mailed(),
    ids.map((_, i) => `n${i + 1}@acme.test`),
  );
  assert.deepEqual(
    await tagsOf(world, ids),
    ids.map(() => ["Welcomed"]),
  );
  assert.equal((await world.ended(id)).figures["emailsSent"], 6);
});

test("3.5-7 a contact's fault ends that journey alone; the run completes with a warning, and fails where none got through", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.add("contact", { firstName: "Bad", status: "Lead" });
  await world.template("Welcome");
  const agent = await world.agent(`${EMAIL}\nAdd tag 'Welcomed'.`);
  const mixed = await world.ended(await world.run(agent));
  assert.equal(mixed.state, "completed");
  assert.equal(mixed.warnings, 1);
  assert.deepEqual(mixed.figures, {
    contactsFound: 3,
    contactsProcessed: 2,
    emailsSent: 2,
    tagsAdded: 2,
  });
  assert.deepEqual(await world.told(), []);

  const lost = await world.agent(
    "Find contacts where first name is Bad.\nSend the 'Welcome' email.",
    { name: "Lost" },
  );
  const none = await world.ended(await world.run(lost));
  assert.equal(none.state, "failed");
  assert.match(none.fault?.message ?? "", /^Invalid email address: Bad has none$/);
  assert.deepEqual(
    (await world.told()).map(({ title }) => title),
    ["Agent failed: Lost"],
  );

  const empty = await world.agent("Find contacts with status Nobody.\nSend the 'Welcome' email.", {
    name: "Empty",
  });
  const { state, figures } = await world.ended(await world.run(empty));
  assert.deepEqual([state, figures["contactsProcessed"]], ["completed", 0]);
});

test("3.5-7 where several failed and none got through, the execution says how many and why", async () => {
  await using world = await openWorld();
  for (const name of ["A", "B"]) await world.add("contact", { firstName: name, status: "Lead" });
  await world.template("Welcome");
  const { state, fault } = await world.ended(await world.run(await world.agent(EMAIL)));
  assert.equal(state, "failed");
  assert.match(fault?.message ?? "", /^None of 2 got through\. The first: Invalid email address/);
});

test("DR-2 a plan that needs no entity runs once; one that stops before its search goes no further", async () => {
  await using world = await openWorld();
  await world.leads(3);
  await world.template("Welcome");
  const notify = await world.agent('Notify @user.creator: "The week begins"', { name: "Note" });
  const { state, figures } = await world.ended(await world.run(notify));
  assert.deepEqual([state, figures], ["completed", { notificationsSent: 1 }]);
  assert.deepEqual(
    (await world.told(OLGA.userId)).map(({ message }) => message),
    ["The week begins"],
  );

  const condition = { field: "form.budget", operator: "<", value: 100 };
  const stops = await world.agent(
    {
      steps: [
        { type: "if", params: condition, then: [{ type: "stop", params: {} }] },
        { type: "search_contacts", params: {} },
        { type: "send_email", params: { template: "Welcome" } },
      ],
    },
    { name: "Stops" },
  );
  const stopped = await world.ended(await world.run(stops, { form: { budget: "20" } }));
  assert.deepEqual([stopped.state, stopped.figures], ["completed", {}]);
  assert.deepEqual(await world.mailed(), []);
  await world.run(stops, { form: { budget: "200" } });
  assert.equal((await world.mailed()).length, 3);
});

test("DR-3 in a company's or a deal's journey @contact is its primary contact; one without is left out with a warning", async () => {
  await using world = await openWorld();
  await world.template("Welcome", "Hi @contact.firstName of @company.name");
  const add = async (name: string, email: string | null): Promise<string> => {
    const contact =
      email === null ? null : await world.add("contact", { firstName: `C${name}`, email });
    const company = await world.add("company", {
      name,
      industry: "SaaS",
      contactId: contact?.id ?? null,
    });
    await world.add("deal", {
      name: `Deal ${name}`,
      stage: "Negotiation",
      value: 5,
      contactId: contact?.id ?? null,
      companyId: company.id,
    });
    return company.id;
  };
  await add("Acme", "acme@acme.test");
  await add("Empty", null);
  const companies = await world.agent({
    steps: [
      {
        type: "search_companies",
        params: { field: "company.industry", operator: "==", value: "SaaS" },
      },
      { type: "send_email", params: { template: "Welcome" } },
    ],
  });
  const first = await world.ended(await world.run(companies));
  assert.deepEqual([first.state, first.warnings, first.figures["emailsSent"]], ["completed", 1, 1]);
  const deals = await world.agent(
    {
      steps: [
        {
          type: "search_deals",
          params: { field: "deal.stage", operator: "==", value: "Negotiation" },
        },
        { type: "send_email", params: { subject: "@deal.name", body: "Hi @contact.firstName" } },
      ],
    },
    { name: "Deals" },
  );
  assert.equal((await world.ended(await world.run(deals))).figures["emailsSent"], 1);
  assert.deepEqual(
    (await world.outbox()).map(({ to, subject }) => [to, subject]),
    [
      ["acme@acme.test", "Hi CAcme of Acme"],
      ["acme@acme.test", "Deal Acme"],
    ],
  );
});

test("DR-4 a contact that is removed while the agent works ends its own journey, and no other", async () => {
  await using world = await openWorld();
  const [gone = ""] = await world.leads(3);
  await world.template("Welcome");
  const id = await world.run(await world.agent(`${EMAIL}\nWait 1 day.\nAdd tag 'Late'.`));
  const { store } = world.needs;
  const row = await contacts(store).get(world.entered.workspace.no, gone);
  await store.write(entities(store, "contact").remove(world.change(), row));
  await world.pass(DAY);
  const { state, warnings, figures } = await world.ended(id);
  assert.deepEqual(
    [state, warnings, figures["contactsProcessed"], figures["tagsAdded"]],
    ["completed", 1, 2, 2],
  );
  const [fault] = (await world.factsOf(id, "stepFailed")).map((fact) => fact.fault);
  assert.match(fault?.message ?? "", /removed while the agent worked on it/);
});
