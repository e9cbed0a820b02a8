import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import type { Plan } from "#domain/plan.ts";

import { parserConformance } from "../parser.conformance.ts";
import { parseOffline, offlineParser } from "./offline.ts";

parserConformance(offlineParser);

/** Sentences of our own with the plans they must become, checked by reading. */
const GOLDEN = readFileSync(
  new URL("../../../test/fixtures/instructions.jsonl", import.meta.url),
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { readonly text: string; readonly plan: unknown });

/** What is refused, and why. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["", /no instructions/],
  ["Thanks!", /Nothing in it/],
  ["Wait 100 days", /at most 90 days/],
  ["Every other week find leads", /cannot be carried/],
  ["Every Monday find leads. Run this every Tuesday.", /trigger already/],
  ["Enrich them with ZoomInfo", /Apollo only/],
  ["Text them an SMS", /no other messages/],
  ["Why did we lose that deal?", /question/],
  ["Otherwise stop", /no condition before it/],
  ["If they replied", /nothing to do/],
  ["Send the 'Intro' email by carrier pigeon", /carrier pigeon/],
  ["Find contacts in London, and merge the duplicates", /merge/],
  ["Tag them hot and celebrate with the team", /celebrate|team/],
];

const withoutSpans = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json, (key, value: unknown) => (key === "span" ? undefined : value)));

const planOf = (text: string): unknown => {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  return withoutSpans(parsed.plan);
};

test("PA-8 the golden sentences become their plans", () => {
  for (const { text, plan } of GOLDEN) assert.deepEqual(planOf(text), plan, text);
});

test("PA-9 what cannot be carried out is refused with a reason", () => {
  for (const [text, reason] of REFUSED) {
    const parsed = parseOffline(text);
    assert.ok("error" in parsed, text);
    assert.match(parsed.error.details[0]?.reason ?? "", reason, text);
  }
});

test("PA-10 a prohibition never becomes the act that it forbids", () => {
  for (const not of ["Don't", "Do not", "Never", "Please don't"]) {
    for (const act of [
      "email anyone",
      "send the 'Intro' email",
      "connect on LinkedIn",
      "tag them VIP",
      "create a task to call them",
    ]) {
      const parsed = parseOffline(`${not} ${act}. Wait 1 day.`);
      const types = "plan" in parsed ? parsed.plan.steps.map(({ type }) => type) : ["wait"];
      assert.deepEqual(types, ["wait"], `${not} ${act}`);
    }
  }
});

const name = fc.constantFrom("Intro", "Case Study", "Deep Dive", "Re-engage Q4");
const days = fc.integer({ min: 2, max: 90 });

/** A planStep of a common form and several ways to say it. */
const said = fc.oneof(
  name.chain((template) =>
    fc
      .constantFrom(
        `send the '${template}' email`,
        `send "${template}"`,
        `email them the '${template}' template`,
        `drop them an email using our ${template} template`,
      )
      .map((phrase) => ({ phrase, planStep: { type: "send_email", params: { template } } })),
  ),
  days.chain((count) =>
    fc
      .constantFrom(
        `wait ${count} days`,
        `pause for ${count} days`,
        `hold off for ${count} days`,
        `give it ${count} days`,
      )
      .map((phrase) => ({
        phrase,
        planStep: { type: "wait", params: { duration: `P${count}D` } },
      })),
  ),
  name.chain((tag) =>
    fc
      .constantFrom(`tag them '${tag}'`, `add the tag '${tag}'`, `apply the '${tag}' tag`)
      .map((phrase) => ({ phrase, planStep: { type: "add_tag", params: { tags: [tag] } } })),
  ),
  fc
    .constantFrom(
      "connect on LinkedIn",
      "send a LinkedIn invitation",
      "connect with them on LinkedIn",
    )
    .map((phrase) => ({ phrase, planStep: { type: "linkedin_invitation", params: {} } })),
  fc
    .constantFrom("stop", "end the workflow", "stop here")
    .map((phrase) => ({ phrase, planStep: { type: "stop", params: {} } })),
);

test("PA-12 the common forms are understood however they are phrased, joined and numbered", () => {
  const joint = fc.constantFrom(", then ", " and then ", " -> ", "; ", ". ", "\n", "\n- ", ", ");
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 5 }), joint, (parts, link) => {
      const text = parts.map(({ phrase }) => phrase).join(link);
      const plan: unknown = { steps: parts.map(({ planStep }) => planStep) };
      assert.deepEqual(planOf(text), plan as Plan, text);
    }),
    { numRuns: 300 },
  );
});

test("PA-325 a trigger carries the span of its words, wherever they stand", () => {
  for (const [text, words] of [
    ["Every Monday at 8, find leads.", "Every Monday at 8"],
    [
      "Find leads and email them. Run this every Saturday at 10 AM.",
      "Run this every Saturday at 10 AM",
    ],
    ["When a deal moves to Won, notify me.", "When a deal moves to Won"],
    ["Send the 'Thanks' email whenever a deal is created.", "whenever a deal is created"],
  ] as const) {
    const parsed = parseOffline(text);
    assert.ok("plan" in parsed, text);
    const { start, end } = parsed.plan.trigger?.span ?? { start: 0, end: 0 };
    assert.equal(text.slice(start, end).replace(/[.,]$/, ""), words);
  }
});
