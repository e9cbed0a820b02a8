/** An email agent whose process dies, or is taken for dead, around each of its writes. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { ExecutionId } from "#domain/id.ts";
import { type RequestKey, requestKey } from "#drivers/automation/request-key.ts";
import type { Node } from "#drivers/automation/testing-nodes.ts";
import type { Ended } from "#drivers/automation/testing-reading.ts";
import { openWorld, type World } from "#drivers/automation/testing.ts";
import type { Agent } from "#workspace/agent.ts";

import { type Fate, type Stopping, stoppingAt } from "../crash/life.ts";

const CONTACTS = 5;
const FATES = ["before", "after"] as const;
const INSTRUCTIONS =
  "Find contacts with status Lead.\nSend the 'Welcome' email.\nAdd tag 'Welcomed'.";
const NEVER = Number.POSITIVE_INFINITY;

async function openScene(): Promise<World> {
  const world = await openWorld();
  await world.leads(CONTACTS);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 20, loseAnswerRate: 0.3 });
  return world;
}

let agents = 0;
const newAgent = (world: World, maxEmailsPerDay = 100): Promise<Agent> => {
  const restrictions = { maxEmailsPerDay };
  return world.agent(INSTRUCTIONS, { name: `Agent ${++agents}`, restrictions });
};

/** Runs until it has ended, or the process has stopped. */
async function live(
  world: World,
  agent: Agent,
  key: RequestKey,
  hasStopped: () => boolean,
): Promise<string | undefined> {
  const started: { id?: ExecutionId } = {};
  void world.begin(agent, {}, { key }).then((id) => (started.id = id));
  for (let n = 0; n < 200; n += 1) {
    await world.pass(10);
    if (hasStopped()) break;
    if (started.id !== undefined && (await world.ledger.find(started.id))?.ended === true) break;
  }
  return started.id;
}

interface Broken {
  readonly first: Stopping;
  readonly agent: Agent;
  readonly key: RequestKey;
}

async function breakAt(world: World, n: number, when: Fate, limit?: number): Promise<Broken> {
  const agent = await newAgent(world, limit);
  const key = requestKey([agent.id]);
  let first: Stopping | undefined;
  await world.open((ledger, owner) => (first = stoppingAt(ledger, owner, n, when)));
  assert.ok(first !== undefined);
  await live(world, agent, key, first.hasStopped);
  return { first, agent, key };
}

/** Whoever had asked for it asks again, with the same key. */
async function takeOver(
  world: World,
  { agent, key }: Broken,
  alongside: () => void = () => undefined,
): Promise<string> {
  const node: Node = await world.open();
  alongside();
  const { workspace } = world.entered;
  const id = await node.begin({
    workspace,
    agent,
    key,
    workOn: {},
    trigger: { type: "manual", by: "olga" },
  });
  await world.runOut(id);
  return id;
}

async function assertWhole(world: World, id: string, what: string): Promise<Ended> {
  const sent = (await world.outbox())
    .filter(({ executionId }) => executionId === id)
    .map(({ to }) => to);
  assert.deepEqual(
    sent.toSorted(),
    [1, 2, 3, 4, 5].map((n) => `n${n}@acme.test`),
    what,
  );
  const { state, figures, warnings, fault } = await world.ended(id);
  const expected = { contactsFound: 5, contactsProcessed: 5, emailsSent: 5, tagsAdded: 5 };
  assert.deepEqual(
    { state, figures, warnings, fault },
    { state: "completed", figures: expected, warnings: 0, fault: undefined },
    what,
  );
  return { state, figures, warnings, fault };
}

async function countWrites(): Promise<number> {
  await using world = await openScene();
  const { first, key, agent } = await breakAt(world, NEVER, "before");
  const id = await takeOver(world, { first, key, agent });
  await assertWhole(world, id, "undisturbed");
  return first.writes();
}

test("DR-13 an email agent that dies before or after any write sends each mail once and comes to the same end", async () => {
  const writes = await countWrites();
  assert.ok(writes > 15, `${writes} writes`);
  await using world = await openScene();
  for (let n = 2; n <= writes; n += 1) {
    for (const when of FATES) {
      const broken = await breakAt(world, n, when);
      await assertWhole(world, await takeOver(world, broken), `${when} write ${n} of ${writes}`);
    }
  }
  assert.equal(await world.mail.outbox.duplicates(), 0);
});

test("DR-14 so does one whose first owner was only slow and goes on beside the second", async () => {
  const writes = await countWrites();
  await using world = await openScene();
  for (let n = 2; n <= writes; n += 1) {
    for (const when of FATES) {
      const broken = await breakAt(world, n, when);
      const id = await takeOver(world, broken, broken.first.resume);
      await assertWhole(world, id, `${when} write ${n} of ${writes}`);
    }
  }
  assert.equal(await world.mail.outbox.duplicates(), 0);
});

test("DR-14 and one whose first owner goes on when all is over", async () => {
  const writes = await countWrites();
  await using world = await openScene();
  for (let n = 2; n <= writes; n += 2) {
    const broken = await breakAt(world, n, n % 4 === 0 ? "before" : "after");
    const id = await takeOver(world, broken);
    broken.first.resume();
    for (let i = 0; i < 3; i += 1) await world.pass(10_000);
    await assertWhole(world, id, `write ${n} of ${writes}`);
  }
  assert.equal(await world.mail.outbox.duplicates(), 0);
});

test("DR-13 an agent that reaches its limit and dies anywhere never sends more, and says how many it sent", async () => {
  const limit = 3;
  await using world = await openScene();
  const whole = await breakAt(world, NEVER, "before", limit);
  for (let n = 2; n <= whole.first.writes(); n += 1) {
    for (const when of FATES) {
      const broken = await breakAt(world, n, when, limit);
      const id = await takeOver(world, broken);
      const sent = (await world.outbox()).filter(({ executionId }) => executionId === id);
      const what = `${when} write ${n}`;
      assert.ok(sent.length <= limit, what);
      assert.equal(new Set(sent.map(({ to }) => to)).size, sent.length, what);
      const { state, fault, figures } = await world.ended(id);
      assert.deepEqual([state, fault?.code], ["failed", "limit_reached"], what);
      assert.equal(figures["emailsSent"] ?? 0, sent.length, what);
      assert.equal((await world.services.agents.byNo(broken.agent.no))?.status, "paused", what);
    }
  }
});
