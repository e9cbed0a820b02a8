import assert from "node:assert/strict";
import { test } from "node:test";

import { openStint } from "./server.ts";
import { addAgent, assertProblem } from "./steps.ts";

const WORDS = "Find contacts with status Lead. Send the 'Welcom' email.";
const SPAN = { start: 42, end: 48 };

test("VA-25 the preview, a saved agent and going live tell the same problems, and errors keep it a draft", async () => {
  await using stint = await openStint();
  const { ask } = stint;
  await addAgent(ask);
  const preview = await ask("POST", "parse", { body: { instructions: WORDS } });
  assert.equal(preview.status, 200, JSON.stringify(preview.body));
  const [problem] = preview.body.problems;
  assert.deepEqual(
    [problem.path, problem.span, problem.severity, problem.code, problem.instead],
    ["2", SPAN, "error", "template_not_found", "Welcome"],
  );
  const made = await ask("POST", "agents", { body: { name: "Draft", instructions: WORDS } });
  assert.deepEqual(made.body.problems, preview.body.problems);
  const refused = await ask("POST", `agents/${made.body.id}/go-live`);
  assertProblem(refused, 422, "template_not_found");
  assert.deepEqual(refused.body.problems, preview.body.problems);
  assert.match(refused.body.suggestion, /^Did you mean 'Welcome'\?/);
  assert.equal((await ask("GET", `agents/${made.body.id}`)).body.status, "draft");
  const live = { name: "Live", instructions: WORDS, status: "live" };
  assertProblem(await ask("POST", "agents", { body: live }), 422, "template_not_found");
  const { start, end } = SPAN;
  const instructions = WORDS.slice(0, start) + problem.instead + WORDS.slice(end);
  const saved = await ask("PATCH", `agents/${made.body.id}`, { body: { instructions } });
  assert.deepEqual(saved.body.problems, []);
  const gone = await ask("POST", `agents/${made.body.id}/go-live`);
  assert.deepEqual([gone.status, gone.body.status], [200, "live"]);
});

test("VA-26 the preview counts the settings that it is sent, else those of the agent that it names", async () => {
  await using stint = await openStint();
  const { ask } = stint;
  const instructions = "Find all contacts. Email them.";
  const template = await ask("POST", "templates", { body: { name: "T", subject: "S", body: "B" } });
  const defaultTemplateId = template.body.id as string;
  const codes = async (more: object): Promise<readonly string[]> =>
    (await ask("POST", "parse", { body: { instructions, ...more } })).body.problems.map(
      ({ code }: { code: string }) => code,
    );
  assert.deepEqual(await codes({}), ["template_not_found"]);
  assert.deepEqual(await codes({ defaultTemplateId }), []);
  const body = { name: "A", instructions, defaultTemplateId };
  const agentId = (await ask("POST", "agents", { body })).body.id as string;
  assert.deepEqual(await codes({ agentId }), []);
  assert.deepEqual(await codes({ agentId, defaultTemplateId: null }), ["template_not_found"]);
  const triggers = [{ type: "schedule", cron: "0 9 * * 1" }];
  assert.deepEqual(await codes({ agentId, triggers }), ["repeats"]);
  assertProblem(
    await ask("POST", "parse", { body: { instructions, agentId: "agt_nobody" } }),
    404,
    "not_found",
  );
});

test("VA-36 a workspace's fallbacks are set by any name of a field, read back by its own, and refused for what there is not", async () => {
  await using stint = await openStint();
  const { ask } = stint;
  assert.deepEqual((await ask("GET", "fallbacks")).body, { items: [] });
  const field = { entity: "contact", name: "Lead Score", type: "number" };
  await ask("POST", "custom-fields", { body: field });
  const items = [
    { field: "@contact.first_name", text: " there " },
    { field: "contact.custom.leadScore", text: "none yet" },
  ];
  const put = await ask("PUT", "fallbacks", { body: { items } });
  assert.equal(put.status, 200, JSON.stringify(put.body));
  assert.deepEqual(put.body.items, [
    { field: "contact.Lead Score", text: "none yet" },
    { field: "contact.firstName", text: "there" },
  ]);
  assert.deepEqual((await ask("GET", "fallbacks")).body, put.body);
  const refuse = async (...given: readonly object[]): Promise<void> =>
    assertProblem(await ask("PUT", "fallbacks", { body: { items: given } }), 422, "invalid");
  await refuse({ field: "contact.nick", text: "x" });
  const near = [{ field: "contact.fristName", text: "x" }];
  const told = await ask("PUT", "fallbacks", { body: { items: near } });
  assert.match(told.body.suggestion, /^Did you mean 'contact.firstName'\?/);
  await refuse({ field: "form.name", text: "x" });
  await refuse({ field: "contact.firstName", text: "" });
  await refuse(
    { field: "contact.firstName", text: "x" },
    { field: "contact.givenName", text: "y" },
  );
  assert.deepEqual((await ask("GET", "fallbacks")).body, put.body);
});
