import assert from "node:assert/strict";
import { suite, test } from "node:test";

import fc from "fast-check";

import {
  parsePlan,
  type Parsed,
  type Plan,
  type PlanStep,
  UNPARSEABLE,
  walkPlan,
} from "#domain/plan.ts";

import { LONGEST_TEXT, type Parser } from "./parser.ts";

/** What a parser is tried on beyond the common forms. A parser that asks a model is given few. */
export interface ConformanceOptions {
  readonly runs?: number;
}

/** Texts every parser understands, and the planSteps they become. */
const COMMON: readonly (readonly [string, readonly string[]])[] = [
  ["Find contacts where title contains CEO. Email them.", ["search_contacts", "send_email"]],
  [
    "Send the 'Intro' email, wait 5 days, then create a task to call them.",
    ["send_email", "wait", "create_task"],
  ],
  ["If no reply after 3 days, send a follow-up.", ["wait", "if", "send_email"]],
  ["Skip anyone who replied, tag the rest Cold and stop.", ["skip", "add_tag", "stop"]],
];

const WORDS =
  'find contacts deals companies send the "Intro" email if unless otherwise they replied opened not and or then -> ; , . : ? wait 3 days tag VIP every Monday at 9 AM when a deal moves to create task for @user.rep ( ) \n - 1. $50k over LinkedIn don\'t';
const anyWords = fc
  .array(fc.constantFrom(...WORDS.split(" ")), { maxLength: 40 })
  .map((words) => words.join(" "));
const anyText = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 80 }),
  anyWords,
);

export function parserConformance(parser: Parser, { runs = 300 }: ConformanceOptions = {}): void {
  suite(`the ${parser.name} parser`, () => {
    test("PA-3 any text is answered with a plan that holds or a refusal that explains", () =>
      fc.assert(
        fc.asyncProperty(anyText, async (text) => {
          assertAnswer(text, await parser.parse(text));
        }),
        { numRuns: runs },
      ));

    test("PA-4 every planStep points at words of the text, in their order, inside its if, but for prohibitions", () =>
      fc.assert(
        fc.asyncProperty(anyWords, async (text) => {
          const parsed = await parser.parse(text);
          if ("plan" in parsed) assertSpans(parsed.plan, text);
        }),
        { numRuns: runs },
      ));

    test("PA-5 empty and endless texts are refused, a megabyte and deep nesting within 100 ms", async () => {
      const nested = "if they replied, ".repeat(1000);
      const endless = [
        "(".repeat(LONGEST_TEXT - 1),
        nested.slice(0, LONGEST_TEXT),
        "x".repeat(1_000_000),
        `skip anyone not ${"(not ".repeat(3000)}`,
      ];
      for (const text of ["", "   \n\t ", ...endless]) {
        const before = process.threadCpuUsage(); // what others do on the machine is not its time
        assert.ok("error" in (await parser.parse(text)), text.slice(0, 20));
        const { user, system } = process.threadCpuUsage(before);
        assert.ok(user + system < 100_000, `${text.slice(0, 20)} took ${user + system} us`);
      }
    });

    test("PA-6 the common forms are understood", async () => {
      for (const [text, types] of COMMON) {
        const parsed = await parser.parse(text);
        assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
        assert.deepEqual(
          [...walkPlan(parsed.plan)].map(({ planStep }) => planStep.type),
          types,
          text,
        );
      }
    });

    test("PA-7 what cannot be carried out refuses the whole text and names the clause", async () => {
      for (const clause of [
        "send them a WhatsApp message",
        "have flowers delivered to their office",
        "merge the duplicates",
      ]) {
        const parsed = await parser.parse(`Find contacts in London, and ${clause}.`);
        assert.ok("error" in parsed, clause);
        const [detail] = parsed.error.details;
        assert.ok(detail?.text.includes(clause.split(" ").at(-1) ?? ""), JSON.stringify(detail));
      }
    });
  });
}

function assertAnswer(text: string, parsed: Parsed): void {
  if ("plan" in parsed) {
    assert.deepEqual(parsePlan(structuredClone(parsed.plan)), { plan: parsed.plan });
    for (const { start, end } of parsed.remarks ?? [])
      assert.ok(start >= 0 && start < end && end <= text.length, text);
    return;
  }
  assert.equal(parsed.error.message, UNPARSEABLE);
  assert.ok(parsed.error.details.length > 0, text);
  for (const { reason, suggestion } of parsed.error.details)
    assert.ok(reason !== "" && suggestion !== "", text);
}

function assertSpans({ trigger, steps }: Plan, text: string): void {
  const { start, end } = trigger?.span ?? { start: 0, end: 1 };
  assert.ok(0 <= start && start < end && end <= text.length, text);
  assertOrder(steps, 0, text.length, text);
}

/** It holds for the whole text: its words stand anywhere. */
function isProhibition({ type, span }: PlanStep, text: string): boolean {
  return type === "skip" && /^(?:do|never|no|not)/i.test(text.slice(span?.start, span?.end));
}

function assertOrder(steps: readonly PlanStep[], from: number, to: number, text: string): void {
  let start = from;
  for (const planStep of steps) {
    const { span } = planStep;
    assert.ok(span !== undefined, text);
    if (isProhibition(planStep, text)) continue;
    assert.ok(
      span.start >= start && span.end <= to && span.start < span.end,
      `${JSON.stringify(planStep)} in ${JSON.stringify(text)}`,
    );
    start = span.start;
    if (planStep.type !== "if") continue;
    assertOrder(planStep.then, span.start, span.end, text);
    assertOrder(planStep.else ?? [], span.start, span.end, text);
  }
}
