/** A plan with everything in it (memory, branches, waits, a second search) whose process dies on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { requestKey } from "#drivers/automation/request-key.ts";
import type { Ended } from "#drivers/automation/testing-reading.ts";
import { openWorld, type World } from "#drivers/automation/testing.ts";

import { type Fate, type Stopping, stoppingAt } from "../crash/life.ts";

const isFirstTwo = { field: "contact.firstName", operator: "in", value: ["N1", "N2"] };
const later = [
  { type: "wait", params: { duration: "PT30S" } },
  { type: "send_email", params: { subject: "@memory.word @contact.firstName", body: "B" } },
];
const STEPS = [
  { type: "remember", params: { key: "word", value: "Again" } },
  { type: "search_contacts", params: { field: "contact.status", operator: "==", value: "Lead" } },
  { type: "send_email", params: { template: "Welcome" } },
  {
    type: "if",
    params: isFirstTwo,
    then: later,
    else: [{ type: "create_task", params: { title: "Call @contact.firstName" } }],
  },
  { type: "wait", params: { duration: "PT1M" } },
  { type: "add_tag", params: { tags: ["Done"] } },
  { type: "search_contacts", params: { field: "contact.firstName", operator: "==", value: "N3" } },
  { type: "notify", params: { to: "@user.creator", message: "@contact.firstName" } },
];

interface Run {
  readonly writes: number;
  readonly came: Ended & { readonly sent: number };
}

async function run(world: World, n: number, when: Fate): Promise<Run> {
  const agent = await world.agent({ steps: STEPS }, { name: `${when} ${n}` });
  const place = { first: undefined as Stopping | undefined };
  await world.open((ledger, owner) => (place.first = stoppingAt(ledger, owner, n, when)));
  const { first } = place;
  assert.ok(first !== undefined);
  void world.begin(agent, {}, { key: requestKey([agent.id]) });
  for (let i = 0; i < 40 && !first.hasStopped(); i += 1) await world.pass(i < 10 ? 10 : 5000);
  const writes = first.writes();
  await world.open();
  const id = await world.begin(agent, {}, { key: requestKey([agent.id]) });
  const ended = await world.runOut(id, 3000);
  const sent = (await world.outbox()).filter(({ executionId }) => executionId === id).length;
  return { writes, came: { ...ended, sent } };
}

test("DR-13 a plan with branches, waits, memory and two searches comes to the same end, wherever it dies", async () => {
  await using world = await openWorld();
  await world.leads(4);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 20, loseAnswerRate: 0.3 });
  const whole = await run(world, Number.POSITIVE_INFINITY, "before");
  assert.deepEqual(
    [whole.came.state, whole.came.sent, whole.came.figures["emailsSent"]],
    ["completed", 6, 6],
  );
  for (let n = 2; n <= whole.writes; n += 2) {
    const when = n % 4 === 0 ? "before" : "after";
    assert.deepEqual((await run(world, n, when)).came, whole.came, `${when} write ${n}`);
  }
  assert.equal(await world.mail.outbox.duplicates(), 0);
});
