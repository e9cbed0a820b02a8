import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import { type Span, walkPlan } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";
import { readLines } from "./layout.ts";
import { readPatiently } from "./rereading.ts";
import { readTokens } from "./tokens.ts";

const WORDS =
  'find contacts deals in London send the "Intro" email if unless otherwise they replied opened not and or then -> ; , . : ? wait 3 days tag VIP every Monday at 9 AM when a deal moves to Won create task call for @user.rep ( ) \n - 1. $50k over LinkedIn don\'t never anyone day 2 later please either way actually no so everyone else';
const anyWords = fc
  .array(fc.constantFrom(...WORDS.split(" ")), { maxLength: 30 })
  .map((words) => words.join(" "));

const CASES = ["dev-ops", "dev-talk", "dev-cadence", "dev-automations", "examples"].flatMap(
  (name) =>
    readFileSync(new URL(`../../../../test/instructions/${name}.jsonl`, import.meta.url), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly text: string }).text),
);

/** The words of an understood text that lie in no planStep, not in the trigger, and not in words that carry nothing. */
function lostWords(text: string): readonly string[] {
  const parsed = parseOffline(text);
  if ("error" in parsed) return [];
  const tokens = readTokens(text);
  const { passed, triggerSpan } = readPatiently(text, tokens);
  const spans = [...walkPlan(parsed.plan)].map(({ planStep }) => planStep.span);
  const all: readonly (Span | undefined)[] = [...spans, ...passed, triggerSpan];
  return readLines(text, tokens)
    .flatMap(({ from, to }) => tokens.slice(from, to))
    .filter(({ kind }) => kind !== "mark")
    .filter(({ start, end }) => !all.some((span) => span && start >= span.start && end <= span.end))
    .map(({ text: word }) => word);
}

test("PA-109 every word of an understood text lies in a step, the trigger, or words that carry nothing", () => {
  for (const text of CASES) assert.deepEqual(lostWords(text), [], text);
  fc.assert(
    fc.property(anyWords, (text) => {
      assert.deepEqual(lostWords(text), [], text);
    }),
    { numRuns: 500 },
  );
});

test("PA-110 what stands in quotes and every variable is in the plan, or the text is refused", () => {
  for (const text of CASES) {
    const parsed = parseOffline(text);
    if ("error" in parsed) continue;
    const plan = bare(
      JSON.stringify(parsed.plan, (key, value: unknown) => (key === "span" ? 0 : value)),
    );
    const { passed } = readPatiently(text, readTokens(text));
    for (const { kind, text: word, start } of readTokens(text)) {
      const isExact = kind === "quoted" || kind === "variable";
      if (!isExact || passed.some((span) => start >= span.start && start < span.end)) continue;
      assert.ok(plan.includes(bare(word)), `${word} in ${text}`);
    }
  }
});

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
