import assert from "node:assert/strict";
import { test } from "node:test";

import { evolveJourney, journeyMachine, openJourney, type JourneyState } from "./journey.ts";

const opened = openJourney({ t: "laneOpened", name: "contact", entity: "con_1", item: 1 });
const fault = { code: "invalid", message: "No." };

test("DO-15 a journey knows the step that it came to, and counts steps and retries", () => {
  const stepped = evolveJourney(opened, { t: "stepDone", path: "s1", ms: 1 }, 1);
  const retried = evolveJourney(
    stepped,
    { t: "stepFailed", path: "s2", ms: 1, attempt: 1, fault, retryAt: 5 },
    2,
  );
  assert.deepEqual([retried.planStep, retried.steps, retried.retries], ["s2", 1, 1]);
  const ended = evolveJourney(retried, { t: "completed" }, 3);
  assert.deepEqual([ended.state, ended.endedAt], ["completed", 3]);
});

test("DO-16 a journey that has ended takes no further end", () => {
  for (const state of journeyMachine.states.filter(journeyMachine.isFinal) as JourneyState[]) {
    const ended = { ...opened, state, endedAt: 1 };
    assert.deepEqual(evolveJourney(ended, { t: "canceled", by: "usr_1" }, 9), ended);
  }
});
