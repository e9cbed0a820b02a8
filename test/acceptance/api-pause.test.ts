import assert from "node:assert/strict";
import { test } from "node:test";

import { openStint, type Stint, until, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem, WELCOME } from "./steps.ts";

async function waiting(stint: Stint): Promise<{ readonly id: string; readonly agent: string }> {
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, `${WELCOME}\nWait 5 days.\nAdd tag 'Late'.`);
  const started = await stint.ask("POST", `agents/${agent}/trigger`);
  const id = started.body.executionId as string;
  await until(stint, id, ({ status }) => status === "waiting");
  return { id, agent };
}

test("AP-60 an execution is paused and resumed, says by whom, and keeps its status and due time", async () => {
  await using stint = await openStint();
  const { id } = await waiting(stint);
  const before = (await stint.ask("GET", `executions/${id}`)).body;
  assert.equal((await stint.ask("POST", `executions/${id}/pause`)).status, 202);
  const paused = await until(stint, id, ({ pausedBy }) => pausedBy !== null);
  assert.equal(paused.status, "waiting");
  assert.equal(paused.message, `Paused by ${paused.pausedBy.name}`);
  assert.equal(paused.resumeAt, before.resumeAt);
  assert.equal(paused.waitsFor.what, "person");
  const listed = async (query: string) =>
    (await stint.ask("GET", `executions?${query}`)).body.items;
  assert.deepEqual(
    [(await listed("paused=true")).length, (await listed("paused=false")).length],
    [1, 0],
  );
  assert.equal((await stint.ask("POST", `executions/${id}/resume`)).status, 202);
  const resumed = await until(stint, id, ({ pausedBy }) => pausedBy === null);
  assert.deepEqual([resumed.status, resumed.resumeAt], ["waiting", before.resumeAt]);
  assert.deepEqual(
    [(await listed("paused=true")).length, (await listed("paused=false")).length],
    [0, 1],
  );
  await stint.ask("POST", `executions/${id}/skip-wait`);
  assert.equal((await untilEnded(stint, id)).status, "completed");
});

test("AP-61 what has ended is not paused, and only who may act on executions pauses them", async () => {
  await using stint = await openStint();
  const { id } = await waiting(stint);
  const asViewer = await stint.as("viewer");
  assertProblem(await asViewer("POST", `executions/${id}/pause`), 403, "forbidden");
  assertProblem(await asViewer("POST", `executions/${id}/resume`), 403, "forbidden");
  await stint.ask("POST", `executions/${id}/pause`);
  await stint.ask("POST", `executions/${id}/cancel`);
  assert.equal((await untilEnded(stint, id)).status, "canceled");
  for (const act of ["pause", "resume"]) {
    const refused = await stint.ask("POST", `executions/${id}/${act}`);
    assertProblem(refused, 409, "conflict");
    assert.match(refused.body.detail, /is canceled: it cannot be (paused|resumed)/);
  }
  assertProblem(await stint.ask("POST", "executions/run_none/pause"), 404, "not_found");
});

test("3.12-3 an agent that is paused over the API pauses what waits, and its resume lets it go on", async () => {
  await using stint = await openStint();
  const { id, agent } = await waiting(stint);
  await stint.ask("POST", `agents/${agent}/pause`);
  const paused = await until(stint, id, ({ pausedBy }) => pausedBy !== null);
  assert.equal(paused.status, "waiting");
  await stint.ask("POST", `agents/${agent}/resume`);
  await until(stint, id, ({ pausedBy }) => pausedBy === null);
  await stint.ask("POST", `executions/${id}/skip-wait`);
  assert.equal((await untilEnded(stint, id)).status, "completed");
});
