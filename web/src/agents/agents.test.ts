import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ProblemError } from "#contract/client.ts";
import type { Condition, Plan } from "#domain/plan.ts";

import { phraseNext } from "./next.ts";
import { cardsOf } from "./plan-cards.ts";
import { phraseCondition, phraseCron } from "./plan-words.ts";
import { tellRun } from "./run-words.ts";
import { changeOf, valuesOf } from "./settings-values.ts";
import { cutBySpans, keyAt, spanOfClause } from "./spans.ts";
import { spansToMark, understandingOfError } from "./understanding.ts";

const span = fc.record({
  key: fc.constantFrom("1", "2", "2.then.1"),
  start: fc.integer({ min: -3, max: 40 }),
  end: fc.integer({ min: -3, max: 40 }),
});

test("WB-18 however spans nest or overlap, the marked pieces joined are the text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(span, { maxLength: 6 }), (text, spans) => {
      const pieces = cutBySpans(text, spans);
      assert.equal(pieces.map((piece) => piece.text).join(""), text);
      assert.ok(pieces.every(({ text: words }) => words !== ""));
    }),
  );
});

test("WB-19 words within words belong to the innermost step", () => {
  const spans = [
    { key: "4", start: 0, end: 20 },
    { key: "4.then.1", start: 10, end: 20 },
  ];
  assert.deepEqual(
    cutBySpans("If no reply, send it", spans).map(({ keys }) => keys),
    [["4"], ["4", "4.then.1"]],
  );
  assert.equal(keyAt(spans, 15), "4.then.1");
  assert.equal(keyAt(spans, 3), "4");
  assert.equal(keyAt(spans, 40), undefined);
});

test("WB-20 a refused clause is marked where it stands in the text", () => {
  assert.deepEqual(spanOfClause("Find leads. Dance on the moon.", "dance on the moon"), {
    start: 12,
    end: 29,
  });
  assert.equal(spanOfClause("Find leads", ""), undefined);
  const refusal = {
    message: "Unable to parse instructions. Please clarify.",
    details: [{ text: "Dance", reason: "r", suggestion: "s" }],
  };
  const error = new ProblemError({
    type: "",
    title: "",
    status: 422,
    detail: "",
    code: "unparseable",
    error: refusal,
  });
  const understanding = understandingOfError(error);
  assert.equal(understanding.state, "refused");
  assert.deepEqual(spansToMark("Dance!", { of: "Dance!", understanding }), [
    { key: "note:0", tone: "red", start: 0, end: 5 },
  ]);
  assert.equal(understandingOfError(new TypeError("fetch failed")).state, "unknown");
});

const plan: Plan = {
  steps: [
    {
      type: "search_contacts",
      params: { field: "tags", operator: "contains", value: "VIP", limit: 5 },
      span: { start: 0, end: 9 },
    },
    {
      type: "if",
      params: {
        all: [
          { field: "contact.replied", operator: "==", value: false },
          {
            any: [
              { field: "a", operator: "exists" },
              { field: "b", operator: "in", value: [1, 2000] },
            ],
          },
        ],
      },
      then: [{ type: "web_search", params: { query: "@company.name" } }],
      else: [{ type: "stop", params: {} }],
    },
  ],
};

test("WB-21 a plan's cards stand in the order of the text, branches under their decision, actions that are not built named", () => {
  assert.deepEqual(
    cardsOf(plan).map(({ path, depth, branch, isBuilt }) => [path, depth, branch, isBuilt]),
    [
      ["1", 0, undefined, true],
      ["2", 0, undefined, true],
      ["2.then.1", 1, "Then", false],
      ["2.else.1", 1, "Otherwise", true],
    ],
  );
  assert.deepEqual(cardsOf(plan)[0]!.lines, [
    ["where", "tags contains VIP"],
    ["at most", "5"],
  ]);
});

test("WB-22 conditions and schedules are told in words; a schedule that has none stays as it is written", () => {
  const condition = (plan.steps[1] as { params: Condition }).params;
  assert.equal(
    phraseCondition(condition),
    "contact.replied is no and (a is known or b is one of 1, 2,000)",
  );
  assert.equal(
    phraseCondition({ field: "lastContactedAt", operator: "<", value: "-P30D" }),
    "lastContactedAt is less than 30 days ago",
  );
  assert.deepEqual(
    ["0 9 * * 1-5", "30 8 * * *", "0 7 * * 1,4", "0 9 1 * *", "5 * * * *", "*/7 9 * * *"].map(
      phraseCron,
    ),
    [
      "Every weekday at 09:00",
      "Every day at 08:30",
      "Every Monday and Thursday at 07:00",
      "On day 1 of every month at 09:00",
      "Every hour at :05",
      "*/7 9 * * *",
    ],
  );
  assert.equal(
    phraseNext({
      triggers: [],
      plan: { trigger: { type: "schedule", cron: "0 9 * * *" }, steps: [] },
      status: "draft",
    }),
    "Every day at 09:00 (once live)",
  );
});

const told = {
  phase: "succeeded",
  message: null,
  summary: "Processed 5 contacts, sent 5 emails",
  error: null,
  warnings: 0,
} as const;

test("WB-23 a run that somebody started is told in the known words: running, success with its count, failure with a retry", () => {
  assert.equal(tellRun({ ...told, phase: "active" }).text, "Agent is running...");
  assert.ok(tellRun(told).text.startsWith("Agent completed successfully. Processed 5 contacts."));
  assert.equal(tellRun(told).link, "View Execution Log");
  const error = {
    code: "x",
    message: "Email template 'xyz' not found",
    step: "2",
    suggestion: null,
    details: null,
  };
  const failed = tellRun({ ...told, phase: "failed", summary: null, error });
  assert.deepEqual(
    [failed.text, failed.link, failed.canRetry],
    ["Agent failed: Email template 'xyz' not found", "View Error Log", true],
  );
  assert.equal(
    tellRun({ ...told, phase: "waiting", message: "Agent paused. Will resume in 5 days." }).text,
    "Agent paused. Will resume in 5 days.",
  );
});

test("WB-24 saving settings sends what the form holds with the version that was edited; an emptied limit stays", () => {
  const agent = {
    name: "A",
    goal: "",
    defaultTemplateId: null,
    manualRun: ["owner"],
    reenrolment: "never",
    memory: { lasts: "agent" },
    restrictions: {
      maxExecutionsPerDay: 1,
      maxExecutionsPerMinute: 2,
      maxEmailsPerDay: 3,
      onLimit: "hold",
    },
  } as never;
  const change = changeOf({ ...valuesOf(agent), maxEmailsPerDay: "" }, 7);
  assert.deepEqual(change.restrictions, {
    maxExecutionsPerDay: 1,
    maxExecutionsPerMinute: 2,
    onLimit: "hold",
  });
  assert.equal(change.version, 7);
});
