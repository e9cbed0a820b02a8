import assert from "node:assert/strict";
import { suite, test } from "node:test";

import fc from "fast-check";

import { type Parsed, parsePlan, UNPARSEABLE, walkPlan } from "#domain/plan.ts";

import { wholeTexts } from "./corpora.ts";
import { parseOffline } from "./parsers/offline.ts";

const TEXTS = wholeTexts().map(({ text }) => text);
const LONGEST_MS = 100;
for (const text of TEXTS) parseOffline(text); // what was never run before is slow

const anyText = fc.constantFrom(...TEXTS);
const place = fc.nat({ max: 400 });

type Mutate = (words: readonly string[], at: number) => readonly string[];

const MUTATIONS: Readonly<Record<string, Mutate>> = {
  "a word left out": (words, at) => words.toSpliced(at, 1),
  "a word doubled": (words, at) => words.toSpliced(at, 0, words[at] ?? ""),
  "two words swapped": (words, at) => words.toSpliced(at, 2, words[at + 1] ?? "", words[at] ?? ""),
  "cut off": (words, at) => words.slice(0, at + 1),
  "an emoji": (words, at) => words.toSpliced(at, 0, "🚀"),
  "a word from right to left": (words, at) => words.toSpliced(at, 0, "\u202Eمرحبا"),
  "a broken quote": (words, at) => words.toSpliced(at, 0, '"'),
  "a parenthesis": (words, at) => words.toSpliced(at, 0, "("),
  "a line break": (words, at) => words.toSpliced(at, 0, "\n\n-"),
  "in capitals": (words) => words.map((word) => word.toUpperCase()),
};

const mutated = fc
  .tuple(
    anyText,
    fc.array(fc.tuple(fc.constantFrom(...Object.values(MUTATIONS)), place), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, mutations]) =>
    mutations
      .reduce<readonly string[]>(
        (words, [mutate, at]) => mutate(words, at % Math.max(1, words.length)),
        text.split(" "),
      )
      .join(" "),
  );

/** Parses within the time, told by the thread's own count: what others do on the machine is not its time. */
function parseInTime(text: string): Parsed {
  const before = process.threadCpuUsage();
  const parsed = parseOffline(text);
  const { user, system } = process.threadCpuUsage(before);
  const took = (user + system) / 1000;
  assert.ok(took < LONGEST_MS, `${text.slice(0, 60)} took ${took} ms`);
  return parsed;
}

function assertHolds(text: string, parsed: Parsed): void {
  if ("error" in parsed) {
    assert.equal(parsed.error.message, UNPARSEABLE);
    assert.ok(parsed.error.details.length > 0, text);
    return;
  }
  assert.deepEqual(parsePlan(structuredClone(parsed.plan)), { plan: parsed.plan });
  for (const { planStep } of walkPlan(parsed.plan)) {
    const { start, end } = planStep.span ?? { start: -1, end: -1 };
    assert.ok(start >= 0 && start < end && end <= text.length, text);
  }
}

const bare = (text: string): string => text.toLowerCase().replaceAll(/[‘’“”"'`\\]/g, "");

/** What was put in between clauses, and nothing can carry out. */
const NONSENSE = "polish the trophies";

const isDropped = (text: string): boolean => {
  const parsed = parseInTime(text);
  return "plan" in parsed && !/trophies/i.test(JSON.stringify(parsed.plan));
};

const JOINTS = / and |, |; | -> | → |(?<=\.) (?=[A-Z])/g;

/** A text with the nonsense before it, at each of its joints, and behind it. */
function withNonsense(text: string): readonly string[] {
  const open = text.replace(/\.?\s*$/, "");
  const inside = Array.from(text.matchAll(JOINTS), ({ 0: joint, index }) => {
    const clause = joint === " " ? "Polish the trophies." : NONSENSE;
    return `${text.slice(0, index)}${joint}${clause}${joint}${text.slice(index + joint.length)}`;
  });
  const behind = [" and ", ", then ", "; ", " -> "].map((joint) => `${open}${joint}${NONSENSE}`);
  return [`Polish the trophies. ${text}`, ...inside, ...behind, `${open}. Polish the trophies.`];
}

suite("any text", () => {
  test("PA-187 mutations of the labelled texts are answered within 100 ms by a plan that holds or a refusal", () => {
    const cut =
      "Step 2 (day 2): LinkedIn. Step 3 (day 5, automatic email): \n\n- 'Case'. Step 4 (day 9, task): Call Ann.";
    assertHolds(cut, parseInTime(cut));
    fc.assert(
      fc.property(mutated, (text) => assertHolds(text, parseInTime(text))),
      { numRuns: 500 },
    );
  });

  test("PA-187 parentheses, emoji, right to left, one word, and a megabyte are answered within 100 ms", () => {
    const texts = [
      "(".repeat(10_000),
      `if ${"(".repeat(4000)}they replied${")".repeat(4000)}, stop`,
      "🚀".repeat(5000),
      "\u202Eأرسل البريد ".repeat(600),
      "send ".repeat(2000),
      "if they replied and ".repeat(500),
      "'".repeat(9999),
      `send '${"x ".repeat(4900)}'`,
      "1. ".repeat(3000),
      "- if they replied:\n  ".repeat(400),
      "x".repeat(1_000_000),
      "Send the 'Intro' email. ".repeat(42_000),
      "wait 3 days -> ".repeat(660),
    ];
    for (const text of texts) assertHolds(text, parseInTime(text));
  });

  test("PA-188 quoted texts and variables of what is understood are in the plan", () => {
    for (const text of TEXTS) {
      const parsed = parseOffline(text);
      if ("error" in parsed) continue;
      const plan = bare(JSON.stringify(parsed.plan));
      for (const [kept] of text.matchAll(/"[^"]+"|@[\w.[\]]*\w/g))
        assert.ok(plan.includes(bare(kept)), `${kept} of ${text}`);
    }
  });

  test("PA-189 a clause that nothing can carry out, put before, between or after clauses, is never dropped", () => {
    // What stands in a reason belongs to the reason.
    for (const text of TEXTS.filter((each) => !/\bso (?:that|it)\b|, so /.test(each)))
      for (const each of withNonsense(text)) assert.ok(!isDropped(each), each);
  });
});
