import assert from "node:assert/strict";
import { test } from "node:test";

import { DAY, openWorld } from "./testing.ts";

const EMAIL = "Find contacts with status Lead.\nSend the 'Welcome' email.";

test("3.5-8 who has an open journey in the agent is not enrolled again; whose has ended is", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const agent = await world.agent(`${EMAIL}\nWait 5 days.\nAdd tag 'Late'.`);
  const first = await world.run(agent);
  assert.equal(await world.state(first), "waiting");
  await world.add("contact", { firstName: "New", email: "new@acme.test", status: "Lead" });
  const second = await world.run(agent);
  assert.deepEqual(await world.mailed(), ["n1@acme.test", "n2@acme.test", "new@acme.test"]);
  const selected = (await world.factsOf(second, "stepDone")).find(({ path }) => path === "1");
  const { warnings } = (selected?.r ?? { warnings: [] }) as {
    readonly warnings: readonly string[];
  };
  assert.deepEqual(warnings, [`2 contacts are already in ${first}.`]);
  await world.pass(5 * DAY);
  assert.equal(await world.state(first), "completed");
  const third = await world.run(agent);
  await world.pass(5 * DAY);
  assert.equal((await world.ended(third)).figures["emailsSent"], 3);
});

test("3.5-8 an agent that enrols nobody twice gets on to the next ones, and one that always does takes all again", async () => {
  await using world = await openWorld();
  await world.leads(5);
  await world.template("Welcome");
  const instructions = {
    steps: [
      {
        type: "search_contacts",
        params: { field: "contact.status", operator: "==", value: "Lead", limit: 2 },
      },
      { type: "send_email", params: { template: "Welcome" } },
    ],
  };
  const once = await world.agent(instructions, { name: "Once", reenrolment: "never" });
  for (const expected of [2, 4, 5, 5]) {
    await world.run(once);
    assert.equal((await world.outbox()).length, expected);
  }
  assert.equal(new Set(await world.mailed()).size, 5);
  const always = await world.agent(`${EMAIL}\nWait 5 days.\nAdd tag 'Late'.`, {
    name: "Always",
    reenrolment: "always",
  });
  await world.run(always);
  await world.run(always);
  assert.equal((await world.outbox()).length, 15);
});

test("LG-55 whom an agent that enrols nobody twice has enrolled is known to it also after pruning", async () => {
  await using world = await openWorld();
  const { ledger } = world;
  await world.leads(2);
  await world.template("Welcome");
  const agent = await world.agent(EMAIL, { reenrolment: "never" });
  const first = await world.run(agent);
  const found = await ledger.find(first);
  const executions = [{ no: found?.no ?? 0, day: 0 }];
  const outcome = await ledger.append({ op: "prune", executions, most: 1000 });
  assert.deepEqual(outcome, { pruned: 1, isLeft: false });
  await world.run(agent);
  assert.equal((await world.outbox()).length, 2);
});

test("3.2-2 a plan without a search works on what the trigger's target finds", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.pass(2 * DAY);
  await world.add("contact", { firstName: "Today", email: "today@acme.test", status: "Lead" });
  await world.template("Welcome");
  const agent = await world.agent("Send the 'Welcome' email.");
  const condition = { field: "contact.createdAt", operator: "==", value: "today" } as const;
  const target = { entity: "contact", condition } as const;
  const { figures } = await world.ended(await world.run(agent, { target }));
  assert.deepEqual(figures, { contactsFound: 1, contactsProcessed: 1, emailsSent: 1 });
  assert.deepEqual(await world.mailed(), ["today@acme.test"]);
});

test("DR-1 a search finds nobody beside those whom the caller named", async () => {
  await using world = await openWorld();
  const [, second = ""] = await world.leads(4);
  await world.template("Welcome");
  const id = await world.run(await world.agent(EMAIL), {
    context: { entity: "contact", ids: [second] },
  });
  assert.deepEqual(await world.mailed(), ["n2@acme.test"]);
  assert.equal((await world.ended(id)).figures["contactsFound"], 1);
});

test("DR-5 a second search begins a selection of its own", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.add("contact", { firstName: "C", email: "c@acme.test", status: "Customer" });
  await world.template("Welcome");
  const agent = await world.agent(
    "Find contacts with status Lead.\nAdd tag 'A'.\nFind contacts with status Customer.\nSend the 'Welcome' email.",
  );
  const { figures } = await world.ended(await world.run(agent));
  assert.deepEqual(figures, {
    contactsFound: 3,
    contactsProcessed: 3,
    tagsAdded: 2,
    emailsSent: 1,
  });
  assert.deepEqual(await world.mailed(), ["c@acme.test"]);
});
