/** What ran without Stint, brought into its history by the command line. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, suite, test } from "node:test";

import { openRecords, type Launcher } from "#agent-cli/records/records.ts";
import { NOT_SAID } from "#agent-cli/tokens.ts";
import { testClock } from "#domain/test-clock.ts";

import { fakeAgents } from "./fake-agents.ts";
import { ended, goOn, invoke, shown } from "./invoking.ts";
import { begin, stint as command } from "./processes.ts";
import { openStint, type Stint } from "./server.ts";

const SESSIONS = join(import.meta.dirname, "../fixtures/claude-sessions/projects");
const SESSION = "11111111-2222-4333-8444-555555555555";
const ID = "aaaaaaaa-0000-4000-8000-000000000001";

const scratch = await mkdtemp(join(tmpdir(), "stint-imports-"));
after(() => rm(scratch, { recursive: true, force: true }));

async function bring(stint: Stint, from: string, ...more: readonly string[]) {
  const words = ["import", "claude", "--from", from, "--data", stint.data, "--json", ...more];
  const { out, err, code } = await command(words);
  assert.equal(code, 0, err);
  return JSON.parse(out) as Record<string, unknown>;
}

async function all({ ask }: Stint): Promise<readonly Body[]> {
  return (await ask("GET", "invocations?limit=100")).body.items as readonly Body[];
}
type Body = Awaited<ReturnType<Stint["ask"]>>["body"];

interface Line {
  readonly at: string;
  readonly says?: string;
}

/** A session of one prompt each. */
async function session(
  folder: string,
  rounds: readonly Line[],
  { id = ID, cwd = "/project", model = "claude-sonnet-4-5-20250929" } = {},
): Promise<string> {
  await mkdir(join(folder, "-project"), { recursive: true });
  const told = (at: string, uuid: string) => ({
    timestamp: at,
    uuid,
    cwd,
    sessionId: id,
    isSidechain: false,
  });
  const usage = { input_tokens: 300, cache_read_input_tokens: 800, output_tokens: 35 };
  const lines = rounds.flatMap(({ at, says = "Done" }, index) => {
    const later = new Date(Date.parse(at) + 30_000).toISOString();
    const content = [{ type: "text", text: says }];
    const message = { id: `m${index}-${id}`, role: "assistant", model, content, usage };
    return [
      { type: "user", message: { content: `Prompt ${index + 1}` }, ...told(at, `p${index}-${id}`) },
      { type: "assistant", message, ...told(later, `a${index}-${id}`) },
    ];
  });
  await writeFile(
    join(folder, "-project", `${id}.jsonl`),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
  return folder;
}

suite("stint import", () => {
  test("RE-17 sessions of Claude Code come in as invocations that are over, each once", async () => {
    await using stint = await openStint();
    assert.deepEqual(await bring(stint, SESSIONS), {
      sessions: 5,
      rounds: 6,
      known: 0,
      failed: 0,
      cost: "$0.01224",
      costUnknown: 0,
    });
    const nothing = { sessions: 0, rounds: 0, failed: 0, cost: null, costUnknown: 0 };
    const known = { ...nothing, known: 5 };
    assert.deepEqual(await bring(stint, SESSIONS), known);
    const found = (await all(stint)).find((each) => each.session === SESSION);
    const whole = await shown(stint, found?.id);
    assert.deepEqual(
      [whole.cli, whole.folder, whole.status, whole.outcome, whole.rounds, whole.cost],
      ["claude", "/project", "completed", "succeeded", 2, "0.00612"],
    );
    assert.deepEqual(whole.tokens, {
      input: 900,
      cacheRead: 2400,
      cacheWrite: 300,
      output: 105,
      reasoning: 0,
    });
    const [first, second] = whole.roundList;
    assert.deepEqual(
      [first.prompt, first.text, first.cost, first.costSource, second.tools],
      ["- What is the answer?", "All done: the answer is 42.", "0.00204", "reported", { Bash: 1 }],
    );
    assert.deepEqual(
      [whole.createdAt, whole.startedAt, first.completedAt, whole.completedAt],
      [
        "2025-11-26T11:24:57.642Z",
        "2025-11-26T11:24:57.642Z",
        "2025-11-26T11:24:57.788Z",
        second.completedAt,
      ],
    );
    assert.equal(whole.activeMs, first.durationMs + second.durationMs);
    const outcomes = (await all(stint)).map(({ outcome }) => outcome as string).toSorted();
    assert.deepEqual(outcomes, ["failed", "interrupted", "interrupted", "succeeded", "succeeded"]);
  });

  test("RE-17 what it said and did can be read as if Stint had followed it", async () => {
    await using stint = await openStint();
    await bring(stint, SESSIONS);
    const found = (await all(stint)).find((each) => each.session === SESSION);
    const { body } = await stint.ask("GET", `invocations/${found?.id}/rounds/2/output?limit=100`);
    const types = body.items.map(({ type }: { type: string }) => type);
    assert.deepEqual(types, ["tool_started", "tool_ended", "text", "cost", "usage", "end"]);
    assert.deepEqual([body.ended, body.items[0].input.command], [true, "echo hi"]);
  });

  test("RE-18 a session that has gone on since gets its further rounds, at their times", async () => {
    await using stint = await openStint();
    const folder = join(scratch, "grows");
    const [at, later, last] = [
      "2025-03-01T10:00:00.000Z",
      "2025-03-01T11:00:00.000Z",
      "2025-03-02T09:00:00.000Z",
    ];
    await bring(stint, await session(folder, [{ at }]));
    const grown = await bring(
      stint,
      await session(folder, [{ at }, { at: later }, { at: last, says: "At last" }]),
    );
    assert.deepEqual([grown.sessions, grown.rounds], [0, 2]);
    const [item] = await all(stint);
    const whole = await shown(stint, item?.id);
    assert.deepEqual(
      [
        whole.rounds,
        whole.startedAt,
        whole.completedAt,
        whole.durationMs,
        whole.activeMs,
        whole.cost,
      ],
      [3, at, "2025-03-02T09:00:30.000Z", 23 * 3_600_000 + 30_000, 90_000, "0.004995"],
    );
    const { body } = await stint.ask("GET", `executions/${whole.id}`);
    assert.deepEqual([body.durationMs, body.activeMs], [whole.durationMs, 90_000]);
  });

  test("RE-19 --since leaves out what has said nothing since", async () => {
    await using stint = await openStint();
    const folder = await session(join(scratch, "old"), [{ at: "2025-03-01T10:00:00.000Z" }]);
    assert.equal((await bring(stint, folder, "--since", "2025-03-02"))["sessions"], 0);
    assert.equal((await bring(stint, folder, "--since", "30d"))["sessions"], 0);
    assert.equal((await bring(stint, folder, "--since", "2025-03-01"))["sessions"], 1);
    const wrong = await command(["import", "claude", "--since", "yesterday", "--data", stint.data]);
    assert.deepEqual([wrong.code, /12h, 30d, 8w/.test(wrong.err)], [2, true]);
  });

  test("RE-19 without a server, and before anything else was kept, it begins the user's own history", async () => {
    const env = { XDG_DATA_HOME: join(scratch, "own-data"), STINT_DATA: "", STINT_URL: "" };
    const from = await session(join(scratch, "first"), [{ at: "2025-03-01T10:00:00.000Z" }]);
    const words = ["import", "claude", "--from", from];
    const { code, out, err } = await command(words, "", 0, { env, cwd: scratch });
    assert.deepEqual([code, out], [0, "Imported 1 session with 1 round, $0.001665.\n"], err);
    const listed = await command(["ls"], "", 0, { env, cwd: scratch });
    assert.match(listed.out, /Prompt 1/);
  });

  test("RE-20 a session that Stint has begun itself does not come in again", async () => {
    await using agents = await fakeAgents();
    await using stint = await openStint();
    const own = await ended(stint, await invoke(stint, agents, "say hello"));
    const at = own.startedAt as string;
    const folder = await session(join(scratch, "own"), [{ at }, { at }], { id: own.session });
    const counted = await bring(stint, folder);
    assert.deepEqual([counted["sessions"], counted["rounds"], counted["known"]], [0, 0, 1]);
    assert.equal((await shown(stint, own.id)).rounds, 1);
  });

  test("RE-22 one that came in goes on by a message, and that round does not come in again", async (t) => {
    await using agents = await fakeAgents();
    const { env } = process;
    process.env = { ...env, ...agents.env };
    t.after(() => {
      process.env = env;
    });
    await using stint = await openStint();
    const at = "2025-03-01T10:00:00.000Z";
    const there = { cwd: agents.folder };
    await bring(stint, await session(join(scratch, "goes-on"), [{ at }], there));
    await writeFile(join(agents.env["XDG_DATA_HOME"] ?? "", `fake-claude-${ID}`), "1");
    const [item] = await all(stint);
    await goOn(stint, item?.id, "say more");
    const gone = await ended(stint, item?.id);
    assert.deepEqual(
      [gone.outcome, gone.rounds, gone.session, gone.roundList[1].text],
      ["succeeded", 2, ID, "more"],
    );
    // It tells 0.00408 for the session, of which 0.001665 came in.
    assert.equal(gone.roundList[1].cost, "0.002415");
    const again = await session(
      join(scratch, "goes-on"),
      [{ at }, { at: gone.roundList[1].startedAt }],
      there,
    );
    assert.deepEqual((await bring(stint, again))["rounds"], 0);
    const retried = await stint.ask("POST", `executions/${item?.id}/retry`, { body: {} });
    assert.equal(retried.status, 202, JSON.stringify(retried.body));
    const anew = await ended(stint, retried.body.executionId);
    assert.ok(Date.parse(anew.startedAt) > Date.parse(gone.startedAt));
    assert.notEqual(anew.roundList[0].text, "Done");
  });

  test("RE-23 what came in is kept from when it came in; let go of since, it does not come in again", async () => {
    await using stint = await openStint();
    await bring(stint, SESSIONS);
    const applied = await command(["retention", "apply", "--data", stint.data]);
    assert.equal(applied.code, 0, applied.err);
    assert.equal((await all(stint)).length, 5);
    using database = new DatabaseSync(join(stint.data, "stint.db"), { timeout: 10_000 });
    database.exec("update imported set at = 0");
    for (const words of [["set", "invocation", "--days", "30"], ["apply"]]) {
      const { code, err } = await command(["retention", ...words, "--data", stint.data]);
      assert.equal(code, 0, err);
    }
    const again = await bring(stint, SESSIONS);
    assert.deepEqual([again["sessions"], again["known"], again["failed"]], [0, 5, 0]);
    const { body } = await stint.ask("GET", "executions?kind=invocation&limit=100");
    assert.deepEqual(new Set(body.items.map(({ id }: Body) => id)).size, body.items.length);
  });

  test("RE-42 a cost that is not known is said, and is no 0, in words and in JSON", async () => {
    await using stint = await openStint();
    const from = join(scratch, "unpriced");
    const at = "2025-03-01T10:00:00.000Z";
    const unpriced = { model: "claude-nobody-knows-9" };
    const words = ["import", "claude", "--from", from, "--data", stint.data];
    await session(from, [{ at }], unpriced);
    const { out, err } = await command(words);
    assert.equal(out, "Imported 1 session with 1 round, cost not known.\n", err);
    await session(from, [{ at }], { ...unpriced, id: ID.replace("a", "b") });
    const { cost, costUnknown } = await bring(stint, from);
    assert.deepEqual([cost, costUnknown], [null, 1]);
    await session(from, [{ at }], { ...unpriced, id: ID.replace("a", "c") });
    await session(from, [{ at }], { id: ID.replace("a", "d") });
    assert.equal(
      (await command(words)).out,
      "Imported 2 sessions with 2 rounds, $0.001665 + 1 not known. Nothing was new in 2 others.\n",
    );
    assert.equal(
      (await command(words)).out,
      "Imported 0 sessions with 0 rounds. Nothing was new in 4 others.\n",
    );
  });

  test("RE-21 sums that were kept are those that a rebuild makes, and the doctor finds nothing", async () => {
    const data = join(scratch, "data");
    {
      await using stint = await openStint({ data });
      await bring(stint, SESSIONS);
    }
    const { code, out, err } = await command(["doctor", "--data", data]);
    assert.equal(code, 0, out + err);
  });
});

const LAUNCHER: Launcher = {
  launch: async () => ({ process: { pid: 1_000_000, startTime: "never" } }),
  isAlive: () => false,
  self: () => ({ pid: process.pid, startTime: "test" }),
};

suite("stint import records", () => {
  test("F-10 a project folder's records come in, and what is recorded later as well", async () => {
    await using stint = await openStint();
    const project = await mkdtemp(join(scratch, "project-"));
    const clock = testClock(Date.parse("2025-05-01T10:00:00Z"));
    const { specManagerService } = openRecords({ project, clock, launcher: LAUNCHER });
    const order = {
      specId: "login",
      phase: "impl",
      command: "/usr/bin/claude",
      args: ["-p", "Do it"],
    };
    const { agentId } = await specManagerService.startAgent({ ...order, sessionId: "s-1" });
    clock.advance(60_000);
    const tokens = { ...NOT_SAID, input: 1300, output: 35 };
    await specManagerService.handleAgentExit(agentId, {
      code: 0,
      spent: { tokens, nano: 2_040_000n },
    });
    const words = ["import", "records", project, "--data", stint.data, "--json"];
    const first = await command(words);
    assert.deepEqual(JSON.parse(first.out), {
      sessions: 1,
      rounds: 1,
      known: 0,
      failed: 0,
      cost: "$0.00204",
      costUnknown: 0,
    });
    const [item] = await all(stint);
    assert.deepEqual(
      [item?.label, item?.cli, item?.prompt, item?.session, item?.activeMs, item?.cost],
      ["login: impl", "claude", "Do it", "s-1", 60_000, "0.00204"],
    );
    clock.advance(60_000);
    await specManagerService.resumeAgent({
      agentId,
      prompt: "And on",
      command: "claude",
      args: [],
    });
    assert.equal(JSON.parse((await command(words)).out).rounds, 0); // it still runs
    clock.advance(30_000);
    await specManagerService.handleAgentExit(agentId, 1);
    const second = JSON.parse((await command(words)).out);
    assert.deepEqual([second.rounds, second.cost, second.costUnknown], [1, null, 1]);
    const whole = await shown(stint, item?.id);
    assert.deepEqual(
      [whole.rounds, whole.outcome, whole.activeMs, whole.costUnknown, whole.durationMs],
      [2, "failed", 90_000, 1, 150_000],
    );
  });

  test("F-10 with --follow what is recorded comes in as it happens, until Ctrl-C", async () => {
    await using stint = await openStint();
    const project = await mkdtemp(join(scratch, "followed-"));
    const { specManagerService } = openRecords({ project, launcher: LAUNCHER });
    const order = { specId: "login", phase: "impl", command: "claude", args: ["-p", "Do it"] };
    const { agentId } = await specManagerService.startAgent(order);
    const words = ["import", "records", project, "--follow", "--data", stint.data, "--json"];
    await using following = begin(words);
    await following.until(/\n/);
    await specManagerService.handleAgentExit(agentId, 0);
    await following.until(/\n.*\n/);
    const [item] = await all(stint);
    assert.deepEqual([item?.prompt, item?.status], ["Do it", "completed"]);
    following.child.kill("SIGINT");
    const { code, out } = await following.ended;
    const [first, second] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual([code, first?.["rounds"], second?.["sessions"]], [0, 0, 1]);
  });
});
