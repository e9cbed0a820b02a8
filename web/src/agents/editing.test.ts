import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Trigger } from "#domain/plan.ts";

import { addSentence, applyEdit, removeWords, replaceWords } from "./edits.ts";
import { fixesOf } from "./fixes.ts";
import { wantTrigger } from "./forms/wanted.ts";
import { notesOfProblems, notesOfRefusal } from "./notes.ts";
import { carrySpans } from "./spans.ts";
import { type AgentTrigger, offerTrigger, takeTrigger } from "./trigger-offer.ts";
import { type Answer, readingOf, spansToMark, TRIGGER_KEY } from "./understanding.ts";

const answer = (of: string): Answer => ({
  of,
  understanding: { state: "refused", refusal: { message: "no", details: [] } },
});

test("PG-60 while one types, the last answer stays and is marked as behind; of an empty text nothing is said", () => {
  assert.deepEqual(readingOf("Find leads", answer("Find")), { ...answer("Find"), isBehind: true });
  assert.equal(readingOf("Find", answer("Find")).isBehind, false);
  assert.equal(readingOf("Find", undefined).understanding.state, "reading");
  assert.equal(readingOf("  ", answer("Find")).understanding.state, "nothing");
});

const edited = fc.record({
  head: fc.string({ maxLength: 8 }),
  gone: fc.string({ maxLength: 8 }),
  typed: fc.string({ maxLength: 8 }),
  tail: fc.string({ maxLength: 8 }),
});

test("PG-61 marks move along with what is typed: words before and behind an edit keep their marks", () => {
  fc.assert(
    fc.property(edited, ({ head, gone, typed, tail }) => {
      const from = head + gone + tail;
      const to = head + typed + tail;
      // Which of two equal letters was taken out nobody can tell.
      fc.pre((gone + tail)[0] !== (typed + tail)[0]);
      const spans = [
        { key: "before", start: 0, end: head.length },
        { key: "behind", start: from.length - tail.length, end: from.length },
      ].filter(({ start, end }) => start < end);
      const carried = carrySpans(from, to, spans);
      const words = (key: string): string | undefined => {
        const span = carried.find((one) => one.key === key);
        return span && to.slice(span.start, span.end);
      };
      if (head !== "") assert.ok((words("before") ?? "").startsWith(head));
      if (tail !== "") assert.ok((words("behind") ?? "").endsWith(tail));
    }),
  );
  const span = { key: "1", start: 5, end: 10 };
  assert.deepEqual(carrySpans("Find leads now", "Find my leads now", [span]), [
    { key: "1", start: 8, end: 13 },
  ]);
  assert.deepEqual(carrySpans("Find leads now", "Find lexads now", [span]), [{ ...span, end: 11 }]);
  assert.deepEqual(carrySpans("Find leads now", "Find", [span]), []);
});

const fixed = (
  text: string,
  clause: string,
  suggestion: string,
  reason = "r",
): Readonly<Record<string, string>> => {
  const [note] = notesOfRefusal(text, {
    message: "",
    details: [{ text: clause, reason, suggestion }],
  });
  return Object.fromEntries(
    (note?.fixes ?? []).map(({ label, edit }) => [label, applyEdit(text, edit)]),
  );
};

test("PG-62 a suggestion that names other words is a button that writes them; what remains can be a task or be left out", () => {
  assert.deepEqual(
    fixed(
      "Find leads. Give them a ring. Tag them Hot.",
      "Give them a ring",
      "Create a task, such as: create a task: Call @contact.firstName",
    ),
    {
      "Replace by “create a task: Call @contact.firstName”":
        "Find leads. Create a task: Call @contact.firstName. Tag them Hot.",
      "Make it a task for a person": "Find leads. Create a task: Give them a ring. Tag them Hot.",
      "Take it out": "Find leads. Tag them Hot.",
    },
  );
  assert.deepEqual(
    Object.keys(
      fixed(
        "When pigs fly, stop",
        "When pigs fly",
        "Begin with an event, such as: When a contact replies",
      ),
    ),
    ["Replace by “When a contact replies”", "Take it out"],
  );
  const misspelt = fixed(
    "Send the 'Outbond' email",
    "Send the 'Outbond' email",
    "Did you mean 'Outbound v2'?",
    "Email template 'Outbond' not found",
  );
  assert.equal(
    misspelt["Replace by “Send the 'Outbound v2' email”"],
    "Send the 'Outbound v2' email",
  );
  assert.deepEqual(
    fixesOf("x", { start: 0, end: 1 }, { reason: "", suggestion: "Use one of: find, skip" }).map(
      ({ label }) => label,
    ),
    ["Make it a task for a person", "Take it out"],
  );
});

test("PG-66 of a clause that is understood in part only the rest is marked, where it stands for itself", () => {
  const text = "Find leads. Send the 'Intro' email, then dance on the moon.";
  const clause = "Send the 'Intro' email, then dance on the moon";
  const reason = '"dance on the moon" is not understood here';
  assert.deepEqual(fixed(text, clause, "Use one of: find", reason), {
    "Make it a task for a person":
      "Find leads. Send the 'Intro' email, then create a task: Dance on the moon.",
    "Take it out": "Find leads. Send the 'Intro' email.",
  });
});

test("PG-63 words that stand twice are each marked in their own place", () => {
  const detail = { text: "dance", reason: "r", suggestion: "s" };
  const notes = notesOfRefusal("Dance, find leads, dance", {
    message: "",
    details: [detail, detail],
  });
  assert.deepEqual(
    notes.map(({ span }) => span?.start),
    [0, 19],
  );
});

test("PG-64 a step's words are replaced, taken out or added so that the sentences around them stay whole", () => {
  const text = "Find leads, tag them Hot and stop.\n- wait 2 days";
  const of = (words: string) => ({
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
  });
  assert.equal(
    applyEdit(text, removeWords(text, of("tag them Hot"))),
    "Find leads and stop.\n- wait 2 days",
  );
  assert.equal(
    applyEdit(text, removeWords(text, of("stop"))),
    "Find leads, tag them Hot.\n- wait 2 days",
  );
  assert.equal(
    applyEdit(text, replaceWords(text, of("wait 2 days"), "wait 3 days")),
    "Find leads, tag them Hot and stop.\n- Wait 3 days",
  );
  assert.equal(
    applyEdit("Find leads", addSentence("Find leads", "wait 2 days")),
    "Find leads. Wait 2 days.",
  );
  assert.equal(applyEdit("", addSentence("", "stop")), "Stop.");
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), (any, one, other) => {
      const [start, end] = [one, other]
        .map((at) => at % (any.length + 1))
        .toSorted((a, b) => a - b) as [number, number];
      const removed = applyEdit(any, removeWords(any, { start, end }));
      assert.ok(removed.length <= any.length - (end - start));
    }),
  );
});

test("PG-65 the trigger that the words name is offered, known as used, or told apart from the agent's own", () => {
  const monday: Trigger = { type: "schedule", cron: "0 8 * * 1" };
  const byHand: AgentTrigger = { type: "manual" };
  assert.equal(offerTrigger(monday, [byHand]).act, "Use this schedule: every Monday at 08:00");
  assert.equal(offerTrigger(monday, [byHand]).state, "open");
  const taken = takeTrigger(monday, [
    byHand,
    { type: "schedule", cron: "0 9 * * *", missed: "skip" },
  ]);
  assert.deepEqual(taken, [byHand, { ...monday, missed: "runOnce" }]);
  assert.equal(offerTrigger(monday, taken).state, "used");
  const reply: Trigger = { type: "event", event: "email_replied" };
  assert.deepEqual(
    [offerTrigger(reply, taken).state, offerTrigger(reply, taken).instead],
    ["differs", "Every Monday at 08:00"],
  );
  assert.equal(offerTrigger(reply, takeTrigger(reply, taken)).state, "used");
});

test("PG-67 what a plan meets in the workspace stands at its step and at its words; a near name is a button", () => {
  const text = "Send the 'Folow-up' email.";
  const [note] = notesOfProblems(text, [
    {
      path: "1",
      span: { start: 10, end: 18 },
      severity: "error",
      code: "template_not_found",
      message: "Email template 'Folow-up' not found",
      suggestion: "Did you mean 'Follow-up'?",
      instead: "Follow-up",
    },
  ]);
  assert.deepEqual(
    [note?.path, note?.lights, note?.tone, note?.words],
    ["1", "1", "red", "Folow-up"],
  );
  const fix = note?.fixes[0];
  assert.equal(fix?.label, "Replace by “Follow-up”");
  assert.equal(fix && applyEdit(text, fix.edit), "Send the 'Follow-up' email.");
});

test("PG-69 the words that name the trigger light its card, wherever they stand; its form writes in their place", () => {
  const trigger = { type: "schedule", cron: "0 8 * * 1", span: { start: 12, end: 29 } } as const;
  const steps = [{ type: "stop", params: {}, span: { start: 0, end: 11 } }] as const;
  const text = "Stop there, every Monday at 8.";
  const understood = {
    of: text,
    understanding: {
      state: "understood",
      plan: { trigger, steps },
      problems: [],
      reading: { remarks: [] },
    },
  } as const;
  assert.deepEqual(
    spansToMark(text, understood).map(({ key, start, end }) => [key, text.slice(start, end)]),
    [
      [TRIGGER_KEY, "every Monday at 8"],
      ["1", "Stop there,"],
    ],
  );
  const [first] = wantTrigger(
    { text, plan: { trigger, steps } },
    { ...trigger, cron: "0 9 * * 2" },
  ).ways;
  assert.equal(first && applyEdit(text, first), "Stop there, every Tuesday at 9:00 AM.");
  const [gone] = wantTrigger({ text, plan: { trigger, steps } }, undefined).ways;
  assert.equal(gone && applyEdit(text, gone), "Stop there.");
});
