import assert from "node:assert/strict";
import { test } from "node:test";

import { openStint, untilEnded } from "./server.ts";
import { addAgent, addContacts, assertProblem } from "./steps.ts";

test("AP-16 an Idempotency-Key counts for one request: another agent, route or retry with it is its own, another body is refused", async () => {
  await using stint = await openStint();
  const [one, two] = await addContacts(stint.ask, 2);
  const agents = [await addAgent(stint.ask), await addAgent(stint.ask)];
  const headers = { "idempotency-key": "k" };
  const send = async (path: string, body?: object) => {
    const answer = await stint.ask("POST", path, { headers, body });
    if (answer.status === 202) await untilEnded(stint, answer.body.executionId as string);
    return answer;
  };
  const started: string[] = [];
  for (const agent of agents) {
    started.push((await send(`agents/${agent}/trigger`)).body.executionId as string);
    const named = await send(`agents/${agent}/execute`, { contactIds: [one] });
    started.push(named.body.executionId as string);
  }
  const again = await send(`executions/${started[0]}/retry`);
  started.push(again.body.executionId as string);
  assert.equal(new Set(started).size, 5);
  assert.deepEqual((await send(`executions/${started[0]}/retry`)).body, again.body);
  const path = `agents/${agents[0]}/execute`;
  assert.equal((await send(path, { contactIds: [one] })).body.executionId, started[1]);
  const other = await send(path, { contactIds: [two] });
  assertProblem(other, 409, "conflict");
  assert.match(other.body.detail, /was used for another request/);
});

test("AP-17 an execute that names nobody runs on nobody: it answers 422 and names /trigger", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask);
  for (const body of [{}, { contactIds: [] }, { form: {} }]) {
    const refused = await stint.ask("POST", `agents/${agent}/execute`, { body });
    assertProblem(refused, 422, "nothing_to_work_on");
    assert.match(refused.body.suggestion, /\/trigger/);
  }
  assert.equal((await stint.ask("GET", "executions")).body.items.length, 0);
});

test("AP-18 a condition nested without end answers 422 wherever it comes in", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask);
  let condition: object = { field: "status", operator: "exists" };
  for (let depth = 0; depth < 3000; depth += 1) condition = { not: condition };
  const target = { entity: "contact", condition };
  assertProblem(
    await stint.ask("POST", `agents/${agent}/trigger`, { body: { target } }),
    422,
    "invalid",
  );
  for (const trigger of [
    { type: "manual", target },
    { type: "event", event: "contact_created", condition },
  ]) {
    const body = { triggers: [trigger] };
    assertProblem(await stint.ask("PATCH", `agents/${agent}`, { body }), 422, "invalid");
  }
});

test("AP-19 an import's answer counts all rows that were left out and tells which columns were", async () => {
  await using stint = await openStint();
  const text = "First name,Email,Shoe size\nJane,jane@acme.test,7\nBroken,nowhere,8\n";
  const { body } = await stint.ask("POST", "contacts/import", { text, type: "text/csv" });
  assert.equal(body.errorCount, 1);
  assert.match(body.warnings.join(), /Shoe size/);
});
