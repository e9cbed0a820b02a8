/** Executions of agents as people are shown them, time moved by the test. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { type Executions, openExecutions } from "#api/executions/executions.ts";
import { openRuns, type Runs } from "#api/executions/runs.ts";
import type { Execution } from "#contract/shapes/executions.ts";
import type { TemplateId } from "#domain/id.ts";
import { DAY, openWorld, type World } from "#drivers/automation/testing.ts";

interface Shown extends Executions {
  readonly runs: Runs;
  readonly see: (id: string) => Promise<Execution>;
  readonly statuses: (id: string) => Promise<readonly string[]>;
}

function show({ ledger, services, needs, node, entered }: World): Shown {
  const search = { find: async () => ({ nos: [], goOnFrom: null, behindSince: null }) };
  const { engine, begin, beginAgain } = node();
  const keyNames = async () => new Map<string, string>();
  const { inLine, versionOf } = engine;
  const executions = openExecutions({
    ...services,
    ledger,
    search,
    keyNames,
    inLine,
    versionOf,
  });
  const runs = openRuns({ ...services, store: needs.store, engine, executions, begin, beginAgain });
  const see = (id: string): Promise<Execution> => executions.detail(entered.workspace.no, id);
  return {
    ...executions,
    runs,
    see,
    statuses: async (id) => (await see(id)).steps.map(({ status }) => status),
  };
}

const WORDS =
  "Find contacts with status Lead.\nSend the 'Welcome' email.\nWait 5 days.\nAdd tag 'Late'.";
const WELCOME = "Find contacts with status Lead.\nSend the 'Welcome' email.\nAdd tag 'A'.";

test("3.13-1 from its start a record says of which agent and version, by whom and why, with an id of its own", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.template("Welcome");
  const agent = await world.agent(WORDS);
  const id = await world.begin(agent);
  await world.settle();
  const { see } = show(world);
  const seen = await see(id);
  assert.match(id, /^run_/);
  assert.deepEqual(
    [
      seen.agent?.id,
      seen.agentVersion,
      seen.trigger.type,
      seen.trigger.by.id,
      seen.trigger.by.name,
    ],
    [agent.id, 1, "manual", "olga", "Olga Owner"],
  );
  assert.equal(seen.startedAt, new Date(world.clock.now()).toISOString());
});

test("3.13-2 at its end it has its duration, each step with params and outcome, and a summary", async () => {
  await using world = await openWorld();
  await world.leads(5);
  await world.template("Welcome");
  const id = await world.run(await world.agent(WORDS));
  await world.pass(5 * DAY);
  const seen = await show(world).see(id);
  assert.equal(seen.status, "completed");
  assert.equal(seen.summary, "Processed 5 contacts, sent 5 emails, added 5 tags");
  assert.equal(seen.durationMs, 5 * DAY);
  const [, mail] = seen.steps;
  assert.deepEqual(mail?.params, { template: "Welcome" });
  assert.equal(mail?.progress?.done, 5);
  assert.match(JSON.stringify(mail?.result), /n3@acme\.test/);
});

test("3.1-7 status, steps, results and error are kept on the execution", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const id = await world.run(await world.agent(WELCOME));
  const seen = await show(world).see(id);
  assert.deepEqual(
    [seen.status, seen.error, seen.stepsDone, seen.stepsTotal],
    ["completed", null, 3, 3],
  );
  assert.ok(seen.startedAt !== null && seen.completedAt !== null);
  assert.deepEqual(seen.figures, {
    contactsFound: 2,
    contactsProcessed: 2,
    emailsSent: 2,
    tagsAdded: 2,
  });
});

test("3.2-3 a run that worked on five contacts says so in figures and summary", async () => {
  await using world = await openWorld();
  await world.leads(5);
  const { figures, summary } = await show(world).see(
    await world.run(await world.agent("Find contacts with status Lead.\nAdd tag 'A'.")),
  );
  assert.equal(figures["contactsProcessed"], 5);
  assert.equal(summary, "Processed 5 contacts, added 5 tags");
});

test("3.5-1 each step has a status, from pending to completed, and its times", async () => {
  await using world = await openWorld();
  await world.leads(3);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 100 });
  const id = await world.run(await world.agent(WORDS));
  const { see, statuses } = show(world);
  assert.deepEqual(await statuses(id), ["completed", "running", "pending", "pending"]);
  assert.equal((await see(id)).message, "Step 2: Sending emails... (0 of 3 sent)");
  await world.pass(50);
  await world.pass(50);
  assert.deepEqual(await statuses(id), ["completed", "completed", "waiting", "pending"]);
  await world.pass(5 * DAY);
  const { steps } = await see(id);
  assert.deepEqual(
    steps.map(({ status }) => status),
    ["completed", "completed", "completed", "completed"],
  );
  assert.deepEqual(
    steps.map(({ durationMs }) => durationMs),
    [0, 100, 5 * DAY, 0],
  );
});

test("3.5-1 a branch that nobody took is skipped, a contact's fault makes a warning, what failed ends the rest", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.add("contact", { firstName: "Bad", status: "Lead" });
  const template = (await world.template("Welcome")) as TemplateId;
  const find = {
    type: "search_contacts",
    params: { field: "contact.status", operator: "==", value: "Lead" },
  };
  const send = { type: "send_email", params: { template: "Welcome" } };
  const never = { field: "contact.firstName", operator: "==", value: "Nobody" };
  const branch = {
    type: "if",
    params: never,
    then: [{ type: "add_tag", params: { tags: ["A"] } }],
  };
  const first = await world.run(await world.agent({ steps: [find, send, branch] }));
  const { statuses, see } = show(world);
  assert.deepEqual(await statuses(first), ["completed", "warning", "completed", "skipped"]);
  const wait = { type: "wait", params: { duration: "P1D" } };
  const second = await world.run(
    await world.agent({ steps: [find, wait, send, branch] }, { name: "B" }),
  );
  await world.services.templates.remove(world.entered, template);
  await world.pass(DAY);
  assert.deepEqual(await statuses(second), [
    "completed",
    "completed",
    "failed",
    "notExecuted",
    "notExecuted",
  ]);
  assert.equal((await see(second)).error?.step, "3");
});

test("3.13-3 at a failure it has message, step and details, and which steps were done, failed, or not executed", async () => {
  await using world = await openWorld();
  await world.leads(3);
  await world.template("Welcome");
  const agent = await world.agent(WELCOME, { restrictions: { maxEmailsPerDay: 2 } });
  const seen = await show(world).see(await world.run(agent));
  assert.deepEqual(
    [seen.status, seen.error?.message, seen.error?.step],
    ["failed", "Email limit reached (2/day)", "2"],
  );
  assert.deepEqual(seen.error?.details, { limit: "emailsPerDay" });
  assert.equal(seen.summary, "Sent 2 emails");
  assert.deepEqual(seen.steps.map(({ status }) => status).toSpliced(1, 1), [
    "completed",
    "notExecuted",
  ]);
});

test("3.13-4 and 3.13-9 a canceled execution says when, by whom and why; waiting is left out of its active time", async () => {
  await using world = await openWorld();
  await world.leads(2);
  await world.template("Welcome");
  const id = await world.run(await world.agent(WORDS));
  await world.pass(2 * DAY);
  const { runs, see } = show(world);
  await runs.cancel(world.entered, id, "not now");
  await world.settle();
  const seen = await see(id);
  assert.deepEqual(
    [seen.status, seen.canceledBy?.id, seen.canceledAt],
    ["canceled", "olga", new Date(world.clock.now()).toISOString()],
  );
  assert.deepEqual([seen.durationMs, seen.activeMs], [2 * DAY, 0]);
});

test("3.13-9 after several waits the active time leaves out all of them, and only them", async () => {
  await using world = await openWorld();
  await world.leads(1);
  await world.template("Welcome");
  world.mail.configure(1, { latencyMs: 1000 });
  const id = await world.run(await world.agent(`${WORDS}\nWait 1 day.\nSend the 'Welcome' email.`));
  for (let n = 0; n < 3; n += 1) await world.pass(500);
  assert.equal((await show(world).see(id)).message, "Agent paused. Will resume in 5 days.");
  await world.pass(5 * DAY);
  assert.equal((await show(world).see(id)).message, "Agent paused. Will resume in 1 day.");
  await world.pass(DAY);
  assert.equal((await show(world).see(id)).status, "running");
  for (let n = 0; n < 3; n += 1) await world.pass(500);
  const { activeMs, waitedMs, status } = await show(world).see(id);
  assert.equal(status, "completed");
  assert.ok(waitedMs !== null && Math.abs(waitedMs - 6 * DAY) < 2000, String(waitedMs));
  assert.ok(activeMs !== null && activeMs >= 2000 && activeMs < 4000, String(activeMs));
});

test("3.14-7 a retry from the start is a record of its own with the same context, linked both ways", async () => {
  await using world = await openWorld();
  const [first = ""] = await world.leads(3);
  const agent = await world.agent("Send the 'Welcome' email.");
  const failed = await world.run(agent, { context: { entity: "contact", ids: [first] } });
  assert.equal(await world.state(failed), "failed");
  await world.template("Welcome");
  const { runs, see } = show(world);
  const { executionId: again } = await runs.retry(world.entered, failed, { version: "original" });
  await world.settle();
  const seen = await see(again);
  assert.deepEqual([seen.status, seen.retryOf, seen.trigger.type], ["completed", failed, "retry"]);
  assert.deepEqual((await see(failed)).retries, [again]);
  assert.deepEqual(await world.mailed(), ["n1@acme.test"]);
});

test("3.2-9 a paused agent is not run by hand, and an ordinary failure pauses none", async () => {
  await using world = await openWorld();
  await world.leads(1);
  const agent = await world.agent("Find contacts with status Lead.\nSend the 'xyz' email.");
  assert.equal(await world.state(await world.run(agent)), "failed");
  assert.equal((await world.services.agents.byNo(agent.no))?.status, "draft");
  const paused = await world.services.agents.pause(world.entered, agent.id);
  await assert.rejects(
    show(world).runs.trigger(world.entered, paused, undefined),
    /is paused: somebody paused it/,
  );
});
