import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { parsePlan, type PlanStep, type Span } from "#domain/plan.ts";

import { readAnswer } from "./answer.ts";

const TEXT =
  "Find CEOs in London. Email them. If no reply after 3 days,\n create a task to “call them”, otherwise tag them Warm. Don't email anyone who replied.";

const task = { type: "create_task", params: { title: "Call them" } } as const;
const notReplied = { field: "contact.replied", operator: "==", value: false } as const;

function spansFor(steps: readonly unknown[]): readonly string[] {
  const { parsed } = readAnswer({ refused: [], steps }, TEXT);
  assert.ok("plan" in parsed, JSON.stringify(parsed));
  return wordsOf(parsed.plan.steps);
}

const wordsOf = (steps: readonly PlanStep[]): readonly string[] =>
  steps.flatMap((step) => [
    `${step.span?.rough === true ? "~" : ""}${TEXT.slice(step.span?.start, step.span?.end)}`,
    ...(step.type === "if" ? [...wordsOf(step.then), ...wordsOf(step.else ?? [])] : []),
  ]);

test("PA-202 quotes are found in their order, whatever a model did to quotation marks, case and line breaks", () => {
  const words = spansFor([
    { quote: "find ceos in london.", type: "search_contacts", params: {} },
    { quote: "email them", type: "send_email", params: {} },
    { quote: "after 3 days", type: "wait", params: { duration: "P3D" } },
    {
      quote: "If no reply after 3 days, create a task",
      type: "if",
      params: notReplied,
      then: [{ quote: 'create a task to "call them"', ...task }],
      else: [{ quote: "tag them Warm", type: "add_tag", params: { tags: ["Warm"] } }],
    },
    { quote: "Don't email anyone who replied", type: "skip", params: notReplied },
  ]);
  assert.deepEqual(words, [
    "Find CEOs in London.",
    "Email them",
    "If no reply after 3 days",
    "If no reply after 3 days,\n create a task to “call them”, otherwise tag them Warm",
    "create a task to “call them”",
    "tag them Warm",
    "Don't email anyone who replied",
  ]);
});

test("PA-203 a step whose words are not in the text covers what lies between its neighbours, and is said to be rough", () => {
  const words = spansFor([
    { quote: "Find CEOs in London", type: "search_contacts", params: {} },
    { quote: "write to each of them", type: "send_email", params: {} },
    { quote: "If no reply after 3 days", type: "wait", params: { duration: "P3D" } },
    { quote: 7, type: "stop", params: {} },
  ]);
  assert.equal(words[1], "~. Email them.");
  assert.ok(words[3]?.startsWith("~,\n create a task"));
  assert.deepEqual(spansFor([{ quote: "nothing of it", type: "stop", params: {} }]), [`~${TEXT}`]);
});

const quote = fc.oneof(
  fc.tuple(fc.nat(TEXT.length), fc.nat(40)).map(([at, length]) => TEXT.slice(at, at + length)),
  fc.string({ maxLength: 10 }),
  fc.constant(null),
);
const params = fc.constantFrom(notReplied, {}, null, { duration: "P3D" }, { tags: ["A", null] });
const step = fc.letrec((tie) => ({
  step: fc.oneof(
    { depthSize: "small" },
    fc.record({ quote, type: fc.constantFrom("stop", "skip", "wait", "add_tag"), params }),
    fc.record({
      quote,
      type: fc.constant("if"),
      params: fc.constant(notReplied),
      then: fc.array(tie("step"), { maxLength: 3 }),
      else: fc.option(fc.array(tie("step"), { maxLength: 2 })),
    }),
  ),
})).step;
const stop = fc.record({ quote, type: fc.constant("stop"), params: fc.constant({}) });
const nested = fc.letrec((tie) => ({
  step: fc.oneof(
    { depthSize: "small" },
    stop,
    fc.record({ quote, type: fc.constant("skip"), params: fc.constant(notReplied) }),
    fc.record({
      quote,
      type: fc.constant("if"),
      params: fc.constant(notReplied),
      then: fc.array(tie("step"), { maxLength: 3 }),
      else: fc.option(fc.array(tie("step"), { maxLength: 2 })),
    }),
  ),
})).step;

function assertOrder(steps: readonly PlanStep[], from: number, to: number): void {
  let start = from;
  for (const one of steps) {
    const { start: begin, end } = one.span as Span;
    if (one.type === "skip" && /^(?:do|never|no|not)/i.test(TEXT.slice(begin, end))) continue;
    assert.ok(begin >= start && end <= to && begin < end, JSON.stringify([one, start, to]));
    start = begin;
    if (one.type !== "if") continue;
    assertOrder(one.then, begin, end);
    assertOrder(one.else ?? [], begin, end);
  }
}

test("PA-202 whatever a model quotes, steps point into the text in their order, and branches into their if", () =>
  fc.assert(
    fc.property(fc.array(nested, { minLength: 1, maxLength: 6 }), (steps) => {
      const { parsed } = readAnswer({ refused: [], steps }, TEXT);
      assert.ok("plan" in parsed, JSON.stringify(parsed));
      assertOrder(parsed.plan.steps, 0, TEXT.length);
    }),
    { numRuns: 500 },
  ));

test("PA-215 whatever JSON a model answers is a plan that holds or a refusal that explains", () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.record({ steps: fc.array(step), refused: fc.jsonValue(), trigger: fc.jsonValue() }),
        fc.record({ steps: fc.array(step, { maxLength: 3 }) }),
      ),
      (json) => {
        const { parsed } = readAnswer(json, TEXT);
        if ("plan" in parsed)
          return assert.deepEqual(parsePlan(structuredClone(parsed.plan)), parsed);
        assert.ok(parsed.error.details.length > 0);
        for (const { text, reason, suggestion } of parsed.error.details)
          assert.ok(text !== "" && reason !== "" && suggestion !== "");
      },
    ),
    { numRuns: 500 },
  ));

test("PA-215 a clause that is refused refuses the whole, whatever steps stand beside it", () => {
  const refused = [{ text: "merge the duplicates", reason: "", suggestion: "" }];
  const { parsed } = readAnswer({ refused, steps: [{ type: "stop", params: {} }] }, TEXT);
  assert.ok("error" in parsed);
  assert.equal(parsed.error.details[0]?.text, "merge the duplicates");
});
