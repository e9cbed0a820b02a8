import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";

import { examine } from "#ledger/doctor/examine.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";
import { backUp } from "#upkeep/backup.ts";

import { fakeAgents } from "./fake-agents.ts";
import { command, ended, goOn, invoke, shown } from "./invoking.ts";
import { stint as atTerminal } from "./processes.ts";
import { type Answer, openStint, until } from "./server.ts";
import { assertProblem } from "./steps.ts";

type Body = Answer["body"];

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

test("L-9 one query of executions tells by Agent CLI, time, cost and duration, over the API, in files and at a terminal", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const agent = await invoke(stint, agents, "say yes");
  const plain = await command(stint, agents, "true");
  for (const id of [agent, plain]) await ended(stint, id);
  const found = async (query: string): Promise<readonly string[]> =>
    (await stint.ask("GET", `executions?${query}`)).body.items.map(({ id }: Body) => id);
  assert.deepEqual(await found("cli=claude"), [agent]);
  assert.deepEqual(await found("cli=claude&dateRange=24h&minCost=0.002&minDurationMs=0"), [agent]);
  assert.deepEqual(await found("cli=claude&minCost=0.003"), []);
  assert.deepEqual(await found("cli=command&kind=invocation&status=completed"), [plain]);
  assert.deepEqual(await found("cli=command&kind=automation"), []);
  assert.deepEqual(await found("cli=codex"), []);
  assertProblem(await stint.ask("GET", "executions?cli=nobody"), 422, "invalid");
  const file = (await stint.ask("GET", "executions/export?format=json&cli=claude")).body;
  assert.deepEqual(
    file.map(({ id }: Body) => id),
    [agent],
  );
  const words = ["executions", "ls", "--cli", "claude", "--max-cost", "1", "--json"];
  const { out, err } = await atTerminal([...words, "--data", stint.data]);
  assert.equal(JSON.parse(out).id, agent, err);
});

test("L-4 and L-6 of each round its duration, retries, errors and tool calls by the tool's name are counted, and those of all rounds in its execution", async () => {
  await using agents = await fakeAgents();
  await using stint = await openStint();
  const id = await invoke(stint, agents, "run ls\nfail make\ndeny Edit\nretry\nretry\nsay done");
  await ended(stint, id);
  await goOn(stint, id, "run ls");
  const { rounds, roundList } = await ended(stint, id);
  assert.deepEqual(
    roundList.map(({ tools, toolErrors, retries, denials }: Body) => [
      tools,
      toolErrors,
      retries,
      denials,
    ]),
    [
      [{ Bash: 2, Edit: 1 }, 2, 2, 1], // what is denied ends as an error, too
      [{ Bash: 1 }, 0, 0, 0],
    ],
  );
  assert.equal(rounds, 2);
  for (const { startedAt, completedAt, durationMs } of roundList)
    assert.equal(durationMs, Date.parse(completedAt) - Date.parse(startedAt));
  const { figures } = (await stint.ask("GET", `executions/${id}`)).body;
  assert.deepEqual([figures["tool.Bash"], figures["tool.Edit"]], [3, 1]);
});
