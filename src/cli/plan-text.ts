/** A plan as lines that a person reads. */
import { entryOf } from "#domain/catalogue.ts";
import type { Condition, Plan, PlanStep } from "#domain/plan.ts";

export function readPlanAloud({ trigger, steps }: Plan): readonly string[] {
  const begins = trigger === undefined ? [] : [`Starts: ${phraseTrigger(trigger)}`];
  return [...begins, ...steps.flatMap((step, index) => phraseStep(step, String(index + 1), ""))];
}

function phraseTrigger(trigger: NonNullable<Plan["trigger"]>): string {
  if (trigger.type === "schedule") return `by the schedule ${trigger.cron}`;
  const event = trigger.event.replaceAll("_", " ");
  return trigger.condition === undefined
    ? `at ${event}`
    : `at ${event}, when ${phraseCondition(trigger.condition)}`;
}

function phraseStep(step: PlanStep, path: string, indent: string): readonly string[] {
  if (step.type !== "if")
    return [`${indent}${path}. ${entryOf(step.type).label}${phraseParams(step)}`];
  const branch = (steps: readonly PlanStep[], name: string): readonly string[] =>
    steps.flatMap((inner, index) =>
      phraseStep(inner, `${path}.${name}.${index + 1}`, `${indent}   `),
    );
  const otherwise =
    step.else === undefined ? [] : [`${indent}   else`, ...branch(step.else, "else")];
  return [
    `${indent}${path}. If ${phraseCondition(step.params)}`,
    ...branch(step.then, "then"),
    ...otherwise,
  ];
}

function phraseParams({ type, params }: PlanStep): string {
  if (type.startsWith("search_") || type === "skip") {
    const { limit, ...condition } = params as Partial<Condition> & { readonly limit?: number };
    const most = limit === undefined ? "" : `, at most ${limit}`;
    return Object.keys(condition).length === 0
      ? `: all${most}`
      : `: ${phraseCondition(condition as Condition)}${most}`;
  }
  const said = Object.entries(params).map(([name, value]) => `${name} ${phraseValue(value)}`);
  return said.length === 0 ? "" : `: ${said.join(", ")}`;
}

function phraseCondition(condition: Condition): string {
  if ("all" in condition) return join(condition.all, "and");
  if ("any" in condition) return join(condition.any, "or");
  if ("not" in condition) return `not (${phraseCondition(condition.not)})`;
  const { field, operator, value } = condition;
  return value === undefined
    ? `${field} ${operator}`
    : `${field} ${operator} ${phraseValue(value)}`;
}

function join(parts: readonly Condition[], word: string): string {
  const phrases = parts.map((part) =>
    "field" in part ? phraseCondition(part) : `(${phraseCondition(part)})`,
  );
  return phrases.join(` ${word} `);
}

function phraseValue(value: unknown): string {
  return JSON.stringify(value);
}
