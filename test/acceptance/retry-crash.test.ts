/** A retry whose process dies on the way: it comes to the same end, and nobody is mailed twice. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { requestKey } from "#drivers/automation/request-key.ts";
import type { Ended } from "#drivers/automation/testing-reading.ts";
import { openWorld, type World } from "#drivers/automation/testing.ts";
import type { Agent } from "#workspace/agent.ts";

import { type Fate, type Stopping, stoppingAt } from "../crash/life.ts";

const FIND = {
  type: "search_contacts",
  params: { field: "contact.status", operator: "==", value: "Lead" },
};
const isFirst = { field: "contact.firstName", operator: "==", value: "N1" };
const STEPS = [
  { type: "remember", params: { key: "word", value: "Again" } },
  FIND,
  { type: "send_email", params: { subject: "First @contact.firstName", body: "B" } },
  { type: "if", params: isFirst, then: [{ type: "wait", params: { duration: "PT1M" } }], else: [] },
  { type: "send_email", params: { subject: "@memory.word @contact.firstName", body: "B" } },
  { type: "add_tag", params: { tags: ["Done"] } },
];

interface Run {
  readonly writes: number;
  readonly came: Ended & { readonly sent: readonly string[] };
}

/** Somebody cancels it while its mails are under way, each time at another moment. */
async function cancelInTheMiddle(world: World, agent: Agent, ms: number): Promise<string> {
  const id = await world.begin(agent);
  await world.pass(ms);
  await world.node().engine.cancel(id, "olga");
  await world.runOut(id, 3000);
  return id;
}

async function run(world: World, n: number, when: Fate): Promise<Run> {
  const agent = await world.agent({ steps: STEPS }, { name: `${when} ${n}` });
  const retryOf = await cancelInTheMiddle(world, agent, Number.isFinite(n) ? (n % 9) * 5 : 60);
  const { workspace } = world.entered;
  const key = requestKey([agent.id]);
  const again = {
    workspace,
    agent,
    retryOf,
    from: "failed",
    version: "original",
    by: "olga",
    key,
  } as const;
  const place = { first: undefined as Stopping | undefined };
  await world.open((ledger, owner) => (place.first = stoppingAt(ledger, owner, n, when)));
  const { first } = place;
  assert.ok(first !== undefined);
  void world.node().beginAgain(again);
  for (let i = 0; i < 40 && !first.hasStopped(); i += 1) await world.pass(i < 10 ? 10 : 5000);
  const writes = first.writes();
  await world.open();
  const id = await world.node().beginAgain(again);
  const ended = await world.runOut(id, 3000);
  const both = new Set<string>([retryOf, id]);
  const sent = (await world.outbox()).filter(({ executionId }) => both.has(executionId ?? ""));
  return { writes, came: { ...ended, sent: sent.map(({ subject }) => subject).toSorted() } };
}

test("DR-25 a retry that dies before or after any of its writes comes to the same end, and mails nobody twice", async () => {
  await using world = await openWorld();
  await world.leads(3);
  world.mail.configure(1, { latencyMs: 20, loseAnswerRate: 0.3 });
  const whole = await run(world, Number.POSITIVE_INFINITY, "before");
  assert.equal(whole.came.state, "completed");
  assert.deepEqual(whole.came.sent, [
    ...[1, 2, 3].map((n) => `Again N${n}`),
    ...[1, 2, 3].map((n) => `First N${n}`),
  ]);
  for (let n = 2; n <= whole.writes; n += 2) {
    const when = n % 4 === 0 ? "before" : "after";
    const { state, sent, fault } = (await run(world, n, when)).came;
    const { came } = whole;
    assert.deepEqual(
      [state, sent, fault],
      [came.state, came.sent, came.fault],
      `${when} write ${n}`,
    );
  }
  assert.equal(await world.mail.outbox.duplicates(), 0);
});
