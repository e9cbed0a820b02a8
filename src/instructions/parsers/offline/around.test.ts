import assert from "node:assert/strict";
import { test } from "node:test";

import { assertRefused, assertSame, planOf } from "./testing-plans.ts";

test("PA-240 a dash parts clauses behind a task's title, too, where the same dash parted them before or a wait follows", () => {
  assertSame(
    [
      "Send 'A' — create task: Call Ann — wait 1 day — tag them Done",
      "Send 'A' - create task: Call Ann - wait 1 day - tag them Done",
      "Send 'A'. Create task: Call Ann — wait 1 day — tag them Done",
    ],
    "Send 'A'. Create task: Call Ann. Wait 1 day. Tag them Done.",
  );
  assert.deepEqual(planOf("Create task: Strike while hot - call Ann").steps, [
    { type: "create_task", params: { title: "Strike while hot - call Ann" } },
  ]);
});

test("PA-241 the five fields of cron are a schedule, with a word for it or a star among them", () => {
  const crons = {
    "On the schedule 0 9 1 1 *: stop": "0 9 1 1 *",
    "cron */15 9-17 * * mon-fri -> stop": "*/15 9-17 * * 1-5",
    "0 9 * * 1: stop": "0 9 * * 1",
  };
  for (const [text, cron] of Object.entries(crons))
    assert.deepEqual(planOf(text).trigger, { type: "schedule", cron });
  assertRefused(["cron 99 9 * * 1: stop", "On the schedule 0 9 1 13 *: stop"]);
});

test("PA-242 how many are found may be said in a sentence of its own behind the search", () => {
  const counts = [
    "Limit 20.",
    "Pick 20 of them at most.",
    "Twenty will do.",
    "20 is enough for now.",
    "Don't take more than 20.",
    "Let's cap that at 20.",
    "Twenty should be enough.",
  ];
  assertSame(
    counts.map((count) => `Find contacts tagged A. ${count} Tag them B.`),
    "Find contacts tagged A, limit 20. Tag them B.",
  );
  assertRefused(["Tag them A. Limit 20.", "Find contacts tagged A. Polish 20 of them."]);
});

test("PA-243 greetings, wishes and softeners before, behind and between sentences carry nothing", () => {
  const polite = [
    "Hi Tom, could you please send 'X'?",
    "Good morning, team! Hope you're all well. It would be great to send 'X'. Thanks so much!",
    "If it's not too much trouble, send 'X'.",
    "When you have a minute, send 'X'. That should do it.",
    "If you could send 'X' that would be great.",
    "What I need is this: send 'X'.",
    "Send 'X', if that makes sense. Let me know if you have any questions.",
    "Send 'X' and we're done.",
    "Send 'X' at your earliest convenience, no rush.",
  ];
  assertSame(polite, "Send 'X'.");
  assertSame(["Create task: Say thanks"], "Create a task: Say thanks");
  assertRefused([
    "Hope you polish the trophies. Send 'X'.",
    "If you don't mind, polish the trophies.",
    "Let me know if it rains in Rome. Send 'X'.",
  ]);
});

test("PA-244 a reason in front is passed over unless it says what a plan could hold", () => {
  const reasons = [
    "With the holidays coming up, send 'X'.",
    "As discussed in the meeting, send 'X'.",
    "I've been thinking about this for a while. Please send 'X'.",
    "We met a bunch of folks in Rome, so send 'X'.",
  ];
  assertSame(reasons, "Send 'X'.");
  assertSame(["Given that they replied, send 'X'."], "If they replied, send 'X'.");
  assertRefused([
    "Now that they replied, send 'X'.",
    "Because they have not replied, send 'X'.",
    "Since 3 days have passed, send 'X'.",
    "Because the deal value is over 10k, send 'X'.",
    "With the Intro template, send 'X'.",
    "We always send 'Y', so send 'X'.",
    "Note: they replied. Send 'X'.",
    "Per day, send 'X'.",
  ]);
});

test("PA-245 those whom an if or a skip left out may be named inside the clause", () => {
  const start = "Find all contacts. If they replied, send 'X'";
  assertSame(
    [
      `${start}. Send everyone else 'Y'.`,
      `${start}. Send 'Y' to the rest of them.`,
      `${start}. Send the others the 'Y' email.`,
      `${start}, and email the remaining contacts with 'Y'.`,
    ],
    `${start}. Otherwise send 'Y'.`,
  );
  assertSame(
    ["Find all contacts. Skip anyone who replied. Tag the rest Cold."],
    "Find all contacts. Skip anyone who replied. Tag them Cold.",
  );
  assertRefused(["Find all contacts. Send everyone else 'Y'.", "Tag the others Cold."]);
});

test("PA-246 an if that said what is not is turned round by one that says it is", () => {
  const start = "Search the web for 'a'. If nothing was found";
  assertSame(
    [
      `${start}, tag them A. If something was, tag them B.`,
      `${start}, tag them A. But if there is, tag them B.`,
    ],
    `${start}, tag them A. Otherwise tag them B.`,
  );
  assertSame(
    [`${start}, stop. If something was, tag them B.`],
    `${start}, stop. If something was found, tag them B.`,
  );
  assertRefused(["If they replied, tag them A. If they did, tag them B."]);
});

test("PA-247 the name of the whole in front is no email, and what somebody looks for is a search", () => {
  assertSame(
    [
      "Sequence 'Win-back': find all contacts.",
      "Our outreach campaign 'Win-back': find all contacts.",
      "'Win-back': find all contacts.",
    ],
    "Find all contacts.",
  );
  assertSame(["We're looking for founders in Lyon. Send 'X'."], "Find founders in Lyon. Send 'X'.");
});
