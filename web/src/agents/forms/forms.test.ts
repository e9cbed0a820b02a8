import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { type Condition, conditionSchema, type Plan, type PlanStep, VERBS } from "#domain/plan.ts";

import { applyEdit } from "../edits.ts";
import { changeDraft, draftOf, isGroup, newRow, readDraft } from "./condition-draft.ts";
import { isSamePlan, withStep } from "./rewrite.ts";
import { cronOf, scheduleValuesOf } from "./schedule-values.ts";
import { readStep, STEP_FIELDS } from "./step-fields.ts";
import { daysAndHoursOf, lengthOf, readValue, writeValue } from "./values.ts";
import { stepAt, wantChanged, wantRemoved, wantTrigger } from "./wanted.ts";

const value = fc.oneof(
  fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[",]/.test(text)),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom("-P7D", "P2W", "today", "42", "yes", "7 days ago", "@memory.x"),
);
const comparison = fc.oneof(
  fc.record({
    field: fc.constantFrom("title", "deal.value"),
    operator: fc.constantFrom("==" as const, ">" as const, "contains" as const),
    value,
  }),
  fc.record({ field: fc.constant("phone"), operator: fc.constant("exists" as const) }),
  fc.record({
    field: fc.constant("status"),
    operator: fc.constant("in" as const),
    value: fc.array(fc.constantFrom("A", "B", 3), { minLength: 1 }),
  }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc.record({ all: fc.array(tie("condition"), { minLength: 2, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 2, maxLength: 3 }) }),
    fc.record({ not: comparison }),
  ),
}));

test("PG-85 a condition that is opened in the builder and not touched comes out the same", () => {
  fc.assert(
    fc.property(condition, (given) => {
      assert.ok(conditionSchema.safeParse(given).success);
      assert.deepEqual(readDraft(draftOf(given)), { condition: structuredClone(given) });
    }),
  );
  assert.deepEqual(readDraft(draftOf(undefined)), { condition: undefined });
});

test("PG-86 an unfinished row is said, a row taken out is gone, and nothing else changes", () => {
  const draft = draftOf({
    all: [
      { field: "a", operator: "exists" },
      { field: "b", operator: "exists" },
    ],
  });
  const [first] = draft.items;
  assert.ok(first);
  const without = changeDraft(draft, first.key, () => undefined);
  assert.deepEqual(readDraft(without), { condition: { field: "b", operator: "exists" } });
  const more = changeDraft(draft, draft.key, (old) =>
    isGroup(old) ? { ...old, items: [...old.items, newRow()] } : old,
  );
  assert.ok("unfinished" in readDraft(more));
  assert.ok("unfinished" in readDraft(draftOf({ field: "a", operator: "in", value: [] })));
});

test("PG-87 what is typed as a value is read as one would say it, and shown as it is typed", () => {
  assert.deepEqual(["yes", "50000", "7 days ago", "2 hours ago", '"42"', "London"].map(readValue), [
    true,
    50_000,
    "-P7D",
    "-PT2H",
    "42",
    "London",
  ]);
  fc.assert(fc.property(value, (any) => assert.equal(readValue(writeValue(any)), any)));
});

test("PG-88 a length is days and hours; one that is not touched stays as it was said", () => {
  assert.deepEqual(daysAndHoursOf("P1DT12H"), { days: 1, hours: 12 });
  assert.deepEqual(daysAndHoursOf("P2W"), { days: 14, hours: "" });
  assert.deepEqual(
    [
      { days: 5, hours: "" },
      { days: "", hours: 1.5 },
      { days: 1, hours: 2 },
      { days: "", hours: "" },
    ].map(lengthOf),
    ["P5D", "PT1H30M", "P1DT2H", undefined],
  );
});

test("PG-89 a schedule that is opened in the form and not touched stays the same, also one that no rhythm stands for", () => {
  const crons = [
    "0 9 * * *",
    "30 8 * * 1-5",
    "5 7 * * 1,4",
    "0 10 1 * *",
    "*/7 9 * * *",
    "0 9 1 1 *",
    "0 9 * * 1-3",
  ];
  for (const cron of crons) assert.equal(cronOf(scheduleValuesOf(cron)), cron);
  assert.equal(scheduleValuesOf(undefined).time, "09:00");
});

test("PG-90 every step has its form; what is missing in it is said by field", () => {
  assert.deepEqual(Object.keys(STEP_FIELDS).toSorted(), VERBS.toSorted());
  const step: PlanStep = {
    type: "create_task",
    params: { title: "x" },
    span: { start: 0, end: 3 },
  };
  assert.deepEqual(readStep(step, { title: "" }), { errors: { title: "is needed" } });
  assert.deepEqual(readStep(step, { title: "Call", due: null, assignee: "" }), {
    step: { ...step, params: { title: "Call" } },
  });
  const update: PlanStep = {
    type: "update_field",
    params: { entity: "contact", field: "optedOut", value: true },
  };
  assert.deepEqual(readStep(update, { ...update.params, value: false, custom: false }), {
    step: { ...update, params: { entity: "contact", field: "optedOut", value: false } },
  });
});

const text = "Find leads. If no reply after 5 days, tag them Cold.";
const plan: Plan = {
  steps: [
    { type: "search_contacts", params: {}, span: { start: 0, end: 10 } },
    { type: "wait", params: { duration: "P5D" }, span: { start: 12, end: 36 } },
    {
      type: "if",
      params: { field: "contact.replied", operator: "==", value: false },
      then: [{ type: "add_tag", params: { tags: ["Cold"] }, span: { start: 38, end: 51 } }],
      span: { start: 12, end: 51 },
    },
  ],
};

test("PG-91 a form's change says the words of its step anew and leaves all others alone", () => {
  const wanted = wantChanged({ text, plan }, "3.then.1", {
    ...stepAt(plan, "3.then.1")!,
    params: { tags: ["Warm"] },
  } as PlanStep);
  const [first] = wanted.ways;
  assert.ok(first);
  const written = applyEdit(text, first);
  assert.ok(written.startsWith("Find leads. If no reply after 5 days, add "), written);
  assert.ok(
    isSamePlan(
      wanted.plan,
      withStep(plan, "3.then.1", { type: "add_tag", params: { tags: ["Warm"] } }),
    ),
  );
  assert.deepEqual(
    wantRemoved({ text, plan }, "1").ways.map((way) => applyEdit(text, way)),
    ["If no reply after 5 days, tag them Cold."],
  );
});

test("PG-92 where one clause says a wait and a decision, both are said when one changes", () => {
  const ways = wantChanged({ text, plan }, "2", {
    ...stepAt(plan, "2")!,
    params: { duration: "P9D" },
  } as PlanStep).ways;
  assert.ok(
    ways
      .map((way) => applyEdit(text, way))
      .some((one) => /^Find leads\. Wait 9 days\. If .*, tag them Cold\.$/.test(one)),
    JSON.stringify(ways),
  );
});

test("PG-93 a trigger is said before the steps, and what stands before it stays", () => {
  const said = "For the roadshow: every day at 9 AM, find leads.";
  const start = said.indexOf("find");
  const timed: Plan = {
    trigger: { type: "schedule", cron: "0 9 * * *" },
    steps: [{ type: "search_contacts", params: {}, span: { start, end: start + 10 } }],
  };
  const change = wantTrigger({ text: said, plan: timed }, { type: "schedule", cron: "0 8 * * 1" });
  assert.match(
    applyEdit(said, change.ways[0]!),
    /^For the roadshow: every monday at 8(:00)? am, find leads\.$/i,
  );
  assert.equal(
    applyEdit(said, wantTrigger({ text: said, plan: timed }, undefined).ways[0]!),
    "For the roadshow: Find leads.",
  );
});
