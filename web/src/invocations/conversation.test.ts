import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { OutputEvent } from "#contract/shapes/invocation-output.ts";
import type { InvocationRound } from "#contract/shapes/invocations.ts";

import { conversationOf, untold } from "./conversation.ts";
import type { Entry, ToolEntry } from "./entries.ts";
import { entriesOf, keysAt } from "./fold.ts";
import {
  emptyAt,
  keepEarliest,
  keepLatest,
  type Placed,
  placedIn,
  type Stretch,
  stretchOf,
  upToNext,
  withEarlier,
  withLater,
} from "./stretch.ts";

type Said = OutputEvent extends infer E ? (E extends OutputEvent ? Omit<E, "at"> : never) : never;

const said = (...events: readonly Said[]): readonly Placed[] =>
  events.map((event, at) => placedIn(1, { at: at * 10, ...event }));
const fold = (...events: readonly Said[]): readonly Entry[] => entriesOf(said(...events), false);
const text = (words: string, form: "whole" | "piece" | "preview" = "whole"): Said => ({
  type: "text",
  text: words,
  form,
  under: null,
});
const started = (id: string, command: string, under: string | null = null): Said => ({
  type: "tool_started",
  id,
  name: "Bash",
  input: { command },
  under,
});
const ended = (id: string, ok: boolean | null, output: string): Said => ({
  type: "tool_ended",
  id,
  ok,
  output,
});
const toolIn = (entries: readonly Entry[]): ToolEntry => {
  const tool = entries.find((entry) => entry.kind === "tool");
  assert.ok(tool?.kind === "tool");
  return tool;
};

test("CP-2 pieces of an answer are joined, and what is written before it is whole goes once the whole is there", () => {
  const pieces = fold(text("Hel", "piece"), text("lo", "piece"), text("Next"));
  assert.deepEqual(
    pieces.map((entry) => "text" in entry && entry.text),
    ["Hello", "Next"],
  );
  const writing = fold(text("Hel", "preview"), text("lo", "preview"));
  assert.deepEqual(
    writing.map((entry) => entry.kind === "text" && [entry.text, entry.isPreview]),
    [["Hello", true]],
  );
  const whole = fold(text("Hel", "preview"), text("lo", "preview"), text("Hello"));
  assert.deepEqual(
    whole.map((entry) => entry.kind === "text" && [entry.text, entry.isPreview]),
    [["Hello", false]],
  );
});

test("CP-3 a tool call is one entry: its name, what matters of its input, its answer, and whether it was denied", () => {
  const done = toolIn(fold(started("a", "ls"), text("meanwhile"), ended("a", true, "x.ts")));
  assert.deepEqual([done.name, done.gist, done.state, done.output], ["Bash", "ls", "done", "x.ts"]);
  assert.equal(toolIn(fold(started("a", "ls"))).state, "running");
  assert.equal(toolIn(fold(started("a", "ls"), ended("a", false, "no"))).state, "failed");
  const denied: Said = { type: "denied", toolId: "a", tool: "Bash", message: null, by: "rules" };
  for (const order of [
    [denied, ended("a", false, "no")],
    [ended("a", false, "no"), denied],
  ]) {
    const tool = toolIn(fold(started("a", "rm -r ."), ...order));
    assert.equal(tool.state, "denied");
    assert.match(tool.denial ?? "", /denied by its rules/);
  }
  const lost = toolIn(fold(ended("z", true, "an answer whose call is not loaded")));
  assert.deepEqual([lost.name, lost.state], [null, "done"]);
});

test("CP-4 what a tool's own agent says and does stands in that tool's call", () => {
  const entries = fold(
    started("task", "look around"),
    started("inner", "ls", "task"),
    { type: "text", text: "Found it", form: "whole", under: "task" },
    ended("inner", true, "x"),
    text("Done"),
  );
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ["tool", "text"],
  );
  assert.deepEqual(
    toolIn(entries).inner.map(({ kind }) => kind),
    ["tool", "text"],
  );
});

test("CP-40 a question keeps who answered it, and why it was denied", () => {
  const asked = (request: string): Said => ({
    type: "asked",
    request,
    toolId: null,
    tool: "Bash",
    input: { command: "ls" },
    needs: "all",
    places: [],
    options: [],
  });
  const by = { type: "user", id: "1", name: "Olga" } as const;
  const told = { round: 1, tool: "Bash", words: "Bash: ls", by, at: "" };
  const entries = entriesOf(said(asked("a"), asked("b"), asked("c")), false, [
    { ...told, request: "a", decision: "allow", why: null },
    { ...told, request: "b", decision: "deny", why: "Not here" },
  ]);
  assert.deepEqual(
    entries.map((entry) => "text" in entry && entry.text),
    [
      "Asks whether it may use Bash: ls – allowed by Olga",
      "Asks whether it may use Bash: ls – denied by Olga: Not here",
      "Asks whether it may use Bash: ls",
    ],
  );
});

test("CP-42 what was asked is told in the conversation with all of its letters", () => {
  const asked: Said = {
    type: "asked",
    request: "a",
    toolId: null,
    tool: "Bash",
    input: { command: "ls \u202E\u200B" },
    needs: "all",
    places: [],
    options: [],
  };
  const [entry] = entriesOf(said(asked), false, []);
  const words = entry !== undefined && "text" in entry && entry.text;
  assert.equal(words, String.raw`Asks whether it may use Bash: ls \u202E\u200B`);
});

test("PG-123 where something was found is known by the entry that shows it, and by the one that holds that", () => {
  const placed = said(
    text("a", "piece"),
    text("b", "piece"),
    started("t1", "ls"),
    { type: "text", text: "inner", form: "whole", under: "t1" },
    text("later"),
    ended("t1", true, "long"),
  );
  const [words, tool, later] = entriesOf(placed, false);
  assert.ok(words !== undefined && tool?.kind === "tool" && later !== undefined);
  const expected = [
    [words.key],
    [words.key],
    [tool.key],
    [tool.key, tool.inner[0]?.key],
    [later.key],
    [tool.key],
  ];
  assert.deepEqual(
    placed.map(({ event }) => keysAt(placed, false, event.at)),
    expected,
  );
  assert.deepEqual(keysAt(placed, false, 7), []);
});

test("PG-127 what a round is warned of and no entry tells stands at its end, once", () => {
  const entries = fold({ type: "warning", message: "Slow" }, text("Done"));
  assert.deepEqual(untold(["Slow", "It has cost more", "It has cost more"], entries), [
    "It has cost more",
  ]);
});

test("PG-121 what was too long to be sent is told by the entry that it belongs to, with where all of it is", () => {
  const cut = { bytes: 5, from: 10, to: 90 };
  const of = { round: 1, ...cut };
  const entries = fold(
    { ...text("a", "piece"), cut },
    { ...text("b", "piece"), cut },
    { ...started("t1", "ls"), cut },
    text("within", "whole"),
    { ...ended("t1", true, "long"), cut },
    { type: "text", text: "inner", form: "whole", under: "t1", cut },
  );
  const [words, tool, later] = entries;
  assert.ok(words?.kind === "text" && tool?.kind === "tool" && later?.kind === "text");
  assert.deepEqual([words.text, words.cuts, later.cuts], ["ab", [of, of], []]);
  const [inner] = tool.inner;
  assert.ok(inner?.kind === "text");
  assert.deepEqual([tool.cuts, inner.cuts], [[of, of], [of]]);
});

test("CP-5 retries, questions, warnings and lines that nobody understood are told, the last ones together", () => {
  const unread = { type: "unread", why: "not_json", bytes: 4, sha256: null } as const;
  const entries = fold(
    { type: "retry", attempt: 2, of: 10, delayMs: 4000, status: 529, message: "Overloaded" },
    {
      type: "asked",
      request: 1,
      toolId: null,
      tool: "Bash",
      input: { command: "ls" },
      needs: "all",
      places: [],
      options: [],
    },
    { type: "warning", message: "A model was switched" },
    { ...unread, head: "abc" },
    { ...unread, head: "def" },
  );
  assert.deepEqual(
    entries.map((entry) => "text" in entry && entry.text),
    [
      "Retry 2 of 10 in 4.0 s: HTTP 529, Overloaded",
      "Asks whether it may use Bash: ls",
      "A model was switched",
      "2 lines that are not understood",
    ],
  );
});

test("CP-5 retries one after the other are one line, which says the last and opens to all; a session is said once", () => {
  const retry = (attempt: number): Said => {
    const why = { delayMs: null, status: null, message: "" };
    return { type: "retry", attempt, of: 3, ...why };
  };
  const session: Said = { type: "session", id: "s", model: "m", version: null, billing: null };
  const entries = fold(session, retry(1), retry(2), retry(3), session, text("Done"));
  assert.deepEqual(
    entries.map((entry) => [entry.kind, "text" in entry && entry.text]),
    [
      ["session", "m"],
      ["retry", "Retry 3 of 3"],
      ["text", "Done"],
    ],
  );
  const [, retries] = entries;
  assert.ok(retries !== undefined && "more" in retries);
  assert.equal(retries.more, "Retry 1 of 3\nRetry 2 of 3\nRetry 3 of 3");
});

test("CP-6 a command's lines are joined into pieces of a bounded size, whose names stay while they grow", () => {
  const lines = Array.from({ length: 2000 }, (_, index) =>
    placedIn(1, {
      at: index * 40,
      type: "text",
      text: `line ${index}\n`,
      form: "piece",
      under: null,
    }),
  );
  const pieces = entriesOf(lines, true);
  const joined = pieces.map((entry) => "text" in entry && entry.text).join("\n");
  assert.equal(joined, Array.from({ length: 2000 }, (_, index) => `line ${index}`).join("\n"));
  assert.ok(pieces.length > 3 && pieces.length < 10);
  const later = entriesOf(lines.slice(1000), true);
  assert.equal(later.at(-1)?.key, pieces.at(-1)?.key);
});

const round = (number: number, more: Partial<InvocationRound> = {}): InvocationRound => ({
  number,
  prompt: `Prompt ${number}`,
  startedAt: null,
  completedAt: null,
  durationMs: null,
  outcome: "succeeded",
  reason: null,
  message: null,
  exitCode: 0,
  signal: null,
  session: null,
  model: null,
  turns: null,
  text: "",
  cost: null,
  costUnknown: 0,
  notional: false,
  tokens: null,
  costSource: null,
  tools: {},
  toolErrors: 0,
  retries: 0,
  denials: 0,
  warnings: [],
  answers: [],
  unread: 0,
  outputBytes: 0,
  ...more,
});

test("CP-7 a conversation is told round by round: its prompt where its beginning is loaded, its end where that is", () => {
  const rounds = [round(1), round(2), round(3, { outcome: null })];
  const placed = [
    placedIn(2, { at: 50, ...text("late in two") }),
    placedIn(3, { at: 0, ...started("a", "ls") }),
  ];
  const stretch: Stretch = { first: { round: 2, byte: 50 }, next: { round: 3, byte: 20 }, placed };
  const shown = conversationOf(stretch, rounds, { isCommand: false, isAtEnd: true });
  assert.deepEqual(
    shown.map(({ round: { number }, hasBeginning, hasEnd }) => [number, hasBeginning, hasEnd]),
    [
      [2, false, true],
      [3, true, false],
    ],
  );
  const over = conversationOf(stretch, [round(2), round(3)], { isCommand: false, isAtEnd: true });
  assert.equal(toolIn(over[1]?.entries ?? []).state, "cut");
  const whole = conversationOf(emptyAt({ round: 1, byte: 0 }), rounds, {
    isCommand: false,
    isAtEnd: false,
  });
  assert.deepEqual(
    whole.map(({ round: { number }, hasBeginning, hasEnd }) => [number, hasBeginning, hasEnd]),
    [[1, true, false]],
  );
});

/** Lines of one to three events of some length, as a round's output holds them. */
const outputs = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(300)), { maxLength: 60 });

function placedFrom(lines: readonly (readonly [number, number])[]): readonly Placed[] {
  return lines.flatMap(([events, length], index) =>
    Array.from({ length: events }, () =>
      placedIn(1, { at: index * 1000, ...text("x".repeat(length)) }),
    ),
  );
}

test("CP-8 however it is cut, what is held is one unbroken stretch of whole lines within its bounds, and what was cut is read again from where it begins", () => {
  fc.assert(
    fc.property(
      outputs,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(2000),
      (lines, events, characters) => {
        const placed = placedFrom(lines);
        const end = { round: 1, byte: lines.length * 1000 };
        const all: Stretch = { first: { round: 1, byte: 0 }, next: end, placed };
        const limits = { events, characters };
        for (const cut of [keepLatest(all, limits), keepEarliest(all, limits)]) {
          const { first, next, placed: kept } = cut;
          const inside = placed.filter(({ event: { at } }) => at >= first.byte && at < next.byte);
          assert.deepEqual(kept, inside);
          const size = new Set(kept.map(({ event }) => event.at)).size;
          const weight = kept.reduce((sum, { weight: one }) => sum + one, 0);
          assert.ok(size <= 1 || (kept.length <= events && weight <= characters));
          assert.ok(placed.length === 0 || kept.length > 0);
        }
        assert.deepEqual(keepLatest(all, limits).next, end);
        assert.deepEqual(keepEarliest(all, limits).first, all.first);
      },
    ),
  );
});

test("CP-8 a stretch grows at both ends, over the borders of rounds, and drops half a line that is told again", () => {
  const page = (at: number): OutputEvent => ({ at, ...text(`at ${at}`) });
  const two = stretchOf(2, { items: [page(0), page(10)], from: 0, to: 20 });
  const both = withEarlier(two, 1, { items: [page(70), page(80)], from: 70, to: 90 });
  assert.deepEqual(both.first, { round: 1, byte: 70 });
  assert.deepEqual(
    both.placed.map(({ round: of, event }) => [of, event.at]),
    [
      [1, 70],
      [1, 80],
      [2, 0],
      [2, 10],
    ],
  );
  const half = withLater(both, [placedIn(2, page(20))], both.next);
  assert.equal(half.placed.length, 5);
  assert.deepEqual(upToNext(half), both);
});
