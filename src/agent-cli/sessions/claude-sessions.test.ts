/** With sessions that Claude Code 2.1.329 wrote (`test/fixtures/claude-sessions`), and such as older ones wrote. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, suite, test } from "node:test";

import { genaiPrices } from "../price-tables/genai-prices.ts";
import { readClaudeSessions } from "./claude-sessions.ts";
import type { PastSession } from "./past.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-sessions-"));
after(() => rm(scratch, { recursive: true, force: true }));

const RECORDED = join(import.meta.dirname, "../../../test/fixtures/claude-sessions/projects");
const LATER = Date.parse("2027-01-01T00:00:00Z");
const MODEL = "claude-sonnet-4-5-20250929";

async function read(folder = RECORDED, now = LATER): Promise<Map<string, PastSession>> {
  const found = new Map<string, PastSession>();
  for await (const one of readClaudeSessions({ folder, prices: genaiPrices, now })) {
    assert.ok(!found.has(one.id));
    found.set(one.id, one);
  }
  return found;
}

let count = 0;
type Lines = Readonly<Record<string, readonly object[]>>;

/** Files by their paths, one object a line. */
async function write(files: Lines): Promise<string> {
  const folder = join(scratch, `projects-${++count}`);
  for (const [name, lines] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
  return folder;
}

const ID = "aaaaaaaa-0000-4000-8000-000000000001";
const OTHER = "aaaaaaaa-0000-4000-8000-000000000002";
const OWN = `-home-ana-app/${ID}.jsonl`;
let uuids = 0;

const told = (at: number, more: object = {}) => ({
  uuid: `uuid-${++uuids}`,
  timestamp: new Date(Date.UTC(2026, 0, 1, 12, 0, at)).toISOString(),
  cwd: "/home/ana/app",
  sessionId: ID,
  isSidechain: false,
  ...more,
});
const asked = (at: number, content: unknown, more: object = {}) => ({
  type: "user",
  message: { role: "user", content },
  ...told(at, more),
});
const USAGE = { input_tokens: 300, cache_read_input_tokens: 800, output_tokens: 35 };
const answered = (at: number, id: string, content: readonly object[], more: object = {}) => ({
  type: "assistant",
  requestId: `req-${id}`,
  message: { id, role: "assistant", model: MODEL, content, usage: USAGE },
  ...told(at, more),
});
const text = (words: string) => [{ type: "text", text: words }];
const tool = (id: string) => [{ type: "tool_use", id, name: "Bash", input: { command: "ls" } }];
const result = (id: string) => [
  { type: "tool_result", tool_use_id: id, content: "a", is_error: false },
];

/** Of one answer, by list. */
const ANSWER = 1_665_000n;

suite("sessions of Claude Code", () => {
  test("RE-9 a session becomes its rounds: prompts, times, tokens, tools, and what it cost as it was reported", async () => {
    const session = (await read()).get("11111111-2222-4333-8444-555555555555");
    assert.equal(session?.folder, "/project");
    const rounds = session.rounds.map(({ prompt, round, verdict, costSource }) => {
      const { nano, tools, text: words, session: id, model } = round;
      assert.deepEqual([id, model], [session.id, MODEL]);
      return [prompt, verdict.outcome, nano, costSource, tools, words];
    });
    const answer = "All done: the answer is 42.";
    assert.deepEqual(rounds, [
      ["- What is the answer?", "succeeded", 2_040_000n, "reported", {}, answer],
      ["And run a tool", "succeeded", 4_080_000n, "reported", { Bash: 1 }, answer],
    ]);
    const [first, second] = session.rounds;
    assert.deepEqual([first?.round.tokens.input, second?.round.tokens.cacheRead], [300, 1600]);
    assert.equal(first?.startedAt, Date.parse("2025-11-26T11:24:57.642Z"));
    assert.equal(first.completedAt, Date.parse("2025-11-26T11:24:57.788Z"));
    assert.deepEqual([second?.round.end?.turns, second?.round.open], [2, []]);
  });

  test("RE-10 what a session has copied of another one counts there alone", async () => {
    const fork = (await read()).get("d0c49ae4-9b6b-4615-ba5f-dbc97c88bd93");
    const rounds = fork?.rounds.map(({ prompt, round: { nano } }) => [prompt, nano]);
    assert.deepEqual(rounds, [["Forked", 2_040_000n]]);
    // Older versions gave the lines of a copy other ids.
    const first = answered(1, "m1", text("One"));
    const copy = { ...first, uuid: "another", sessionId: OTHER };
    const folder = await write({
      [OWN]: [asked(0, "First"), first],
      [`-home-ana-app/${OTHER}.jsonl`]: [copy, asked(5, "Second"), answered(6, "m2", text("Two"))],
    });
    const all = [...(await read(folder)).values()].flatMap((one) => one.rounds);
    assert.deepEqual(
      all.map(({ prompt, round: { nano } }) => [prompt, nano]),
      [
        ["First", ANSWER],
        ["Second", ANSWER],
      ],
    );
  });

  test("RE-11 how a round ended is told: in the middle of a tool, by an error, by a person", async () => {
    const found = await read();
    const verdictOf = (last: number) =>
      found.get(`11111111-2222-4333-8444-00000000000${last}`)?.rounds[0];
    assert.deepEqual(verdictOf(1)?.verdict.outcome, "interrupted");
    const failed = verdictOf(3);
    assert.deepEqual([failed?.verdict.outcome, failed?.verdict.reason], ["failed", "api_error"]);
    assert.match(failed?.verdict.message ?? "", /^API Error: 500/);
    assert.deepEqual([failed?.round.nano, failed?.round.tokens.input], [0n, null]);
    const folder = await write({
      [OWN]: [
        asked(0, "Stopped"),
        answered(1, "m1", tool("t1")),
        asked(2, text("[Request interrupted by user for tool use]")),
        asked(3, "At once"),
        asked(4, text("[Request interrupted by user]")),
      ],
    });
    const rounds = (await read(folder)).get(ID)?.rounds ?? [];
    assert.deepEqual(
      rounds.map(({ prompt, verdict: { outcome, message } }) => [prompt, outcome, message]),
      [
        ["Stopped", "interrupted", "A person stopped it."],
        ["At once", "interrupted", "A person stopped it."],
      ],
    );
  });

  test("RE-12 an answer of several lines counts once, with its last figures; agents that were called count, too", async () => {
    const usage = { ...USAGE, output_tokens: 1 };
    const early = answered(1, "m1", text("Let me look."));
    const folder = await write({
      [OWN]: [
        asked(0, "Look"),
        { ...early, message: { ...early.message, usage } },
        answered(2, "m1", tool("t1")),
        asked(3, result("t1")),
        answered(9, "m2", text("Done")),
        asked(20, "Again"),
        answered(21, "m3", text("Done again")),
      ],
      [`-home-ana-app/${ID}/subagents/agent-1.jsonl`]: [
        asked(4, "You are an agent", { isSidechain: true }),
        answered(5, "s1", tool("t2"), { isSidechain: true }),
      ],
      "-home-ana-app/agent-2.jsonl": [answered(22, "s2", text("x"), { isSidechain: true })],
    });
    const rounds = (await read(folder)).get(ID)?.rounds ?? [];
    assert.deepEqual(
      rounds.map(({ prompt, round }) => [
        prompt,
        round.nano,
        round.tokens.output,
        round.tools,
        round.text,
      ]),
      [
        ["Look", 3n * ANSWER, 105, { Bash: 1 }, "Done"],
        ["Again", 2n * ANSWER, 70, {}, "Done again"],
      ],
    );
    assert.deepEqual([rounds[0]?.round.end?.turns, rounds[0]?.costSource], [2, "price_table"]);
  });

  test("RE-13 commands, and what is told in a person's name, are no prompts; a command of their own is", async () => {
    const command = (name: string, words = "") =>
      `<command-message>x</command-message>\n<command-name>${name}</command-name>\n<command-args>${words}</command-args>`;
    const folder = await write({
      [OWN]: [
        asked(0, "Caveat", { isMeta: true }),
        asked(1, command("/clear")),
        asked(2, "<local-command-stdout>(no content)</local-command-stdout>"),
        asked(3, command("/review", "the last commit")),
        answered(4, "m1", text("It is fine.")),
        asked(5, "<task-notification>done</task-notification>"),
        asked(6, "Summary of it all", { isCompactSummary: true }),
        answered(7, "m2", text("Noted.")),
      ],
    });
    const rounds = (await read(folder)).get(ID)?.rounds ?? [];
    assert.deepEqual(
      rounds.map(({ prompt, round }) => [prompt, round.nano]),
      [["/review the last commit", 2n * ANSWER]],
    );
  });

  test("RE-14 a cost that no list tells is unknown, and one that was told by an older version counts", async () => {
    const first = answered(1, "m1", text("One"));
    const searched = { ...USAGE, server_tool_use: { web_search_requests: 2 } };
    const folder = await write({
      [OWN]: [
        asked(0, "Of tomorrow"),
        { ...first, message: { ...first.message, model: "model-of-tomorrow" } },
        asked(2, "Search"),
        { ...answered(3, "m2", []), message: { ...first.message, id: "m2", usage: searched } },
        asked(4, "Told"),
        { ...answered(5, "m3", text("Three")), costUSD: 0.5 },
      ],
    });
    const rounds = (await read(folder)).get(ID)?.rounds ?? [];
    assert.deepEqual(
      rounds.map(({ round: { nano, unknownCosts }, costSource }) => [
        nano,
        unknownCosts,
        costSource,
      ]),
      [
        [null, 1, "unknown"],
        [null, 1, "unknown"],
        [500_000_000n, 0, "reported"],
      ],
    );
  });

  test("RE-15 totals of the session are a round's own where nothing else was asked in between", async () => {
    const cost = (totalCostUSD: number) => ({ type: "cost-state", totalCostUSD, sessionId: ID });
    const folder = await write({
      [OWN]: [
        asked(0, "One"),
        answered(1, "m1", text("1")),
        cost(0.01),
        asked(2, "Two"),
        answered(3, "m2", text("2")),
        asked(4, "Three"),
        answered(5, "m3", text("3")),
        cost(0.03),
        asked(6, "Four"),
        answered(7, "m4", text("4")),
        cost(0.002),
      ],
    });
    const rounds = (await read(folder)).get(ID)?.rounds ?? [];
    const nanos = rounds.map(({ round }) => round.nano);
    assert.deepEqual(nanos, [10_000_000n, ANSWER, ANSWER, 2_000_000n]);
  });

  test("RE-16 what may still be going on is left for another time; half a line and strangers' files spoil nothing", async () => {
    const folder = await write({
      [OWN]: [
        asked(0, "Done"),
        answered(1, "m1", text("Yes")),
        asked(2, "Goes on"),
        answered(3, "m2", tool("t1")),
      ],
      "-home-ana-app/notes.jsonl": [{ type: "user", message: "x" }],
      [`-home-ana-app/${OTHER}.jsonl`]: [{ type: "summary", summary: "Nothing was asked" }],
    });
    await writeFile(join(folder, OWN), '{"type":"assistant","mess', { flag: "a" });
    const at = Date.UTC(2026, 0, 1, 12, 10);
    const prompts = async (now: number) =>
      [...(await read(folder, now)).values()].flatMap(({ rounds }) =>
        rounds.map(({ prompt }) => prompt),
      );
    assert.deepEqual(await prompts(at), ["Done"]);
    assert.deepEqual(await prompts(at + 3_600_000), ["Done", "Goes on"]);
  });
});
