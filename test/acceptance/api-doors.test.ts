import assert from "node:assert/strict";
import { test } from "node:test";

import { openStint } from "./server.ts";
import { addAgent, assertProblem } from "./steps.ts";

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
