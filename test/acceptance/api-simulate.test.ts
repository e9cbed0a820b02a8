import assert from "node:assert/strict";
import { test } from "node:test";

import { contentsOf } from "#drivers/automation/simulation/testing.ts";

import { stint as command } from "./processes.ts";
import { openStint } from "./server.ts";
import { addAgent, addContacts, assertProblem } from "./steps.ts";

test("3.2-11 an agent is simulated as it was saved: nothing is sent, changed, listed or counted", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 3);
  const agent = await addAgent(stint.ask);
  const file = `${stint.data}/stint.db`;
  const before = contentsOf(file);
  const { status, body } = await stint.ask("POST", `agents/${agent}/simulate`);
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.simulation, true);
  assert.equal(body.unsaved, false);
  assert.deepEqual(body.agent, { id: agent, name: "Welcome", version: 1 });
  assert.deepEqual(body.walks[0].figures, { emailsSent: 3, tagsAdded: 3 });
  assert.equal(body.walks[0].samples[0].happenings[0].mail.subject, "Hi N1");
  assert.deepEqual(contentsOf(file), before);
  assert.deepEqual((await stint.ask("GET", "outbox")).body.items, []);
  assert.deepEqual((await stint.ask("GET", "executions")).body.items, []);
});

test("SI-11 instructions, a plan and settings are simulated before anybody saves them, with an agent and without", async () => {
  await using stint = await openStint();
  const [first] = await addContacts(stint.ask, 3);
  const agent = await addAgent(stint.ask);
  const words = "Find contacts with status Lead. Set status to Contacted.";
  const edited = await stint.ask("POST", `agents/${agent}/simulate`, {
    body: { instructions: words, most: 2 },
  });
  assert.equal(edited.body.unsaved, true);
  assert.deepEqual(edited.body.selections, [{ type: "contact", found: 3, walked: 2 }]);
  assert.deepEqual(edited.body.walks[0].samples[0].happenings[0].changes, [
    { field: "status", from: "Lead", to: "Contacted" },
  ]);

  const plan = { steps: [{ type: "add_tag", params: { tags: ["x"] } }] };
  const alone = await stint.ask("POST", "simulate", { body: { plan, contactIds: [first] } });
  assert.equal(alone.body.agent, null);
  assert.deepEqual(alone.body.walks[0].figures, { tagsAdded: 1 });

  const held = await stint.ask("POST", `agents/${agent}/simulate`, {
    body: { restrictions: { maxEmailsPerDay: 2, onLimit: "hold" } },
  });
  assert.equal(held.body.walks[0].sending.days, 2);
  assert.equal(held.body.walks[0].sending.pauses, false);
});

test("SI-12 words that nobody understands are refused as they are read, and who only reads may not simulate", async () => {
  await using stint = await openStint();
  const refused = await stint.ask("POST", "simulate", { body: { instructions: "Dance." } });
  assertProblem(refused, 422, "unparseable");
  assert.ok(refused.body.error.details.length > 0);
  assertProblem(await stint.ask("POST", "simulate", { body: {} }), 422, "invalid");
  const viewer = await stint.as("viewer");
  const body = { instructions: "Find contacts with status Lead." };
  assertProblem(await viewer("POST", "simulate", { body }), 403, "forbidden");
  const member = await stint.as("member");
  assert.equal((await member("POST", "simulate", { body })).status, 200);
});

test("SI-13 a simulation is canceled with its request, and the API answers others meanwhile", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 20);
  const agent = await addAgent(stint.ask);
  const leaving = new AbortController();
  const simulating = fetch(
    `${stint.url}/api/workspaces/${stint.workspaceId}/agents/${agent}/simulate`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${stint.key}` },
      signal: leaving.signal,
    },
  );
  assert.equal((await stint.ask("GET", "agents")).status, 200);
  leaving.abort();
  await assert.rejects(simulating);
  assert.equal((await stint.ask("POST", `agents/${agent}/simulate`)).status, 200);
});

test("SI-14 the command line reads a simulation aloud, and says by its exit code whether a run would fail", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 2);
  await addAgent(stint.ask);
  const told = await command(["simulate", "Welcome", "--data", stint.data]);
  assert.equal(told.code, 0, told.err);
  assert.match(told.out, /^Simulation of Welcome: nothing was sent, nothing was changed\.\n/);
  assert.match(told.out, /It would send 2 emails over 1 day under your limits, add 2 tags\./);
  assert.match(told.out, / {4}day 1: Email to n1@acme\.test: Hi N1/);
  const text = "Find contacts with status Lead. Send the 'Gone' email.";
  const failing = await command(["simulate", "--data", stint.data, "--text", text]);
  assert.equal(failing.code, 1);
  assert.match(failing.out, /Fails: Email template 'Gone' not found/);
  assert.equal((await command(["simulate", "--data", stint.data])).code, 2);
});
