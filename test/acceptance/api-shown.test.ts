/** What an execution shows of itself: to people, and while it waits. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { type Answer, openStint, until } from "./server.ts";
import { addAgent, addContacts, assertProblem, run, WELCOME } from "./steps.ts";

const statuses = ({ steps }: Answer["body"]): string[] =>
  steps.map(({ status }: { status: string }) => status);

test("SH-1 the step whose fault ended the execution is shown as failed, also where some got through it", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 5);
  const agent = await addAgent(stint.ask, WELCOME, { restrictions: { maxEmailsPerDay: 3 } });
  const execution = await run(stint, agent);
  assert.deepEqual([execution.status, execution.error.step], ["failed", "2"]);
  assert.deepEqual(statuses(execution), ["completed", "failed", "notExecuted"]);
  assert.match(execution.steps[1].error.message, /Email limit reached/);
});

test("SH-1 a contact's fault stays a warning of its step", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  await stint.ask("POST", "contacts", { body: { firstName: "N3", status: "Lead" } });
  const execution = await run(stint, await addAgent(stint.ask));
  assert.equal(execution.status, "completed");
  assert.deepEqual(statuses(execution), ["completed", "warning", "completed"]);
});

test("SH-2 an agent without a plan shows no steps", async () => {
  await using stint = await openStint();
  const execution = await run(stint, await addAgent(stint.ask, "Hop on one leg."));
  assert.deepEqual([execution.steps, execution.stepsDone, execution.stepsTotal], [[], 0, 0]);
  const { items } = (await stint.ask("GET", "executions")).body;
  assert.deepEqual([items[0].stepsDone, items[0].stepsTotal], [0, 0]);
});

test("SH-3 while it waits, a journey names the step that it waits at, and the time so far is told", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  const waiting = await until(stint, id, ({ status }) => status === "waiting");
  const journeys = (await stint.ask("GET", `executions/${id}/journeys`)).body.items;
  assert.deepEqual(
    journeys.map(({ planStep }: { planStep: string }) => planStep),
    ["4", "4"],
  );
  const [item] = (await stint.ask("GET", "executions")).body.items;
  for (const { startedAt, activeMs, waitedMs } of [waiting, item]) {
    assert.ok(activeMs >= 0 && waitedMs >= 0 && startedAt !== null);
    assert.ok(activeMs !== null && waitedMs !== null);
  }
  assert.equal(item.activeMs, waiting.activeMs);
});

test("SH-4 who skips the wait of a journey that is not there is told so", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  await until(stint, id, ({ status }) => status === "waiting");
  const skip = (lane: number) =>
    stint.ask("POST", `executions/${id}/skip-wait`, { body: { lane } });
  const refused = await skip(999);
  assertProblem(refused, 404, "not_found");
  assert.match(refused.body.detail, /no journey 999/);
  assert.equal((await skip(1)).status, 202);
});
