import assert from "node:assert/strict";
import { test } from "node:test";

import { openStint } from "./server.ts";
import { addAgent, addContacts, assertProblem } from "./steps.ts";

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
