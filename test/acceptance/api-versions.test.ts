import assert from "node:assert/strict";
import { test } from "node:test";

import { openStint, until } from "./server.ts";
import { addAgent, addContacts, assertProblem } from "./steps.ts";

const FIRST = "Find contacts with status Lead.\nWait 5 days.\nAdd tag 'Old'.";
const SECOND = "Find contacts with status Lead.\nWait 5 days.\nAdd tag 'New'.";

test("VE-19 over the API versions are listed with what they changed, compared and restored", async () => {
  await using stint = await openStint();
  const agent = await addAgent(stint.ask, FIRST);
  await stint.ask("PATCH", `agents/${agent}`, {
    body: { instructions: SECOND, restrictions: { maxEmailsPerDay: 7 } },
  });
  const { items } = (await stint.ask("GET", `agents/${agent}/versions`)).body;
  assert.deepEqual(
    items.map(({ version, changed }: { version: number; changed: string }) => [version, changed]),
    [
      [2, "Steps: 1 changed; emails a day"],
      [1, "First version"],
    ],
  );
  const { body: diff } = await stint.ask("GET", `agents/${agent}/versions/2/diff`);
  assert.deepEqual(
    diff.instructions.filter(({ is }: { is: string }) => is !== "same"),
    [
      { is: "removed", text: "Old" },
      { is: "added", text: "New" },
    ],
  );
  assert.equal(diff.steps[2].is, "changed");
  assert.equal(diff.steps[2].to.words, "Add tag 'New'");
  assert.deepEqual(diff.settings, [{ field: "restrictions.maxEmailsPerDay", from: 100, to: 7 }]);
  const back = await stint.ask("GET", `agents/${agent}/versions/1/diff?against=2`);
  assert.equal(back.body.from.version, 2);

  const restored = await stint.ask("POST", `agents/${agent}/versions/1/restore`);
  assert.equal(restored.body.version, 3);
  assert.equal(restored.body.instructions, FIRST);
  const third = await stint.ask("GET", `agents/${agent}/versions/3`);
  assert.equal(third.body.restoredFrom, 1);
  assertProblem(await stint.ask("POST", `agents/${agent}/versions/9/restore`), 404, "not_found");
  const member = await stint.as("member");
  assertProblem(await member("POST", `agents/${agent}/versions/1/restore`), 403, "forbidden");
});

test("VE-19 over the API a save is asked about what waits, and carried out with a choice", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  const agent = await addAgent(stint.ask, FIRST);
  const { executionId } = (await stint.ask("POST", `agents/${agent}/trigger`)).body;
  await until(stint, executionId as string, ({ status }) => status === "waiting");
  const asked = await stint.ask("PATCH", `agents/${agent}`, { body: { instructions: SECOND } });
  assertProblem(asked, 409, "executions_wait");
  assert.deepEqual(asked.body.waiting, {
    executions: 1,
    journeys: 2,
    steps: [{ step: "2", type: "wait", waiting: 2, movable: 2 }],
  });
  const moved = await stint.ask("PATCH", `agents/${agent}`, {
    body: { instructions: SECOND, waiting: "move" },
  });
  assert.equal(moved.body.version, 2);
  await stint.ask("POST", `executions/${executionId}/skip-wait`);
  const ended = await until(
    stint,
    executionId as string,
    ({ completedAt }) => completedAt !== null,
  );
  assert.equal(ended.status, "completed");
  assert.deepEqual(ended.steps[2].params, { tags: ["New"] });
  const { items } = (await stint.ask("GET", "contacts")).body;
  assert.deepEqual(
    items.map(({ tags }: { tags: string[] }) => tags),
    [["New"], ["New"]],
  );
});
