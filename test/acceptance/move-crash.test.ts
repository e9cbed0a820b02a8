/** Executions that wait while their agent is saved, and whose process dies on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { agentChangeSchema } from "#contract/shapes/agents.ts";
import type { Ended } from "#drivers/automation/testing-reading.ts";
import { openWorld, type World } from "#drivers/automation/testing.ts";

import { type Fate, type Stopping, stoppingAt } from "../crash/life.ts";

const isFirst = { field: "contact.firstName", operator: "==", value: "N1" };
const wait = (duration: string) => ({ type: "wait", params: { duration } });
const mail = (subject: string) => ({ type: "send_email", params: { subject, body: "B" } });
/** The first one comes to the changed step before the others. */
const stepsWith = (last: readonly object[]) => [
  { type: "search_contacts", params: { field: "contact.status", operator: "==", value: "Lead" } },
  { type: "if", params: isFirst, then: [], else: [wait("PT20S")] },
  wait("PT10S"),
  ...last,
];
const before = stepsWith([mail("Old"), wait("PT40S"), mail("Old last")]);
const after = stepsWith([mail("New"), wait("PT30S"), mail("New last")]);

interface Run {
  readonly writes: number;
  readonly came: Ended & { readonly sent: readonly string[] };
}

async function run(world: World, waiting: "move" | "cancel", n: number, when: Fate): Promise<Run> {
  const agent = await world.agent({ steps: before }, { name: `${waiting} ${when} ${n}` });
  const id = await world.run(agent);
  await world.pass(15_000); // the first one is past the changed step
  const instructions = JSON.stringify({ plan: { steps: after } });
  const change = agentChangeSchema.parse({ instructions, waiting });
  await world.services.agents.save(world.entered, agent.id, change);
  world.node().die();
  const place = { first: undefined as Stopping | undefined };
  await world.open((ledger, owner) => (place.first = stoppingAt(ledger, owner, n, when)));
  const { first } = place;
  assert.ok(first !== undefined);
  for (let i = 0; i < 24 && !first.hasStopped(); i += 1) await world.pass(5000);
  const writes = first.writes();
  first.die();
  await world.open();
  const ended = await world.runOut(id, 5000);
  const sent = (await world.outbox()).filter(({ executionId }) => executionId === id);
  const subjects = sent.map(({ subject, to }) => `${to}: ${subject}`).toSorted();
  return { writes, came: { ...ended, sent: subjects } };
}

for (const [waiting, expected] of [
  [
    "move",
    [
      "n1@acme.test: Old",
      "n1@acme.test: Old last",
      "n2@acme.test: New",
      "n2@acme.test: New last",
      "n3@acme.test: New",
      "n3@acme.test: New last",
    ],
  ],
  ["cancel", ["n1@acme.test: Old"]],
] as const) {
  test(`VE-18 told to ${waiting}, what waits comes to the same end wherever its process dies`, async () => {
    await using world = await openWorld();
    await world.leads(3);
    const whole = await run(world, waiting, Number.POSITIVE_INFINITY, "before");
    assert.deepEqual(whole.came.sent, expected);
    // The first write is that it opens.
    for (let n = 2; n <= whole.writes; n += 1) {
      const when = n % 2 === 0 ? "before" : "after";
      const { came } = await run(world, waiting, n, when);
      assert.deepEqual(came, whole.came, `${when} write ${n} of ${whole.writes}`);
    }
    assert.equal(await world.mail.outbox.duplicates(), 0);
  });
}
