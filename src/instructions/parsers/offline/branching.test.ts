import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlanStep } from "#domain/plan.ts";

import { parseOffline } from "../offline.ts";

/** The shape of a plan: `if(…)else(…)`, and every other planStep by the text that tells it apart. */
function told(planStep: PlanStep): string {
  const { type, params } = planStep;
  if (type === "add_tag") return params.tags.join("+");
  if (type === "send_email") return params.template ?? "email";
  if (type === "wait") return params.duration;
  if (type !== "if") return type;
  const other = planStep.else === undefined ? "" : `else(${shape(planStep.else)})`;
  return `if(${shape(planStep.then)})${other}`;
}

function shape(steps: readonly PlanStep[]): string {
  return steps.map(told).join(" ");
}

function shapeOf(text: string): string {
  const parsed = parseOffline(text);
  assert.ok("plan" in parsed, `${text}: ${JSON.stringify(parsed)}`);
  return shape(parsed.plan.steps);
}

/** Texts with the shape that each must take. */
function assertShapes(shapes: Readonly<Record<string, string>>): void {
  for (const [text, expected] of Object.entries(shapes))
    assert.equal(shapeOf(text), expected, text);
}

test("PA-104 the other side of an if is found wherever its words stand", () => {
  assertShapes({
    "If they replied, tag them A, else tag them B.": "if(A)else(B)",
    "If they replied: tag A; elif they opened the email: tag B; else: tag C":
      "if(A)else(if(B)else(C))",
    "Tag them A if they opened the email and B otherwise.": "if(A)else(B)",
    "If the deal is over 50k, tag A, if it is over 10k, tag B, else tag C.":
      "if(A)else(if(B)else(C))",
    "If they replied -> yes: tag A -> no: tag B": "if(A)else(B)",
    "For those who replied, tag A. For those who didn't, tag B.": "if(A)else(B)",
    "If the contact replied, tag A. If they still haven't, tag B.": "if(A)else(B)",
    "replied? tag A : tag B": "if(A)else(B)",
  });
});

test("PA-104 a negative question of its own is no other side", () => {
  const text = "If they opened but didn't reply, tag A. If they didn't open the email, tag B.";
  assert.equal(shapeOf(text), "if(A) if(B)");
});

test("PA-105 a condition is asked in many ways", () => {
  assertShapes({
    "Check if they've replied; if they have, tag A, but if they haven't, tag B.": "if(A)else(B)",
    "Did they open it but not reply? Then tag A.": "if(A)",
    "Did they reply? Tag A.": "if(A)",
    "Give them 3 days to reply. If they don't, tag A.": "P3D if(A)",
    "After 3 days without a reply, tag A.": "P3D if(A)",
    "Still nothing after 5 days? Tag A.": "P5D if(A)",
    "Tag A (unless they opted out), then tag B.": "if(A) B",
    "Tag A if there is no reply within 2 days.": "P2D if(A)",
    "Day 1: tag A. If no response by day 5, tag B.": "A P4D if(B)",
  });
});

test("PA-106 skip if somebody matches is a skip, and an if where something is done for the others", () => {
  assertShapes({
    "Skip if they already replied. Send 'A'.": "skip A",
    "If they're already a customer, skip. Send 'A'.": "skip A",
    "If already tagged Customer, skip them. Else send 'A'.": "if(stop)else(A)",
  });
});

test("PA-107 everyone else are those whom a condition or a skip has left, else it is refused", () => {
  assert.equal(shapeOf("Skip anyone who replied and send everyone else 'A'."), "skip A");
  const parsed = parseOffline("Find VPs in Rome and send 'Exec'. For everyone else, send 'B'.");
  assert.ok("error" in parsed);
  assert.match(parsed.error.details[0]?.text ?? "", /everyone else/);
});

test("PA-293 an if is opened by many words, before its clause and behind it", () => {
  assertShapes({
    "Tag A as long as they haven't opted out.": "if(A)",
    "Tag A, but only if they replied.": "if(A)",
    "Tag A provided they replied, otherwise stop.": "if(A)else(stop)",
    "Tag B, and should they not open it in 3 days, tag A.": "B P3D if(A)",
    "Should the deal be over 10k, tag A.": "if(A)",
    "When the contact has replied, tag A, otherwise tag B.": "if(A)else(B)",
    "Where the contact has no phone number, tag A; where they do, tag B.": "if(A)else(B)",
    "If at any point they reply, tag A.": "if(A)",
  });
  const parsed = parseOffline("When a deal is over 100k, tag A.");
  assert.ok("error" in parsed);
});

test("PA-294 what was asked is answered in many words", () => {
  assertShapes({
    "Have they replied? If yes, tag A. If no, tag B.": "if(A)else(B)",
    "Is the contact tagged VIP? If so, tag A, if not tag B.": "if(A)else(B)",
    "If there's no reply tag A, and if there is one tag B.": "if(A)else(B)",
    "If they have a phone number, tag A. If they don't have one, tag B.": "if(A)else(B)",
    "If they replied, tag A. If not, but they opened the email, tag B. If they did neither, tag C.":
      "if(A)else(if(B)else(C))",
    "If they opened it tag A, and in any other case tag B.": "if(A)else(B)",
    "Whether they replied or not, tag A.": "A",
    "If they don't reply in 2 days, tag A. If they still haven't after another 4 days, tag B.":
      "P2D if(A) P4D if(B)",
    "If the deal's value is over 100k, tag A. If 50k-100k: tag B. Below 50k: tag C.":
      "if(A) if(B) if(C)",
    "Tagged VIP: tag A.": "if(A)",
  });
});

test("PA-295 those who did something get one thing, the rest another", () => {
  assertShapes({
    "Whoever replied gets the 'A' email, the rest get 'B'.": "if(A)else(B)",
    "Anyone who opened it gets tagged A and everyone else gets tagged B.": "if(A)else(B)",
    "The ones who opened it get 'A', the rest 'B'.": "if(A)else(B)",
    "Those who haven't replied after 4 days get the 'A' email.": "P4D if(A)",
    "Tag everyone who replied A.": "if(A)",
  });
});
