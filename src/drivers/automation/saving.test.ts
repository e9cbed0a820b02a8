import assert from "node:assert/strict";
import { test } from "node:test";

import { agentChangeSchema } from "#contract/shapes/agents.ts";
import type { Agent } from "#workspace/agent.ts";

import { DAY, openWorld, type World } from "./testing.ts";

const LEADS = {
  type: "search_contacts",
  params: { field: "status", operator: "==", value: "Lead" },
};
const mail = (subject: string) => ({ type: "send_email", params: { subject, body: "Dear you" } });
const wait = (duration: string) => ({ type: "wait", params: { duration } });

/** Mails, then waits five days, then mails once more. */
const before = [LEADS, mail("First"), wait("P5D"), mail("Old second")];
const after = [LEADS, mail("First"), wait("P5D"), mail("New second")];

function save(
  { services, entered }: World,
  agent: Agent,
  steps: readonly object[],
  waiting?: "finish" | "move" | "cancel",
): Promise<Agent> {
  const instructions = JSON.stringify({ plan: { steps } });
  return services.agents.save(
    entered,
    agent.id,
    agentChangeSchema.parse({ instructions, waiting }),
  );
}

const subjects = async (world: World): Promise<readonly string[]> =>
  (await world.outbox()).map(({ subject }) => subject);

test("3.2-12 saving another plan while executions wait asks what becomes of them, and saves nothing until it is told", async () => {
  await using world = await openWorld();
  await world.leads(3);
  const agent = await world.agent({ steps: before });
  await world.run(agent);
  await assert.rejects(save(world, agent, after), {
    code: "executions_wait",
    message: "1 execution waits on the plan as it was, with 3 journeys",
    facts: {
      waiting: {
        executions: 1,
        journeys: 3,
        steps: [{ step: "3", type: "wait", waiting: 3, movable: 3 }],
      },
    },
  });
  await assert.rejects(save(world, agent, [LEADS, mail("Another"), wait("P5D")]), {
    facts: {
      waiting: {
        executions: 1,
        journeys: 3,
        steps: [{ step: "3", type: "wait", waiting: 3, movable: 0 }],
      },
    },
  });
  assert.equal((await world.services.agents.byNo(agent.no))?.version, 1);
  const renamed = await world.services.agents.save(world.entered, agent.id, { name: "Other" });
  assert.equal(renamed.version, 2); // it does the same
});

test("VE-12 told to finish, what waits finishes on the plan that it started with", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const agent = await world.agent({ steps: before });
  const id = await world.run(agent);
  await save(world, agent, after, "finish");
  await world.restart();
  await world.runOut(id, DAY);
  assert.deepEqual(await subjects(world), ["First", "First", "Old second", "Old second"]);
});

test("VE-13 told to cancel, what waits ends with the save, whatever crashes after it, and says by whom and why", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const agent = await world.agent({ steps: before });
  const id = await world.run(agent);
  await save(world, agent, after, "cancel");
  await world.restart();
  await world.settle();
  assert.equal(await world.state(id), "canceled");
  const [canceled] = await world.factsOf(id, "canceled");
  assert.deepEqual(await world.factsOf(id, "cancelAsked"), [
    { t: "cancelAsked", by: "olga", reason: "The agent was saved with another plan." },
  ]);
  assert.ok(canceled !== undefined);
  await world.pass(10 * DAY);
  assert.deepEqual(await subjects(world), ["First", "First"]);
});

test("VE-14 told to move, journeys that have not come to a changed step go on by the new plan, the others by the old one", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.add("contact", {
    firstName: "Vip",
    email: "vip@acme.test",
    status: "Lead",
    title: "VIP",
  });
  const isVip = { field: "contact.title", operator: "==", value: "VIP" };
  const early = {
    type: "if",
    params: isVip,
    then: [mail("Old vip"), wait("P9D"), mail("Old late")],
  };
  const agent = await world.agent({ steps: [LEADS, early, wait("P5D"), mail("Old second")] });
  const id = await world.run(agent);
  await world.pass(DAY);
  const steps = [LEADS, early, wait("P5D"), mail("New second"), wait("P1D"), mail("New third")];
  const saved = await save(world, agent, steps, "move");
  await world.restart();
  await world.runOut(id, DAY);
  assert.deepEqual((await subjects(world)).toSorted(), [
    "New second",
    "New second",
    "New second",
    "New third",
    "New third",
    "New third",
    "Old late",
    "Old vip",
  ]);
  assert.deepEqual(
    (await world.factsOf(id, "moved")).map(({ key, by, given }) => [key, by, given !== undefined]),
    [["version 2", "olga", true], ...Array.from({ length: 3 }, () => ["version 2", "olga", false])],
  );
  assert.equal(saved.version, 2);
  assert.equal((await world.ended(id)).state, "completed");
});

test("VE-14 what stands at a changed step or behind one, or searches otherwise, is not moved", async () => {
  await using world = await openWorld();
  await world.leads(2);
  const agent = await world.agent({ steps: before });
  const id = await world.run(agent);
  await save(world, agent, [LEADS, mail("First"), wait("P9D"), mail("New second")], "move");
  await world.runOut(id, DAY);
  assert.deepEqual(await subjects(world), ["First", "First", "Old second", "Old second"]);
  const moved = (await world.allFacts(id)).filter(({ fact }) => fact.t === "moved");
  assert.deepEqual(
    moved.map(({ lane }) => lane),
    [0],
  );
});

test("VE-15 a move holds whatever crashes when: once on record every replay knows it, before that it is taken at the next start", async () => {
  for (const restarts of [["saved"], ["told"], ["half"], ["saved", "told", "half"]]) {
    await using world = await openWorld();
    await world.leads(2);
    const agent = await world.agent({ steps: before });
    const id = await world.run(agent);
    await save(world, agent, after, "move");
    if (restarts.includes("saved")) await world.restart();
    world.node().engine.listen();
    await world.settle();
    if (restarts.includes("told")) await world.restart();
    await world.pass(5 * DAY);
    if (restarts.includes("half")) await world.restart();
    await world.runOut(id, DAY);
    assert.deepEqual(
      await subjects(world),
      ["First", "First", "New second", "New second"],
      restarts.join(),
    );
  }
});

test("VE-16 an execution is moved more than once, and what it opens afterwards goes by the last plan", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.add("contact", { firstName: "Cu", email: "cu@acme.test", status: "Customer" });
  const customers = {
    type: "search_contacts",
    params: { field: "status", operator: "==", value: "Customer" },
  };
  const plan = (subject: string) => [LEADS, wait("P5D"), customers, mail(subject)];
  const agent = await world.agent({ steps: plan("One") });
  const id = await world.run(agent);
  await save(world, agent, plan("Two"), "move");
  await world.pass(DAY);
  await save(world, agent, plan("Three"), "move");
  await world.restart();
  await world.runOut(id, DAY);
  assert.deepEqual(await subjects(world), ["Three"]);
});

test("VE-17 a retry of an execution that was moved goes on by the plan that it was moved onto, or is refused where mails differ", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const agent = await world.agent({ steps: [LEADS, wait("P5D")] });
  const id = await world.run(agent);
  const gone = { type: "send_email", params: { template: "Gone" } };
  await save(world, agent, [LEADS, wait("P5D"), gone], "move");
  assert.equal((await world.runOut(id, DAY)).state, "failed");
  await world.template("Gone", "Here again");
  const { workspace } = world.entered;
  const retried = await world.node().beginAgain({
    workspace,
    agent,
    version: "original",
    retryOf: id,
    from: "failed",
    by: "olga",
  });
  assert.equal((await world.runOut(retried, DAY)).state, "completed");
  assert.deepEqual(await subjects(world), ["Here again"]);
});

test("VE-17 where mails differ between the plans of one that was moved, only a retry from the start is offered", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const vip = { firstName: "Vip", email: "vip@acme.test", status: "Lead", title: "VIP" };
  await world.add("contact", vip);
  const early = (subject: string) => ({
    type: "if",
    params: { field: "contact.title", operator: "==", value: "VIP" },
    then: [mail(subject), wait("P9D")],
  });
  const agent = await world.agent({ steps: [LEADS, early("Old vip"), wait("P5D"), mail("Last")] });
  const id = await world.run(agent);
  await world.pass(DAY);
  await save(world, agent, [LEADS, early("New vip"), wait("P5D"), mail("Last")], "move");
  await world.runOut(id, DAY);
  const { workspace } = world.entered;
  const again = { workspace, agent, retryOf: id, from: "3", by: "olga" };
  await assert.rejects(world.node().beginAgain({ ...again, version: "original" }), {
    code: "conflict",
    suggestion: "Retry from the start.",
  });
});
