import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  hasEnded,
  isEndedState,
  type Kind,
  KIND_NAMES,
  KINDS,
  nextState,
  phaseOf,
  phaseOfState,
  PHASES,
} from "./kinds.ts";

const anyKind = fc.constantFrom(...KIND_NAMES);
const statesOf = (kind: Kind): readonly string[] => KINDS[kind].machine.states;
const factsOf = (kind: Kind): readonly string[] => KINDS[kind].machine.facts;
const isFinal = (kind: Kind, state: string): boolean =>
  factsOf(kind).every((fact) => nextState(kind, state, fact) === undefined);

test("DO-2 a final state takes no fact, and is one that has ended", () => {
  fc.assert(
    fc.property(anyKind, fc.string(), (kind, fact) => {
      for (const state of statesOf(kind).filter((one) => isFinal(kind, one))) {
        assert.equal(nextState(kind, state, fact), undefined);
        assert.ok(hasEnded(kind, state), `${kind} ${state}`);
      }
    }),
  );
});

test("DO-18 words that every object knows are no facts, states or phases", () => {
  for (const word of ["toString", "constructor", "__proto__", "valueOf"]) {
    assert.equal(nextState("program", "running", word), undefined);
    assert.equal(nextState("program", word, "started"), undefined);
    assert.equal(phaseOf("program", word), undefined);
  }
});

test("DO-3 every state of every kind can be reached from its first", () => {
  for (const kind of KIND_NAMES) {
    const reached = new Set<string>([KINDS[kind].machine.initial]);
    for (const from of reached) {
      for (const fact of factsOf(kind)) {
        const to = nextState(kind, from, fact);
        if (to !== undefined) reached.add(to);
      }
    }
    assert.deepEqual(reached, new Set(statesOf(kind)), kind);
  }
});

test("DO-4 every state has a phase, and no phase speaks of a state that is not there", () => {
  for (const kind of KIND_NAMES) {
    assert.deepEqual(Object.keys(KINDS[kind].phase).toSorted(), [...statesOf(kind)].toSorted());
    for (const state of statesOf(kind)) {
      assert.ok(PHASES.includes(phaseOf(kind, state) ?? ("none" as never)), `${kind} ${state}`);
    }
  }
  assert.equal(phaseOf("program", "no such state"), undefined);
});

test("LG-48 a word for a state means the same phase in every kind", () => {
  for (const kind of KIND_NAMES) {
    for (const state of KINDS[kind].machine.states) {
      assert.equal(phaseOfState(state), phaseOf(kind, state), `${kind} ${state}`);
      assert.equal(isEndedState(state), hasEnded(kind, state), `${kind} ${state}`);
    }
  }
  assert.equal(phaseOfState("constructor"), undefined);
});

test("DO-5 a person can cancel whatever has not ended", () => {
  for (const kind of KIND_NAMES) {
    for (const state of statesOf(kind).filter((one) => !hasEnded(kind, one))) {
      assert.equal(nextState(kind, state, "canceled"), "canceled", `${kind} ${state}`);
    }
  }
});

test("L-2 a loop moves as its table says, and an open one may always fail or be canceled", () => {
  const states: string[] = ["created"];
  for (const fact of ["enqueued", "paused", "resumed", "paused", "resumed", "completed"]) {
    states.push(nextState("loop", states.at(-1) ?? "", fact) ?? "none");
  }
  const paused = ["paused", "running"];
  assert.deepEqual(states, ["created", "queued", ...paused, ...paused, "completed"]);
  for (const open of ["created", "queued", "running", "paused"]) {
    assert.equal(nextState("loop", open, "failed"), "failed");
    assert.equal(nextState("loop", open, "canceled"), "canceled");
  }
});
