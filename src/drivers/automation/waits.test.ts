import assert from "node:assert/strict";
import { test } from "node:test";

import { contacts } from "#crm/contacts.ts";

import { DAY, HOUR, openWorld, type World } from "./testing.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
} as const;
const tag = (name: string): object => ({ type: "add_tag", params: { tags: [name] } });
const wait = (duration: string): object => ({ type: "wait", params: { duration } });

async function waitingUntil(world: World, id: string): Promise<number | undefined> {
  const facts = await world.facts(id);
  return facts.findLast((fact) => fact.t === "waiting")?.until;
}

test("3.12-1 a wait of 5 days holds the execution until then, across a restart", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const id = await world.run(await world.agent({ steps: [FIND, wait("P5D"), tag("Late")] }));
  assert.equal(await world.state(id), "waiting");
  assert.equal(await waitingUntil(world, id), world.clock.now() + 5 * DAY);
  assert.equal(world.node().engine.running(), 0);
  await world.restart();
  await world.pass(5 * DAY - 1);
  assert.equal(await world.state(id), "waiting");
  await world.pass(1);
  assert.equal(await world.state(id), "completed");
  assert.equal((await world.ended(id)).figures["tagsAdded"], 3);
});

test("3.12-3 pausing the agent pauses its executions: what waits goes on waiting until it is resumed", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const agent = await world.agent({ steps: [FIND, wait("P5D"), tag("Late"), wait("P1D")] });
  const other = await world.agent({ steps: [FIND, wait("P5D"), tag("Other")] });
  const [id, another] = [await world.run(agent), await world.run(other)];
  const { agents } = world.services;
  await agents.pause(world.entered, agent.id);
  world.node().engine.listen();
  await world.settle();
  await world.restart();
  await world.pass(6 * DAY);
  assert.equal(await world.state(id), "waiting");
  assert.equal(await world.state(another), "completed", "another agent's goes on");
  assert.deepEqual(await world.factsOf(id, "pauseAsked"), [
    { t: "pauseAsked", by: "olga", through: "agent" },
  ]);
  await agents.resume(world.entered, agent.id);
  world.node().engine.listen();
  await world.settle();
  const tags = (await world.factsOf(id, "stepDone")).filter(({ path }) => path === "3");
  assert.equal(tags.length, 3, "its time had passed: at once");
  await world.pass(DAY);
  assert.equal(await world.state(id), "completed");
});

test("3.12-3 the original time of a wait holds when its agent is resumed before", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const agent = await world.agent({ steps: [FIND, wait("P5D"), tag("Late")] });
  const id = await world.run(agent);
  const due = await waitingUntil(world, id);
  await world.services.agents.pause(world.entered, agent.id);
  await world.pass(2 * DAY);
  await world.services.agents.resume(world.entered, agent.id);
  await world.pass(3 * DAY - 2_000);
  assert.equal(await waitingUntil(world, id), due);
  assert.equal(await world.state(id), "waiting");
  await world.pass(2_000);
  assert.equal(await world.state(id), "completed");
});

test("3.12-3 a person lets one execution of a paused agent go on", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const agent = await world.agent({ steps: [FIND, wait("P5D"), tag("Late")] });
  const id = await world.run(agent);
  await world.services.agents.pause(world.entered, agent.id);
  await world.pass(DAY);
  await world.node().engine.resume(id, "olga");
  await world.pass(4 * DAY);
  assert.equal(await world.state(id), "completed");
});

test("3.12-2 several waits add up, and in between the execution runs", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const steps = [FIND, wait("P1D"), tag("A"), wait("PT6H"), tag("B"), wait("P2D"), tag("C")];
  const id = await world.run(await world.agent({ steps }));
  const begun = world.clock.now();
  for (const [after, tagged] of [
    [DAY, 1],
    [6 * HOUR, 2],
    [2 * DAY, 3],
  ] as const) {
    await world.pass(after - 1);
    assert.equal(
      (await world.factsOf(id, "stepDone")).filter(({ path }) => /^[357]$/.test(path)).length,
      tagged - 1,
    );
    assert.equal(await world.state(id), "waiting");
    await world.pass(1);
  }
  assert.equal(await world.state(id), "completed");
  assert.equal(world.clock.now() - begun, 3 * DAY + 6 * HOUR);
  const moves = (await world.facts(id))
    .filter(({ t }) => t === "waiting" || t === "resumed")
    .map(({ t }) => t);
  assert.deepEqual(moves, ["waiting", "resumed", "waiting", "resumed", "waiting", "resumed"]);
});

test("3.12-2 days keep the wall clock of the workspace across the change to summer time, hours do not", async () => {
  const start = Date.UTC(2026, 2, 27, 8); // Friday 09:00 in Berlin; the clocks go forward on Sunday
  await using world = await openWorld({ zone: "Europe/Berlin", start });
  await world.leads(1);
  const days = await world.run(await world.agent({ steps: [FIND, wait("P3D"), tag("A")] }));
  assert.equal(await waitingUntil(world, days), Date.UTC(2026, 2, 30, 7));
  const hours = await world.run(
    await world.agent({ steps: [FIND, wait("PT72H"), tag("B")] }, { name: "Hours" }),
  );
  assert.equal(await waitingUntil(world, hours), Date.UTC(2026, 2, 30, 8));
});

test("3.12-4 `if no reply after 5 days` looks at each contact then", async () => {
  await using world = await openWorld();
  const [first = ""] = await world.leads(3);
  await world.template("Welcome");
  await world.template("Reminder", "Reminder");
  const agent = await world.agent(
    "Find contacts with status Lead.\nSend the 'Welcome' email.\nWait 5 days.\nIf no reply, send the 'Reminder' email.",
  );
  const id = await world.run(agent);
  await world.pass(2 * DAY);
  const { store } = world.needs;
  await store.write(contacts(store).setFlag(world.change(), first, "replied"));
  await world.pass(3 * DAY);
  assert.equal(await world.state(id), "completed");
  const reminded = (await world.outbox())
    .filter(({ subject }) => subject === "Reminder")
    .map(({ to }) => to);
  assert.deepEqual(reminded.toSorted(), ["n2@acme.test", "n3@acme.test"]);
});

test("3.5-6 a wait inside a branch holds up nobody else, and what follows runs in another process", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const condition = { field: "contact.firstName", operator: "==", value: "N1" };
  const steps = [FIND, { type: "if", params: condition, then: [wait("P1D")] }, tag("A")];
  const id = await world.run(await world.agent({ steps }));
  assert.equal((await world.factsOf(id, "stepDone")).filter(({ path }) => path === "3").length, 1);
  await world.restart();
  await world.pass(DAY);
  assert.equal((await world.ended(id)).figures["tagsAdded"], 2);
});

test("3.12-7 a deleted agent's execution that waits is canceled with its timers, and one begun too late does nothing", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const agent = await world.agent({ steps: [FIND, wait("P1D"), tag("A")] });
  const id = await world.run(agent);
  await world.services.agents.remove(world.entered, agent.id);
  await world.node().engine.cancel(id, "olga", "Agent deleted");
  await world.settle();
  assert.equal(await world.state(id), "canceled");
  assert.equal(await world.ledger.nextDue(), null);
  const late = await world.ended(await world.run(agent));
  assert.deepEqual(
    [late.state, late.fault?.message],
    ["failed", "The agent of this run was deleted."],
  );
});

test("DR-9 a person lets one journey skip its wait, or all", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const id = await world.run(
    await world.agent({ steps: [FIND, wait("P5D"), tag("A"), wait("P5D"), tag("B")] }),
  );
  const { engine } = world.node();
  await engine.skipWait(id, "olga", 2);
  await world.settle();
  const taggedNow = async (): Promise<number> =>
    (await world.factsOf(id, "stepDone")).filter(({ path }) => path === "3" || path === "5").length;
  assert.equal(await taggedNow(), 1);
  await engine.skipWait(id, "olga");
  await world.settle();
  assert.equal(await taggedNow(), 4);
  assert.equal(await world.state(id), "waiting");
  await engine.skipWait(id, "olga");
  await world.settle();
  assert.equal(await world.state(id), "completed");
  assert.ok((await world.factsOf(id, "timerFired")).every(({ early }) => early === "olga"));
});

test("DR-10 a cancel in the middle ends every journey, sends nothing more, and says by whom", async () => {
  await using world = await openWorld();
  await world.leads(40);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 100 });
  const agent = await world.agent(
    "Find contacts with status Lead.\nSend the 'Welcome' email.\nAdd tag 'A'.",
  );
  const id = await world.run(agent);
  await world.pass(120);
  await world.node().engine.cancel(id, "olga", "enough");
  await world.pass(1);
  const sent = (await world.outbox()).length;
  for (let n = 0; n < 5; n += 1) await world.pass(5000);
  assert.equal(await world.state(id), "canceled");
  assert.equal((await world.outbox()).length, sent);
  assert.ok(sent > 0 && sent < 40);
  const end = (await world.facts(id)).find((fact) => fact.t === "canceled");
  assert.deepEqual([end?.by, end?.reason], ["olga", "enough"]);
  const open = await world.needs.store.db
    .selectFrom("journeys")
    .select("lane")
    .where("ended_at", "is", null)
    .execute();
  assert.deepEqual(open, []);
});
