import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { showExecution } from "#cli/executions.ts";
import {
  BAD_KEY,
  FAKE_KEY,
  fakeGemini,
  OVERLOADED,
  QUOTA,
} from "#instructions/parsers/model/testing.ts";

import { openStint, type Stint, untilEnded } from "./server.ts";
import { assertProblem } from "./steps.ts";

const gemini = await fakeGemini();
process.env["STINT_GEMINI_ENDPOINT"] = gemini.endpoint;
after(() => gemini[Symbol.asyncDispose]());

const PATH = "settings/model";
const TEXT = "Notify me.";

async function openWithKey(): Promise<Stint> {
  const stint = await openStint();
  const saved = await stint.ask("PUT", PATH, { body: { key: FAKE_KEY } });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  return stint;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

test("ML-45 Owners and Admins choose the model and test it; its key is told to nobody and stands nowhere in the open", async () => {
  await using stint = await openStint();
  const { ask } = stint;
  assertProblem(await (await stint.as("member"))("GET", PATH), 403, "forbidden");
  const before = (await ask("GET", PATH)).body;
  assert.deepEqual([before.provider, before.model, before.key], ["gemini", "gemini-2.5-pro", null]);
  assert.match(before.notice, /1 December 2026/);
  assertProblem(await ask("POST", `${PATH}/test`), 422, "invalid");
  assertProblem(await ask("PUT", PATH, { body: { provider: "nobody" } }), 422, "invalid");
  assertProblem(await ask("PUT", PATH, { body: { model: "no such id" } }), 422, "invalid");
  const tried = await ask("POST", `${PATH}/test`, { body: { key: FAKE_KEY } });
  assert.deepEqual([tried.body.ok, tried.body.model], [true, "gemini-2.5-pro"]);
  const admin = await stint.as("admin");
  const saved = await admin("PUT", PATH, { body: { key: FAKE_KEY, timeoutSeconds: 9 } });
  assert.equal(saved.body.key.hint, `…${FAKE_KEY.slice(-4)}`);
  gemini.next(BAD_KEY);
  const tested = (await ask("POST", `${PATH}/test`)).body;
  assert.equal(tested.ok, false);
  assert.match(tested.problem, /did not accept the key \(400\)/);
  assert.match(tested.suggestion, /Enter a key/);
  const answers = [saved, tested, await ask("GET", PATH), await ask("GET", "audit")];
  assert.ok(!JSON.stringify(answers).includes(FAKE_KEY));
  for (const path of filesBelow(stint.data))
    assert.ok(!readFileSync(path).includes(FAKE_KEY), path);
});

test("ML-46 and 3.1-1 with a key the model reads what is saved, what it used is counted, and the execution says who read", async () => {
  await using stint = await openWithKey();
  const { ask } = stint;
  const agent = (await ask("POST", "agents", { body: { name: "A", instructions: TEXT } })).body;
  assert.deepEqual(agent.reading, {
    parser: "model",
    model: "gemini-2.5-pro",
    notice: null,
    remarks: [],
  });
  assert.deepEqual(agent.plan.steps[0].span, { start: 0, end: 9 });
  const [used] = (await ask("GET", PATH)).body.usage;
  assert.deepEqual([used.model, used.readings, used.troubled], ["gemini-2.5-pro", 1, 0]);
  assert.ok(Number(used.cost) > 0);
  assert.deepEqual(used.tokens, { input: 1000, cacheRead: 200, cacheWrite: 0, output: 100 });
  const { executionId } = (await ask("POST", `agents/${agent.id}/trigger`)).body;
  const execution = await untilEnded(stint, executionId);
  assert.equal(execution.status, "completed", JSON.stringify(execution));
  assert.deepEqual(execution.reading, agent.reading);
  assert.equal(gemini.requests.at(-1)?.text, TEXT);
});

test("ML-47 where the model is not to be had the built-in parser reads, which the agent, its execution and its log say, until it is read again", async () => {
  await using stint = await openWithKey();
  const { ask } = stint;
  gemini.next(QUOTA);
  const agent = (await ask("POST", "agents", { body: { name: "A", instructions: TEXT } })).body;
  assert.equal(agent.reading.parser, "offline");
  assert.match(agent.reading.notice, /no quota left.*built-in parser read the instructions/);
  const { executionId } = (await ask("POST", `agents/${agent.id}/trigger`)).body;
  const execution = await untilEnded(stint, executionId);
  assert.equal(execution.status, "completed");
  assert.deepEqual(execution.reading, agent.reading);
  const facts = (await ask("GET", `executions/${executionId}/facts`)).body.items;
  assert.match(JSON.stringify(facts), /how the instructions were read.*no quota left/);
  const told: string[] = [];
  const nothing = (): void => undefined;
  const out = (line: string): number => told.push(line);
  const terminal = { out, err: nothing, redraw: nothing, isLive: false, columns: 80 };
  await showExecution(terminal, executionId, { data: stint.data, json: false });
  assert.match(told.join("\n"), /^The model gemini-2\.5-pro has no quota left/m);
  const same = (await ask("PATCH", `agents/${agent.id}`, { body: { instructions: TEXT } })).body;
  assert.equal(same.version, 1);
  const again = (await ask("PATCH", `agents/${agent.id}`, { body: { parser: "model" } })).body;
  assert.deepEqual([again.version, again.reading.parser], [2, "model"]);
  const own = { parser: "offline", instructions: "Notify me. Stop." };
  const offline = (await ask("PATCH", `agents/${agent.id}`, { body: own })).body;
  assert.deepEqual([offline.version, offline.reading.parser], [3, "offline"]);
});

test("ML-48 the preview reads by the built-in parser, and by the model where somebody who may save agents asks for it", async () => {
  await using stint = await openWithKey();
  const { ask } = stint;
  const before = gemini.requests.length;
  const quick = await ask("POST", "parse", { body: { instructions: TEXT } });
  assert.equal(quick.body.reading.parser, "offline");
  assert.equal(gemini.requests.length, before);
  const body = { instructions: TEXT, parser: "model" };
  assert.equal((await ask("POST", "parse", { body })).body.reading.parser, "model");
  assertProblem(await (await stint.as("member"))("POST", "parse", { body }), 403, "forbidden");
  const refused = await ask("POST", "parse", {
    body: { ...body, instructions: "Merge the duplicates." },
  });
  assertProblem(refused, 422, "unparseable");
  assert.equal(refused.body.reading.parser, "model");
  gemini.next(OVERLOADED, OVERLOADED, OVERLOADED);
  const busy = (await ask("POST", "parse", { body })).body;
  assert.match(busy.reading.notice, /overloaded at its provider \(503\): the built-in parser/);
});
