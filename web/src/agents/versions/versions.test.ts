import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesFor, phraseWaiting } from "../waiting-words.ts";
import {
  nameSetting,
  readCompared,
  rowsOfSteps,
  showSetting,
  withBefore,
  writeCompared,
} from "./comparing.ts";

test("PG-70 which versions are compared is in the address; what it names that there is not is left out", () => {
  assert.deepEqual(readCompared(writeCompared({ from: 3, to: 5 }), 5), { from: 3, to: 5 });
  for (const text of [undefined, "", "3", "3..6", "0..2", "a..b", "3..5..6"])
    assert.equal(readCompared(text, 5), undefined);
  assert.deepEqual(
    [withBefore(4), withBefore(1)],
    [
      { from: 3, to: 4 },
      { from: 1, to: 1 },
    ],
  );
});

test("PG-71 two plans stand step beside step, in the words of the cards, with what differs marked on both sides", () => {
  const wait = { path: "2", type: "wait", words: "Wait" } as const;
  const [same, changed, added] = rowsOfSteps([
    {
      is: "same",
      from: { path: "1", type: "stop", params: {}, words: null },
      to: { path: "1", type: "stop", params: {}, words: null },
    },
    {
      is: "changed",
      from: { ...wait, params: { duration: "P5D" } },
      to: { ...wait, params: { duration: "P7D" } },
    },
    {
      is: "added",
      from: null,
      to: { path: "3", type: "add_tag", params: { tags: ["Hot"] }, words: null },
    },
  ]);
  assert.equal(same?.to?.label, "Stop");
  assert.deepEqual(changed?.from?.lines, [{ line: ["for", "5 days"], differs: true }]);
  assert.deepEqual(changed?.to?.lines, [{ line: ["for", "7 days"], differs: true }]);
  assert.equal(added?.from, undefined);
  assert.deepEqual(added?.to?.lines, [{ line: ["tags", "Hot"], differs: false }]);
});

test("PG-72 a setting that differs is named and told as the settings' form does", () => {
  assert.equal(nameSetting("restrictions.maxEmailsPerDay"), "Emails a day");
  assert.equal(nameSetting("somethingNew"), "somethingNew");
  assert.deepEqual([null, "", [], ["owner", "admin"], 1000, "hold"].map(showSetting), [
    "none",
    "none",
    "none",
    "owner, admin",
    "1,000",
    "hold",
  ]);
});

test("PG-73 saving while executions wait tells how many wait where, and what finish, move and cancel mean for them", () => {
  const waiting = {
    executions: 2,
    journeys: 40,
    steps: [
      { step: "3", type: "wait", waiting: 38, movable: 38 },
      { step: "5", type: "handoff", waiting: 2, movable: 0 },
    ],
  };
  assert.equal(
    phraseWaiting(waiting),
    "2 executions wait, with 40 journeys: 38 at step 3 (Wait), 2 at step 5 (Hand off).",
  );
  const choices = choicesFor(waiting, 4);
  assert.deepEqual(
    choices.map(({ value }) => value),
    ["finish", "move", "cancel"],
  );
  assert.equal(
    choices[1]?.means,
    "38 of 40 are not yet past a changed step and move; the others finish on version 4.",
  );
});
