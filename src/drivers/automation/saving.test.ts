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
