import assert from "node:assert/strict";
import { test } from "node:test";

import { STEP_STATUSES } from "#contract/shapes/executions.ts";
import { KIND_NAMES, KINDS, phaseOf } from "#domain/kinds.ts";

import {
  JOURNEY_STATES,
  lookOf,
  lookOfJourney,
  PHASE_LOOKS,
  STEP_LOOKS,
  statesOf,
} from "./looks.ts";

const quiet = { waitsFor: null, blocked: null, pausedBy: null, warnings: 0 } as const;

test("WB-1 every state of every kind has an icon, a word and a tone of its own kind", () => {
  for (const kind of KIND_NAMES) {
    for (const state of KINDS[kind].machine.states) {
      const look = lookOf({
        kind,
        status: state,
        phase: phaseOf(kind, state)!,
        ...quiet,
      });
      assert.ok(
        look.word !== "" && look.icon !== undefined && look.tone !== undefined,
        `${kind} ${state}`,
      );
      assert.equal(
        look.tone === "red",
        phaseOf(kind, state) === "failed",
        `${kind} ${state} is red only if failed`,
      );
    }
  }
  for (const status of STEP_STATUSES) assert.ok(STEP_LOOKS[status].word !== "");
  for (const state of JOURNEY_STATES) assert.notEqual(lookOfJourney(state).icon, "question");
});

test("WB-1 an invocation that is completed looks as it ended", () => {
  const ended = { kind: "invocation", status: "completed", ...quiet } as const;
  assert.equal(lookOf({ ...ended, phase: "failed" }).tone, "red");
  assert.equal(lookOf({ ...ended, phase: "canceled" }).word, "Canceled");
  assert.equal(lookOf({ ...ended, phase: "succeeded" }).tone, "green");
});

test("WB-2 waiting for time is violet, waiting for people amber, a warning or a block orange", () => {
  const waiting = { kind: "automation", status: "waiting", phase: "waiting", ...quiet } as const;
  const timer = { what: "timer", text: "5 days", until: null, who: null } as const;
  assert.equal(lookOf({ ...waiting, waitsFor: timer }).tone, "violet");
  assert.equal(lookOf({ ...waiting, waitsFor: { ...timer, what: "person" } }).tone, "amber");
  assert.equal(lookOf({ ...waiting, blocked: "3" }).tone, "orange");
  const olga = { type: "user", id: "olga", name: "Olga" } as const;
  assert.equal(lookOf({ ...waiting, waitsFor: timer, pausedBy: olga }).word, "Paused");
  const done = { kind: "automation", status: "completed", phase: "succeeded", ...quiet } as const;
  assert.equal(lookOf({ ...done, warnings: 2 }).tone, "orange");
  assert.equal(lookOf(done).tone, "green");
});

test("WB-3 a state that the page has never heard of is shown by its own name", () => {
  assert.deepEqual(lookOfJourney("teleported"), {
    word: "teleported",
    icon: "question",
    tone: "grey",
  });
});

test("WB-4 the list asks for a phase by the states of every kind that it stands for", () => {
  assert.deepEqual(new Set(statesOf("succeeded")), new Set(["completed", "done"]));
  assert.ok(statesOf("failed").includes("error"));
  const all = Object.keys(PHASE_LOOKS).flatMap((phase) =>
    statesOf(phase as keyof typeof PHASE_LOOKS),
  );
  assert.equal(new Set(all).size, all.length);
});
