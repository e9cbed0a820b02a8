import assert from "node:assert/strict";
import { test } from "node:test";

import { claude } from "./adapters/claude.ts";
import { codex } from "./adapters/codex.ts";
import { openReading } from "./reading.ts";
import { spendingOfRound } from "./round.ts";
import {
  bytesOf,
  endingOf,
  eventsOf,
  play,
  readAll,
  recorded,
  RECORDED,
  RECORDED_PRICES,
  roundOf,
} from "./testing.ts";

const CLAUDE = "claude-code-2.1.329";

function costsOf(name: string, options = {}) {
  const { reads } = play(claude, name, options);
  return eventsOf(reads).filter((event) => event.type === "cost");
}

test("AC-12 a cost says where it comes from: reported, from a price table, or not known", () => {
  assert.equal(costsOf(`${CLAUDE}-text`)[0]?.source, "reported");
  const priced = play(codex, "codex-0.169.0-text", { model: "gpt-5.1-codex" });
  const unpriced = play(codex, "codex-0.169.0-text", { model: "model-of-tomorrow" });
  const costOf = ({ reads }: typeof priced) => eventsOf(reads).find(({ type }) => type === "cost");
  assert.deepEqual(costOf(priced), {
    type: "cost",
    model: "gpt-5.1-codex",
    nano: 950_000n,
    source: "price_table",
    counting: "told",
    estimate: false,
    notional: false,
    table: RECORDED_PRICES.name,
  });
  const cost = costOf(unpriced);
  assert.ok(cost?.type === "cost");
  assert.deepEqual([cost.source, cost.nano], ["unknown", null]);
  assert.deepEqual(spendingOfRound(unpriced.round), {
    cost: null,
    unknown: 1,
    tokens: { input: 400, cacheRead: 800, cacheWrite: 0, output: 35 },
  });
});

test("AC-12 a round that was killed before it told its cost has one that is unknown, not 0", () => {
  const { round } = play(claude, `${CLAUDE}-sigkill-in-tool`);
  assert.deepEqual([round.nano, round.tokens.input], [null, null]);
  assert.deepEqual([spendingOfRound(round).cost, spendingOfRound(round).unknown], [null, 1]);
});

test("AC-12 a price that the Agent CLI guessed is an estimate", () => {
  assert.deepEqual(
    costsOf(`${CLAUDE}-unknown-model`).map(({ estimate }) => estimate),
    [true],
  );
});

test("AC-13 under a subscription a cost is notional", () => {
  assert.equal(costsOf(`${CLAUDE}-text`)[0]?.notional, false);
  assert.equal(costsOf(`${CLAUDE}-text`, { billing: "subscription" })[0]?.notional, true);
  const lines = recorded(`${CLAUDE}-text`).lines.map((line) =>
    line.replace('"apiKeySource":"ANTHROPIC_API_KEY"', '"apiKeySource":"none"'),
  );
  const events = eventsOf(readAll(openReading(claude), [bytesOf(lines)]));
  assert.equal(events.find((event) => event.type === "cost")?.notional, true);
});

test("C-6 a running total is counted once: a session's rounds add up to what it told last", () => {
  const first = play(claude, `${CLAUDE}-resume-turn1`);
  const second = play(claude, `${CLAUDE}-resume-turn2`, { counters: first.counters });
  assert.equal((first.round.nano ?? 0n) + (second.round.nano ?? 0n), 4_080_000n);
  // The same without the figure for one result alone, which older versions do not tell.
  const older = (name: string) =>
    bytesOf(
      recorded(name).lines.map((line) => {
        const message = JSON.parse(line) as Record<string, unknown>;
        delete message["model_usage_since_last_result"];
        return JSON.stringify(message);
      }),
    );
  const one = openReading(claude);
  const round = roundOf(eventsOf(readAll(one, [older(`${CLAUDE}-resume-turn1`)])));
  const two = openReading(claude, { counters: one.counters() });
  const next = roundOf(eventsOf(readAll(two, [older(`${CLAUDE}-resume-turn2`)])));
  assert.deepEqual([round.nano, next.nano], [2_040_000n, 2_040_000n]);
  assert.deepEqual([next.tokens.input, next.tokens.output], [300, 35]);
});

test("AC-14 a denial by rules is no success while the agent has found no other way", () => {
  const name = `${CLAUDE}-permission-denied`;
  const { lines } = recorded(name);
  const { round } = play(claude, name);
  assert.equal(claude.judge(endingOf(name, round)).reason, "denied");
  // The same, but that a tool has run after it.
  const [used, answered] = recorded(`${CLAUDE}-tool`).lines.slice(2, 4);
  const other = [...lines.slice(0, -2), used ?? "", answered ?? "", ...lines.slice(-2)];
  const events = eventsOf(readAll(openReading(claude), [bytesOf(other)]));
  const judged = claude.judge(endingOf(name, roundOf(events)));
  assert.equal(judged.outcome, "succeeded");
  assert.equal(roundOf(events).denials, 1);
});

test("AC-3 a line that is too long is kept by its beginning and its hash, and reading goes on", () => {
  const { lines } = recorded(`${CLAUDE}-text`);
  const reading = openReading(claude, { longestLine: 8_000 });
  const long = `{"type":"assistant","text":"${"x".repeat(9_000)}"}`;
  const events = eventsOf(readAll(reading, [bytesOf([long, ...lines])]));
  const [kept] = events;
  assert.ok(kept?.type === "unread" && kept.why === "too_long" && kept.sha256 !== null);
  assert.equal(roundOf(events).end?.claim, "succeeded");
});

test("every recording is of an Agent CLI that an adapter's test names", () => {
  const known = ["acp-", "claude-code-", "codex-", "gemini-cli-", "opencode-", "qwen-code-"];
  assert.deepEqual(
    RECORDED.filter((name) => !known.some((start) => name.startsWith(start))),
    [],
  );
});
