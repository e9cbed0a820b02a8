import type { Parsed, Plan, PlanStep, Trigger } from "#domain/plan.ts";

import { canonicalCondition } from "./conditions.ts";
import { agreeAsTexts, bareField, barePerson, bareText, withoutDue } from "./texts.ts";
import { agreeAsValues } from "./values.ts";

/** What instructions have to become: a plan, or a refusal. */
export type Expectation = Plan | { readonly error: true };

type Agree = (expected: unknown, got: unknown) => boolean;

const agreeAsPeople: Agree = (expected, got) => barePerson(expected) === barePerson(got);

/** How a parameter is compared where it is not compared as a value. */
const BY_PARAM: Readonly<Record<string, Agree>> = {
  field: (expected, got) => bareField(expected) === bareField(got),
  to: agreeAsPeople,
  assignee: agreeAsPeople,
  title: (expected, got) => agreeAsTexts(withoutDue(expected), withoutDue(got)),
  note: agreeAsTexts,
  query: agreeAsTexts,
  reason: agreeAsTexts,
  message: agreeAsTexts,
  subject: agreeAsTexts,
  body: agreeAsTexts,
};

const WITH_CONDITION: ReadonlySet<string> = new Set([
  "search_contacts",
  "search_companies",
  "search_deals",
  "skip",
  "if",
]);

/**
 * What keeps an answer from being the expected one, each with its place; nothing where they agree. Plans agree when
 * trigger, planSteps (types, order, nesting) and parameters do; free texts when three quarters of their words do. Of each
 * list of planSteps the first difference is told.
 */
export function differences(expected: Expectation, got: Parsed): readonly string[] {
  if ("error" in expected) return "error" in got ? [] : ["should have been refused"];
  if ("error" in got) return ["refused"];
  return [
    ...triggerDifference(expected.trigger, got.plan.trigger),
    ...stepsDifference(expected.steps, got.plan.steps, "steps"),
  ];
}

function triggerDifference(
  expected: Trigger | undefined,
  got: Trigger | undefined,
): readonly string[] {
  const [this_, that] = [canonicalTrigger(expected), canonicalTrigger(got)];
  return this_ === that ? [] : [`trigger: expected ${this_}, got ${that}`];
}

function canonicalTrigger(trigger: Trigger | undefined): string {
  if (trigger === undefined) return "none";
  if (trigger.type === "schedule") return `schedule ${bareText(trigger.cron)}`;
  const condition =
    trigger.condition === undefined ? "" : ` ${canonicalCondition(trigger.condition)}`;
  return `event ${bareText(trigger.event)}${condition}`;
}

function stepsDifference(
  expected: readonly PlanStep[],
  got: readonly PlanStep[],
  at: string,
): readonly string[] {
  if (expected.length !== got.length)
    return [`${at}: expected ${phraseTypes(expected)}, got ${phraseTypes(got)}`];
  for (const [index, planStep] of expected.entries()) {
    const other = got[index];
    const found = other === undefined ? [] : stepDifference(planStep, other, `${at}[${index}]`);
    if (found.length > 0) return found;
  }
  return [];
}

const phraseTypes = (steps: readonly PlanStep[]): string =>
  `${steps.length} (${steps.map(({ type }) => type).join(", ")})`;

function stepDifference(expected: PlanStep, got: PlanStep, at: string): readonly string[] {
  if (expected.type !== got.type) return [`${at}: expected ${expected.type}, got ${got.type}`];
  if (!WITH_CONDITION.has(expected.type)) return paramsDifference(expected, got, at);
  const found = conditionDifference(expected, got, at);
  if (found.length > 0 || expected.type !== "if" || got.type !== "if") return found;
  const then = stepsDifference(expected.then, got.then, `${at}.then`);
  return then.length > 0
    ? then
    : stepsDifference(expected.else ?? [], got.else ?? [], `${at}.else`);
}

function conditionDifference(expected: PlanStep, got: PlanStep, at: string): readonly string[] {
  const [this_, that] = [canonicalCondition(expected.params), canonicalCondition(got.params)];
  if (this_ !== that) return [`${at}: expected ${this_}, got ${that}`];
  const [limit, other] = [limitOf(expected), limitOf(got)];
  return limit === other ? [] : [`${at}.limit: expected ${limit}, got ${other}`];
}

const limitOf = ({ params }: PlanStep): string =>
  "limit" in params && params.limit !== undefined ? String(params.limit) : "none";

function paramsDifference(expected: PlanStep, got: PlanStep, at: string): readonly string[] {
  const these: Readonly<Record<string, unknown>> = { ...expected.params };
  const those: Readonly<Record<string, unknown>> = { ...got.params };
  const differing = Object.keys({ ...these, ...those }).find(
    (name) => !paramAgrees(name, these[name], those[name]),
  );
  return differing === undefined
    ? []
    : [
        `${at}.${differing}: expected ${phraseValue(these[differing])}, got ${phraseValue(those[differing])}`,
      ];
}

function paramAgrees(name: string, expected: unknown, got: unknown): boolean {
  if (name === "custom") return (expected === true) === (got === true);
  if (expected === undefined || got === undefined) return false;
  return (BY_PARAM[name] ?? agreeAsValues)(expected, got);
}

const phraseValue = (value: unknown): string =>
  value === undefined ? "none" : JSON.stringify(value);
