import assert from "node:assert/strict";
import { test } from "node:test";

import {
  byDay,
  figuresOf,
  linesOfHappening,
  nameStep,
  phraseDays,
  phraseLimit,
  phraseSelections,
  SAMPLE_WORDS,
  WALK_WORDS,
} from "./simulation-words.ts";

test("PG-80 a simulation says how many it walked of those found", () => {
  assert.equal(
    phraseSelections([{ type: "contact", found: 1214, walked: 200 }]),
    "Walked 200 of the 1,214 contacts found.",
  );
  assert.equal(
    phraseSelections([{ type: "company", found: 3, walked: 3 }]),
    "Walked all 3 companies.",
  );
  assert.equal(phraseSelections([{ type: "deal", found: 1, walked: 1 }]), "Walked the 1 deal.");
  assert.equal(phraseSelections([]), "It needs nobody to work on.");
});

test("PG-81 nothing of a simulation is told as if it had happened", () => {
  for (const words of [...Object.values(SAMPLE_WORDS), ...Object.values(WALK_WORDS)])
    assert.match(words, /would|^If|not walked/);
});

test("PG-82 its totals come emails first, whom it worked on apart, a figure that is new by its own name", () => {
  assert.deepEqual(
    figuresOf({
      contactsFound: 9,
      tasksCreated: 1,
      emailsSent: 43,
      fieldsUpdated: 0,
      callsBooked: 2,
    }),
    [
      { name: "emails", count: "43" },
      { name: "task", count: "1" },
      { name: "calls booked", count: "2" },
    ],
  );
});

test("PG-83 what its limits do to it is told only where they do something", () => {
  const held = [100, 100, 43].map((emails, index) => ({ day: index + 1, date: "", emails }));
  const sending = { emails: 243, days: 3, perDay: 100, sentToday: 0, byDay: held, pauses: false };
  assert.equal(phraseLimit(sending), "At 100 emails a day they take 3 days.");
  assert.equal(phraseLimit({ ...sending, perDay: 500 }), undefined);
  assert.match(
    phraseLimit({ ...sending, perDay: 500, sentToday: 400, pauses: true }) ?? "",
    /\(400 are sent today already\) the agent would pause/,
  );
  assert.deepEqual([phraseDays(1), phraseDays(14)], ["1 day", "14 days"]);
});

test("PG-84 a sample tells, day by day, what would be sent and what would change from what to what", () => {
  const at = "2026-01-05T09:00:00.000Z";
  const happening = {
    path: "3.then.1",
    type: "send_email",
    day: 6,
    at,
    outcome: "done",
    text: "would send",
    mail: { to: "ada@x.example", subject: "Hi Ada", text: "Good day", template: "Intro" },
    changes: [{ field: "contact.status", from: null, to: "Qualified" }],
    warnings: ["has no phone"],
  } as const;
  assert.equal(nameStep(happening), "3.then.1 Send email");
  assert.deepEqual(
    linesOfHappening({
      ...happening,
      changes: [...happening.changes],
      warnings: [...happening.warnings],
    }),
    [
      ["to", "ada@x.example"],
      ["subject", "Hi Ada"],
      ["text", "Good day"],
      ["template", "Intro"],
      ["contact.status", "nothing → Qualified"],
      ["warning", "has no phone"],
    ],
  );
  const bare = {
    path: "1",
    type: "wait",
    day: 1,
    at,
    outcome: "waited",
    text: "",
    warnings: [],
  } as const;
  const days = byDay(
    [bare, { ...bare, path: "2" }, { ...bare, day: 6 }].map((one) => ({ ...one, warnings: [] })),
  );
  assert.deepEqual(
    days.map(({ day, happenings }) => [day, happenings.length]),
    [
      [1, 2],
      [6, 1],
    ],
  );
});
