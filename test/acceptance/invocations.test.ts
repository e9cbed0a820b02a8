import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { examine } from "#ledger/doctor/examine.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";
import { backUp } from "#upkeep/backup.ts";

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
  assert.equal(readFileSync(agents.log, "utf8").includes("second"), false);
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
  assert.deepEqual(readFileSync(agents.log, "utf8").split("\n").slice(0, 2), [
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

test("IV-3 lists are narrowed by status, outcome, Agent CLI and node, and what is narrowed away is not there", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const fine = await invoke(stint, agents, "say yes");
  await ended(stint, fine);
  const failed = await command(stint, agents, "exit 1");
  await ended(stint, failed);
  const gone = await command(stint, agents, "kill -9 $$");
  await ended(stint, gone);
  const running = await invoke(stint, agents, gate.prompt);
  await until(stint, running, ({ status }) => status === "running");
  const idle = await invoke(stint, agents, "say later");
  const found = async (query: string): Promise<readonly string[]> => {
    const answer = await stint.ask("GET", `invocations?${query}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.items.map(({ id }: Body) => id);
  };
  assert.deepEqual(await found(""), [idle, running, gone, failed, fine]);
  assert.deepEqual(await found("status=idle"), [idle]);
  assert.deepEqual(await found("status=running"), [running]);
  assert.deepEqual(await found("status=completed"), [gone, failed, fine]);
  assert.deepEqual(await found("outcome=succeeded"), [fine]);
  assert.deepEqual(await found("outcome=failed"), [failed]);
  assert.deepEqual(await found("outcome=interrupted"), [gone]);
  assert.deepEqual(await found("outcome=canceled"), []);
  assert.deepEqual(await found("status=running&outcome=failed"), []);
  assert.deepEqual(await found("cli=command"), [gone, failed]);
  assert.deepEqual(await found("cli=codex"), []);
  const all = (await stint.ask("GET", "executions?kind=invocation")).body.items;
  assert.deepEqual(
    all.map(({ status, phase }: Body) => [status, phase]),
    [
      ["idle", "pending"],
      ["running", "active"],
      ["completed", "failed"],
      ["completed", "failed"],
      ["completed", "succeeded"],
    ],
  );
  gate.open();
  await ended(stint, idle);
});

test("IV-4 prompts and answers are found by who may see them, and shown to nobody else; the environment's values to nobody", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const env = { ...agents.env, SECRET_TOKEN: "s3cr3t-value" };
  const id = await invoke(stint, agents, "say pomegranate", { env });
  const invocation = await ended(stint, id);
  assert.ok(invocation.envNames.includes("SECRET_TOKEN"));
  await goOn(stint, id, "say tangerine");
  await ended(stint, id);
  const viewer = await stint.as("viewer");
  const hidden = (await viewer("GET", `invocations/${id}`)).body;
  assert.deepEqual(
    [hidden.prompt, hidden.payloads, hidden.roundList.map(({ text }: Body) => text)],
    ["", "redacted", ["", ""]],
  );
  for (const path of [`rounds/1/output`, `rounds/1/raw`, `follow`])
    assert.equal((await viewer("GET", `invocations/${id}/${path}`)).status, 403, path);
  const start = { cli: "claude", prompt: "x", folder: agents.folder };
  const member = await stint.as("member");
  assert.equal((await member("POST", "invocations", { body: start })).status, 403);
  for (const path of [`invocations/${id}`, `executions/${id}`, `executions/${id}/facts`]) {
    const body = JSON.stringify((await stint.ask("GET", path)).body);
    assert.equal(body.includes("s3cr3t-value"), false, path);
  }
  const found = async (ask: typeof viewer, word: string): Promise<number> => {
    const query = `executions?search=${word}`;
    let page = (await ask("GET", query)).body;
    while (page.searchLagMs > 0) page = (await ask("GET", query)).body;
    return page.items.length as number;
  };
  assert.equal(await found(stint.ask, "pomegranate"), 1);
  assert.equal(await found(stint.ask, "tangerine"), 1);
  assert.equal(await found(viewer, "tangerine"), 0);
  const leaky = await command(stint, agents, "echo password=hunter2 >&2; exit 1");
  assert.equal((await ended(stint, leaky)).roundList[0].message, "password=hunter2");
  for (const path of [
    `invocations/${leaky}`,
    `executions/${leaky}`,
    "executions",
    "executions/errors",
  ])
    assert.doesNotMatch(JSON.stringify((await viewer("GET", path)).body), /hunter2/, path);
  assert.equal(await found(viewer, "hunter2"), 0);
});

test("IV-5 who starts is told by field what is wrong, and the same key starts one", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const missing = { cli: "claude", prompt: "x", folder: join(agents.folder, "missing") };
  const refused = await stint.ask("POST", "invocations", { body: missing });
  assertProblem(refused, 422, "invalid");
  assert.equal(refused.body.errors[0].path, "folder");
  const body = { cli: "command", command: ["true"], folder: agents.folder };
  const keyed = { body, headers: { "idempotency-key": "once" } };
  const [one, other] = await Promise.all([1, 2].map(() => stint.ask("POST", "invocations", keyed)));
  assert.equal(one?.body.executionId, other?.body.executionId);
  const another = { ...keyed, body: { ...body, command: ["false"] } };
  assertProblem(await stint.ask("POST", "invocations", another), 409, "conflict");
  assertProblem(await stint.ask("GET", "invocations/inv_0"), 404, "not_found");
  const { folder } = agents;
  for (const [path, message, given] of [
    ["prompt", /NUL/, { cli: "claude", prompt: "a\0b", folder }],
    ["prompt", /at most 131,071 bytes/, { cli: "claude", prompt: "語".repeat(50_000), folder }],
    ["command.1", /NUL/, { ...body, command: ["true", "\0"] }],
    ["env.KEY", /NUL/, { ...body, env: { KEY: "secret\0" } }],
    ["env.A B", /no name of an environment variable/, { ...body, env: { "A B": "x" } }],
  ] as const) {
    const { status, body: told } = await stint.ask("POST", "invocations", { body: given });
    assert.deepEqual([status, told.errors[0].path], [422, path]);
    assert.match(told.errors[0].message, message);
  }
});

test("IV-6 a limit ends a round with its reason, and what its processes take is told", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const gate = agents.gate();
  const limits = { totalMs: 1000 };
  const late = await ended(stint, await invoke(stint, agents, gate.prompt, { limits }));
  assert.deepEqual([late.outcome, late.error.code], ["failed", "limit"]);
  assert.match(late.error.message, /took longer than/);
  assert.deepEqual(late.limits, limits);
  const { resources } = late;
  assert.ok(resources.cpuMs > 0);
  assert.ok(resources.peakMemoryBytes > 0);
});

test("IV-21 what has failed is grouped by its kind, its code and what Stint says of it, with how often, when first and when last", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const failing = [
    "warn Error: port 3000 is taken\nexit 1",
    "warn Error: port 3001 is taken\nexit 1",
  ];
  const ids: string[] = [];
  for (const prompt of [...failing, "refused"]) {
    const id = await invoke(stint, agents, prompt);
    await ended(stint, id);
    ids.push(id);
  }
  await ended(stint, await invoke(stint, agents, "say fine"));
  const { items, lookedBackTo } = (await stint.ask("GET", "executions/errors")).body;
  assert.equal(lookedBackTo, null);
  const said = items.map(({ kind, code, message, count }: Body) => [kind, code, message, count]);
  assert.deepEqual(said, [
    ["invocation", "crash", "Its process ended with an error.", 2],
    ["invocation", "rate_limit", "Its provider let no more requests through.", 1],
  ]);
  const [first] = items;
  assert.equal(first.executionId, ids[1]);
  assert.ok(first.firstSeen < first.lastSeen);
  await goOn(stint, ids[2] ?? "", "say better now");
  await ended(stint, ids[2] ?? "");
  const after = (await stint.ask("GET", "executions/errors?kind=invocation")).body.items;
  assert.deepEqual(
    after.map(({ count }: Body) => count),
    [2],
    "one that was gone on with has not failed any more",
  );
  assert.deepEqual((await stint.ask("GET", "executions/errors?kind=automation")).body.items, []);
});

test("IV-7 invocations that were gone on with are whole to the doctor, and are shown from the archive as before", async () => {
  await using agents = await fakeAgents();
  const stint = await openStint();
  const { data } = stint;
  const id = await invoke(stint, agents, "say one");
  await ended(stint, id);
  await goOn(stint, id, "refused");
  await ended(stint, id);
  await goOn(stint, id, "say three");
  await ended(stint, id);
  const kept = await ended(stint, await invoke(stint, agents, "say kept"));
  await stint.app.close();
  const db = new DatabaseSync(join(data, "stint.db"));
  const { leftOut } = await backUp(data, join(agents.folder, "backup"), Date.now());
  assert.ok(leftOut.includes("invocations"), "what was written is not in a backup, and it says so");
  const days = () => (_ws: number, at: number) => Math.floor(at / 86_400_000);
  assert.deepEqual(examine(db, { days, running: false }).findings.named, []);
  db.close();
  const ledger = await openSqliteLedger(join(data, "stint.db"));
  assert.deepEqual(await compareWithRebuilt(ledger), []);
  await ledger.close();
  {
    await using again = await openStint({ data });
    const before = await shown(again, id);
    const items = [{ kind: "invocation", days: 0, archive: true }];
    assert.equal((await again.ask("PUT", "retention", { body: { items } })).status, 200);
    const { items: gone } = (await again.ask("POST", "retention/apply")).body;
    assert.deepEqual(gone, [{ kind: "invocation", executions: 2, archived: 2 }]);
    assert.deepEqual((await again.ask("GET", "invocations")).body.items, []);
    assert.deepEqual(await shown(again, id), { ...before, series: [] }); // that went with its files
    const message = { body: { prompt: "more" } };
    assertProblem(await again.ask("POST", `invocations/${id}/messages`, message), 409, "conflict");
    assert.deepEqual((await shown(again, kept.id)).roundList[0].text, "kept");
  }
  rmSync(data, { recursive: true });
});
