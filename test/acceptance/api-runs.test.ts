import assert from "node:assert/strict";
import { test } from "node:test";

import { type Answer, openStint, until, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem, run, WELCOME } from "./steps.ts";

test("3.2-7 trigger answers 202 with the execution, which runs to its end and tells what it did", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 5);
  const execution = await run(stint, await addAgent(stint.ask));
  assert.equal(execution.status, "completed");
  assert.equal(execution.summary, "Processed 5 contacts, sent 5 emails, added 5 tags");
  assert.deepEqual(
    execution.steps.map((step: Answer["body"]) => [
      step.path,
      step.status,
      step.progress?.done ?? null,
    ]),
    [
      ["1", "completed", null],
      ["2", "completed", 5],
      ["3", "completed", 5],
    ],
  );
  const { items } = (await stint.ask("GET", "outbox")).body;
  assert.deepEqual(
    items.map(({ to }: { to: string }) => to).toSorted(),
    [1, 2, 3, 4, 5].map((i) => `n${i}@acme.test`),
  );
  assert.ok(items.every((message: Answer["body"]) => message.executionId === execution.id));
  const again = await stint.ask("GET", `agents/${execution.agent.id}/executions/${execution.id}`);
  assert.deepEqual(again.body, execution);
});

test("3.2-5 of two triggers at the same instant one runs, the other is told which", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 20);
  const agent = await addAgent(stint.ask);
  const both = await Promise.all([1, 2].map(() => stint.ask("POST", `agents/${agent}/trigger`)));
  const [started, refused] = both.toSorted((a, b) => a.status - b.status) as [Answer, Answer];
  assert.equal(started.status, 202);
  assertProblem(refused, 409, "already_running");
  assert.equal(
    refused.body.detail,
    "Agent is already running. Wait for current execution to complete.",
  );
  assert.equal(refused.body.executionId, started.body.executionId);
  await untilEnded(stint, started.body.executionId as string);
});

test("3.2-6 who may not run an agent is told why", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask, WELCOME, { manualRun: ["admin", "owner"] });
  assertProblem(
    await (
      await stint.as("viewer")
    )("POST", `agents/${agent}/trigger`),
    403,
    "forbidden",
  );
  const refused = await (await stint.as("member"))("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 403, "forbidden");
  assert.match(refused.body.detail, /may be run by admins and owners/);
});

test("3.2-9 a paused agent is not run, and the answer says that it is paused and why", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask);
  assert.equal((await stint.ask("POST", `agents/${agent}/pause`)).body.status, "paused");
  const refused = await stint.ask("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 409, "agent_paused");
  assert.match(refused.body.detail, /is paused: somebody paused it/);
  assert.equal((await stint.ask("POST", `agents/${agent}/resume`)).body.status, "draft");
});

test("3.2-10 and 3.1-8 an agent without anything to work on answers 422 and names /execute, which runs it on whom one names", async () => {
  await using stint = await openStint();
  const [first] = await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, "Send the 'Welcome' email.");
  const refused = await stint.ask("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 422, "nothing_to_work_on");
  assert.match(refused.body.suggestion, /\/execute/);
  const started = await stint.ask("POST", `agents/${agent}/execute`, {
    body: { contactIds: [first] },
  });
  assert.equal(started.status, 202);
  assert.equal(
    (await untilEnded(stint, started.body.executionId as string)).summary,
    "Processed 1 contact, sent 1 email",
  );
  const unknown = await stint.ask("POST", `agents/${agent}/execute`, {
    body: { contactIds: ["con_none"] },
  });
  assertProblem(unknown, 404, "not_found");
});

test("3.1-5 instructions that nobody understands answer 202, and their execution is recorded as failed", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask, "Hop on one leg.");
  const execution = await run(stint, agent);
  assert.equal(execution.status, "failed");
  assert.equal(execution.error.message, "Unable to parse instructions. Please clarify.");
  assert.match(JSON.stringify(execution.error.details), /Hop on one leg/);
  const preview = await stint.ask("POST", "parse", { body: { instructions: "Hop on one leg." } });
  assertProblem(preview, 422, "unparseable");
  assert.equal(preview.body.error.details.length, 1);
  const plan = (await stint.ask("POST", "parse", { body: { instructions: WELCOME } })).body.plan;
  assert.deepEqual(
    plan.steps.map(({ type }: { type: string }) => type),
    ["search_contacts", "send_email", "add_tag"],
  );
});

test("AP-89 what is taken for a remark is told by the preview, and by the agent that is saved", async () => {
  await using stint = await openStint();
  const instructions = "Send the 'A' email to contacts in Rome. They froze their budget.";
  const remarks = [{ start: 40, end: 63 }];
  const { ask } = stint;
  assert.deepEqual(
    (await ask("POST", "parse", { body: { instructions } })).body.reading.remarks,
    remarks,
  );
  const agent = await addAgent(ask, instructions);
  assert.deepEqual((await ask("GET", `agents/${agent}`)).body.reading.remarks, remarks);
});

test("3.7-7 a template that does not exist fails the step that names it before anything was sent", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(
    stint.ask,
    "Find contacts with status Lead.\nSend the 'xyz' email.\nAdd tag 'X'.",
  );
  const execution = await run(stint, agent);
  assert.equal(execution.status, "failed");
  assert.equal(execution.error.message, "Email template 'xyz' not found");
  assert.equal(execution.error.suggestion, "Create template or update agent instructions");
  assert.deepEqual(
    execution.steps.map(({ status }: { status: string }) => status),
    ["notExecuted", "failed", "notExecuted"],
  );
  assert.equal((await stint.ask("GET", "outbox")).body.items.length, 0);
});

test("3.12-1 a wait shows when the agent will resume, and can be skipped", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 3);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const started = await stint.ask("POST", `agents/${agent}/trigger`);
  const id = started.body.executionId as string;
  const waiting = await until(stint, id, ({ status }) => status === "waiting");
  assert.equal(waiting.message, "Agent paused. Will resume in 5 days.");
  assert.equal(waiting.waitsFor.what, "timer");
  assert.equal(waiting.steps[3].status, "waiting");
  assert.equal((await stint.ask("POST", `executions/${id}/skip-wait`)).status, 202);
  assert.equal((await untilEnded(stint, id)).status, "completed");
});

test("AP-9 a trigger that is repeated with its Idempotency-Key starts nothing new", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask);
  const send = () =>
    stint.ask("POST", `agents/${agent}/trigger`, { headers: { "idempotency-key": "k1" } });
  const first = await send();
  await untilEnded(stint, first.body.executionId as string);
  assert.deepEqual((await send()).body, first.body);
  assert.equal((await stint.ask("GET", "executions")).body.items.length, 1);
});

test("EN-134 an execution in a line says what it waits for and until when, holds its agent, and can be canceled", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 1);
  const agent = await addAgent(stint.ask, WELCOME, { restrictions: { maxExecutionsPerMinute: 1 } });
  const first = await run(stint, agent);
  const started = await stint.ask("POST", `agents/${agent}/trigger`);
  assert.equal(started.status, 202);
  const id = started.body.executionId as string;
  const { status, phase, waitsFor } = (await stint.ask("GET", `executions/${id}`)).body;
  assert.deepEqual([status, phase, waitsFor.what], ["queued", "pending", "limit"]);
  assert.equal(waitsFor.text, "its agent's limit of 1 executions a minute");
  const waits = Date.parse(waitsFor.until) - Date.parse(first.startedAt);
  assert.ok(waits >= 59_000 && waits <= 62_000, `${waits} ms`);
  const { items } = (await stint.ask("GET", "executions")).body;
  assert.deepEqual(items[0].waitsFor, waitsFor);
  const refused = await stint.ask("POST", `agents/${agent}/trigger`);
  assertProblem(refused, 409, "already_running");
  assert.equal(refused.body.executionId, id);
  await stint.ask("POST", `executions/${id}/cancel`, { body: {} });
  assert.equal((await untilEnded(stint, id)).status, "canceled");
});
