import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended, goOn, invoke, shown, untilSays } from "./invoking.ts";
import { type Answer, openStint, until } from "./server.ts";
import { assertProblem } from "./steps.ts";

type Body = Answer["body"];

test("C-1 and C-4 an invocation is idle, running while its process is, and completed with its outcome beside it", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const id = await invoke(stint, agents, gate.prompt);
  const running = await until(stint, id, ({ status }) => status === "running");
  assert.equal(running.phase, "active");
  gate.open();
  const invocation = await ended(stint, id);
  assert.deepEqual(
    [invocation.status, invocation.outcome, invocation.rounds, invocation.error],
    ["completed", "succeeded", 1, null],
  );
  const [round] = invocation.roundList;
  assert.deepEqual([round.text, round.outcome, round.exitCode], ["It came.", "succeeded", 0]);
  assert.equal(invocation.startedAt, round.startedAt);
  assert.equal(invocation.completedAt, round.completedAt);
  const times = [invocation.createdAt, invocation.startedAt, invocation.completedAt];
  assert.deepEqual(times, times.toSorted());
});

test("C-1 one that cannot be started, or is canceled before, is completed and was never running", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const missing = await invoke(stint, agents, "", {
    cli: "command",
    prompt: undefined,
    command: ["no-such-program"],
  });
  const failed = await ended(stint, missing);
  assert.deepEqual([failed.outcome, failed.startedAt, failed.durationMs], ["failed", null, null]);
  assert.equal(failed.error.code, "not_started");
  assert.match(failed.error.message, /"no-such-program" was not found/);
  const gate = agents.gate();
  const first = await invoke(stint, agents, gate.prompt);
  await until(stint, first, ({ status }) => status === "running");
  const second = await invoke(stint, agents, "say second");
  const waiting = await until(stint, second, ({ status }) => status === "idle");
  assert.equal(waiting.phase, "pending");
  await stint.ask("POST", `invocations/${second}/cancel`);
  const canceled = await ended(stint, second);
  assert.deepEqual([canceled.outcome, canceled.startedAt], ["canceled", null]);
  const [round] = canceled.roundList;
  assert.deepEqual([round.outcome, round.message], ["canceled", null]);
  gate.open();
  await ended(stint, first);
  assert.equal(
    agents.heard().some((line) => line.includes("second")),
    false,
  );
});

test("C-4 a crash, a failing provider, a cancel: each has its outcome, its reason and its exit code", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const crashed = await ended(stint, await invoke(stint, agents, "warn Error: it broke\nexit 3"));
  assert.deepEqual([crashed.outcome, crashed.error.code], ["failed", "crash"]);
  assert.equal(crashed.error.message, "Its process ended with an error.");
  assert.equal(crashed.roundList[0].message, "Error: it broke");
  const refused = await ended(stint, await invoke(stint, agents, "refused"));
  assert.deepEqual(
    [refused.outcome, refused.error.code, refused.roundList[0].exitCode],
    ["failed", "rate_limit", 1],
  );
  assert.match(refused.error.suggestion, /message/);
  const gate = agents.gate();
  const id = await invoke(stint, agents, gate.prompt);
  await untilSays(stint, id, "Waiting.");
  await stint.ask("POST", `invocations/${id}/cancel`, { body: { reason: "Enough." } });
  const canceled = await ended(stint, id);
  const [round] = canceled.roundList;
  assert.deepEqual([canceled.outcome, round.outcome, round.exitCode], ["canceled", "canceled", 0]);
  assert.equal(round.cost, "0.00204", "what it had used counts");
  const killed = await ended(stint, await command(stint, agents, "kill -9 $$"));
  assert.deepEqual([killed.outcome, killed.roundList[0].signal], ["interrupted", "SIGKILL"]);
  assert.equal(
    (await ended(stint, await command(stint, agents, "exit 7"))).roundList[0].exitCode,
    7,
  );
});

test("IV-60 what a canceled round had used counts once, with its tokens and its steps", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const id = await invoke(stint, agents, gate.prompt);
  await untilSays(stint, id, "Waiting.");
  await stint.ask("POST", `invocations/${id}/cancel`);
  const { outcome, cost, tokens } = await ended(stint, id);
  assert.deepEqual([outcome, cost, tokens.input], ["canceled", "0.00204", 300]);
  const { body } = await stint.ask("GET", `executions/${id}`);
  assert.deepEqual([body.cost, body.tokens.input, body.stepsDone], ["0.00204", 300, 1]);
});

test("C-5 a follow-up goes on in the same session with the same record: completed, running, completed", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "say one", { label: "Talk" });
  const first = await ended(stint, id);
  const gate = agents.gate();
  assert.equal(await goOn(stint, id, gate.prompt), 2);
  const between = await until(stint, id, ({ status }) => status === "running");
  assert.equal(between.completedAt, null);
  assertProblem(
    await stint.ask("POST", `invocations/${id}/messages`, { body: { prompt: "now" } }),
    409,
    "conflict",
  );
  gate.open();
  const second = await ended(stint, id);
  assert.deepEqual(
    [second.status, second.rounds, second.createdAt, second.startedAt, second.session],
    ["completed", 2, first.createdAt, first.startedAt, first.session],
  );
  assert.deepEqual(
    second.roundList.map(({ number, prompt, text, session }: Body) => [
      number,
      prompt,
      text,
      session,
    ]),
    [
      [1, "say one", "one", first.session],
      [2, gate.prompt, "It came.", first.session],
    ],
  );
  assert.deepEqual(agents.heard().slice(0, 2), [
    `${first.session} ${JSON.stringify("say one")}`,
    `${first.session} ${JSON.stringify(gate.prompt)}`,
  ]);
  const key = { headers: { "idempotency-key": "k" }, body: { prompt: "say three" } };
  const once = await stint.ask("POST", `invocations/${id}/messages`, key);
  await ended(stint, id);
  const again = await stint.ask("POST", `invocations/${id}/messages`, key);
  assert.deepEqual([once.body.round, again.body.round], [3, 3]);
  assert.equal((await shown(stint, id)).rounds, 3);
});

test("C-5 where the session is gone the round fails, says so, and what to do", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "say one");
  await ended(stint, id);
  const { session } = await shown(stint, id);
  rmSync(join(agents.env["XDG_DATA_HOME"] ?? "", `fake-claude-${session}`));
  await goOn(stint, id, "say two");
  const invocation = await ended(stint, id);
  assert.deepEqual(
    [invocation.outcome, invocation.error.code, invocation.roundList[1].reason],
    ["failed", "bad_session", "bad_session"],
  );
  assert.match(invocation.error.suggestion, /Start a new one/);
  assert.equal(invocation.roundList[0].outcome, "succeeded");
});

test("C-5 after a failure, an interruption or a cancel a message goes on as well; a command takes none", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const id = await invoke(stint, agents, gate.prompt);
  await untilSays(stint, id, "Waiting.");
  await stint.ask("POST", `invocations/${id}/cancel`);
  await ended(stint, id);
  await goOn(stint, id, "refused");
  assert.equal((await ended(stint, id)).outcome, "failed");
  await goOn(stint, id, "say on");
  const invocation = await ended(stint, id);
  assert.deepEqual([invocation.outcome, invocation.error], ["succeeded", null]);
  assert.deepEqual(
    invocation.roundList.map(({ outcome }: Body) => outcome),
    ["canceled", "failed", "succeeded"],
  );
  const done = await command(stint, agents, "true");
  await ended(stint, done);
  const refused = await stint.ask("POST", `invocations/${done}/messages`, {
    body: { prompt: "x" },
  });
  assertProblem(refused, 409, "conflict");
});

test("C-6 and C-7 cost and tokens are each round's own though the agent tells running totals, exact in every sum; the time between rounds is none of its own", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "say one");
  await ended(stint, id);
  await goOn(stint, id, "run echo hi");
  const invocation = await ended(stint, id);
  const tokens = { input: 300, cacheRead: 800, cacheWrite: 100, output: 35, reasoning: null };
  for (const round of invocation.roundList) {
    assert.deepEqual([round.cost, round.costSource, round.tokens], ["0.00204", "reported", tokens]);
  }
  const twice = Object.fromEntries(
    Object.entries(tokens).map(([kind, n]) => [kind, n === null ? null : 2 * n]),
  );
  assert.deepEqual(
    [invocation.cost, invocation.costUnknown, invocation.tokens],
    ["0.00408", 0, twice],
  );
  assert.deepEqual(invocation.roundList[1].tools, { Bash: 1 });
  const [one, two] = invocation.roundList;
  assert.equal(invocation.activeMs, one.durationMs + two.durationMs);
  const whole = Date.parse(invocation.completedAt) - Date.parse(invocation.startedAt);
  assert.equal(invocation.durationMs, whole);
  assert.ok(invocation.activeMs <= whole);
  const execution = (await stint.ask("GET", `executions/${id}`)).body;
  assert.deepEqual(
    [execution.cost, execution.figures.toolCalls, execution.figures["tool.Bash"]],
    ["0.00408", 1, 1],
  );
  const silent = await ended(stint, await invoke(stint, agents, "warn Error: it broke\nexit 3"));
  assert.deepEqual([silent.cost, silent.costUnknown, silent.tokens], [null, 1, null]);
  const plain = await ended(stint, await command(stint, agents, "true"));
  assert.deepEqual([plain.cost, plain.costUnknown, plain.tokens], [null, 0, null]);
});

test("C-6 after a round that had no process the session's totals stand where they stood", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "say one");
  await ended(stint, id);
  const gate = agents.gate();
  const holder = await invoke(stint, agents, gate.prompt);
  await until(stint, holder, ({ status }) => status === "running");
  const say = (prompt: string) =>
    stint.ask("POST", `invocations/${id}/messages`, { body: { prompt } });
  await say("say two");
  await stint.ask("POST", `invocations/${id}/cancel`);
  await ended(stint, id);
  gate.open();
  await ended(stint, holder);
  await say("say three");
  const { cost, costUnknown, roundList } = await ended(stint, id);
  assert.deepEqual([cost, costUnknown, roundList.length], ["0.00408", 0, 3]);
});

test("C-2, C-8 and C-9 fifty that start at once on one work node are numbered 1 to 50, and the node stays as it is", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const { ask } = stint;
  const node = (await ask("POST", "nodes", { body: { title: "Build it" } })).body;
  assert.equal(node.status, "todo");
  const other = (await ask("POST", "nodes", { body: { title: "Another" } })).body;
  assertProblem(await ask("GET", `nodes/${node.id}/invocations/latest`), 404, "not_found");
  const body = { cli: "command", command: ["true"], folder: agents.folder };
  const of = (nodeId: string) => ask("POST", "invocations", { body: { ...body, nodeId } });
  const started = await Promise.all(
    Array.from({ length: 60 }, (_, index) => of(index % 6 === 5 ? other.id : node.id)),
  );
  assert.deepEqual(new Set(started.map(({ status }) => status)), new Set([202]));
  const { items } = (await ask("GET", `nodes/${node.id}/invocations?limit=100`)).body;
  assert.deepEqual(
    items.map(({ executionIndex }: Body) => executionIndex),
    Array.from({ length: 50 }, (_, index) => index + 1),
  );
  assert.ok(items.every(({ nodeId }: Body) => nodeId === node.id));
  const page = (await ask("GET", `nodes/${node.id}/invocations?limit=30`)).body;
  const rest = (await ask("GET", `nodes/${node.id}/invocations?cursor=${page.nextCursor}`)).body;
  assert.deepEqual([page.items.length, rest.items.length, rest.nextCursor], [30, 20, null]);
  const latest = (await ask("GET", `nodes/${node.id}/invocations/latest`)).body;
  assert.deepEqual([latest.executionIndex, latest.id], [50, items.at(-1).id]);
  const [one] = items;
  await ended(stint, one.id);
  const retried = (await ask("POST", `executions/${one.id}/retry`)).body.executionId;
  assert.equal((await shown(stint, retried)).executionIndex, 51);
  for (const { body: made } of started) await ended(stint, made.executionId);
  assert.equal((await ask("GET", `nodes/${node.id}`)).body.status, "todo");
  const unknown = { ...body, nodeId: "nod_0" };
  const refused = await ask("POST", "invocations", { body: unknown });
  assertProblem(refused, 422, "invalid");
  assert.equal(refused.body.errors[0].path, "nodeId");
});

test("C-3 a node knows nothing of how its invocations end, nor they of it", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const node = (await stint.ask("POST", "nodes", { body: { title: "Build it" } })).body;
  const failed = await invoke(stint, agents, "warn Error: it broke\nexit 3", { nodeId: node.id });
  const fine = await invoke(stint, agents, "say yes", { nodeId: node.id });
  assert.equal((await ended(stint, failed)).outcome, "failed");
  assert.equal((await ended(stint, fine)).outcome, "succeeded");
  assert.deepEqual((await stint.ask("GET", `nodes/${node.id}`)).body, node);
});
