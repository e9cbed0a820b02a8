import { compareValues, isEmpty } from "./comparing.ts";
import type { Comparison, Condition, Operator, Value } from "./plan.ts";
import { variableOf } from "./variables.ts";

export type Outcome = "true" | "false" | "unknown";

/** How a field's values are compared. What is not said is seen from the value itself. */
export type FieldType = "text" | "number" | "flag" | "date" | "list";

export type Known = null | Value | readonly Value[];

/** What is known of a field. `value: null` is a known field that is empty; dates are epoch ms or ISO 8601. */
export type Looked =
  | { readonly known: false }
  | { readonly known: true; readonly value: Known; readonly type?: FieldType | undefined };

export type Look = (field: string) => Looked;

/** The moment that relative dates start from, and the zone whose calendar they move on. */
export interface Moment {
  readonly now: number;
  readonly zone: string;
}

/** One comparison as it went: what the log shows (3.6-2). */
export interface Compared {
  readonly field: string;
  readonly operator: Operator;
  readonly expected?: Known | undefined;
  readonly actual: Known;
  readonly outcome: Outcome;
}

export interface Evaluation {
  readonly outcome: Outcome;
  /** Whether what hangs on it is done: an unknown condition does not hold. */
  readonly holds: boolean;
  readonly comparisons: readonly Compared[];
  readonly warnings: readonly string[];
}

/** A condition in which `not` stands only before a comparison that has no opposite of its own. */
export type PushedDown =
  | Comparison
  | { readonly all: readonly PushedDown[] }
  | { readonly any: readonly PushedDown[] }
  | { readonly not: Comparison };

const OPPOSITE: Readonly<Partial<Record<Operator, Operator>>> = {
  "==": "!=",
  "!=": "==",
  ">": "<=",
  "<=": ">",
  "<": ">=",
  ">=": "<",
};

/** Carries `not` down to the comparisons, where an ordering or an equality becomes its opposite. */
export function pushDownNot(condition: Condition, negated = false): PushedDown {
  if ("not" in condition) return pushDownNot(condition.not, !negated);
  if ("all" in condition) return join(negated ? "any" : "all", condition.all, negated);
  if ("any" in condition) return join(negated ? "all" : "any", condition.any, negated);
  if (!negated) return condition;
  const opposite = OPPOSITE[condition.operator];
  return opposite === undefined ? { not: condition } : { ...condition, operator: opposite };
}

function join(kind: "all" | "any", parts: readonly Condition[], negated: boolean): PushedDown {
  const pushed = parts.map((part) => pushDownNot(part, negated));
  return kind === "all" ? { all: pushed } : { any: pushed };
}

/** Judges every comparison, so that the log shows them all; unknown stays unknown and does not hold. */
export function evaluateCondition(condition: Condition, look: Look, moment: Moment): Evaluation {
  const comparisons: Compared[] = [];
  const missing = new Set<string>();
  const outcome = judge(pushDownNot(condition), (comparison) => {
    const judged = compare(comparison, look, moment, (field) => missing.add(field));
    comparisons.push(judged);
    return judged.outcome;
  });
  const warnings = [...missing].map((field) => `Field '${field}' not found. Defaulting to false.`);
  return { outcome, holds: outcome === "true", comparisons, warnings };
}

function judge(condition: PushedDown, decide: (comparison: Comparison) => Outcome): Outcome {
  if ("not" in condition) return INVERSE[decide(condition.not)];
  if ("all" in condition) return combine(condition.all, decide, "false", "true");
  if ("any" in condition) return combine(condition.any, decide, "true", "false");
  return decide(condition);
}

const INVERSE: Readonly<Record<Outcome, Outcome>> = {
  true: "false",
  false: "true",
  unknown: "unknown",
};

function combine(
  parts: readonly PushedDown[],
  decide: (comparison: Comparison) => Outcome,
  decisive: Outcome,
  otherwise: Outcome,
): Outcome {
  const outcomes = new Set(parts.map((part) => judge(part, decide)));
  if (outcomes.has(decisive)) return decisive;
  return outcomes.has("unknown") ? "unknown" : otherwise;
}

function compare(
  comparison: Comparison,
  look: Look,
  moment: Moment,
  miss: (field: string) => void,
): Compared {
  const field = comparison.field.replace(/^@/, "");
  const { operator } = comparison;
  const looked = lookUp(field, look);
  const wanted = expectedOf(comparison, look);
  if (!looked.known) miss(field);
  if (!wanted.known) miss(wanted.name);
  const expected = wanted.known ? wanted.value : undefined;
  const actual = looked.known ? looked.value : null;
  const shown = operator === "exists" ? {} : { expected };
  if (!looked.known || !wanted.known)
    return { field, operator, ...shown, actual, outcome: "unknown" };
  const holds = compareValues(operator, actual, expected ?? null, moment, looked.type);
  return { field, operator, ...shown, actual, outcome: holds ? "true" : "false" };
}

/** `opened_email` and `openedEmail` are one field; a name that is known as it was written comes first. */
function lookUp(field: string, look: Look): Looked {
  const looked = look(field);
  const camel = fieldName(field);
  return looked.known || camel === field ? looked : look(camel);
}

/** The field's name in camelCase. */
function fieldName(field: string): string {
  return field.replace(/_+([\p{L}\p{N}])/gu, (_, letter: string) => letter.toUpperCase());
}

type Expected =
  | Extract<Looked, { readonly known: true }>
  | { readonly known: false; readonly name: string };

/** What a comparison compares with: its value, or that of the variable that it names, with its fallback. */
export function expectedOf({ operator, value }: Comparison, look: Look): Expected {
  if (operator === "exists" || value === undefined) return { known: true, value: null };
  const variable = typeof value === "string" ? variableOf(value) : undefined;
  if (variable === undefined) return { known: true, value };
  const { name, fallback } = variable;
  const looked = lookUp(name, look);
  const isMissing = !looked.known || isEmpty(looked.value);
  if (isMissing && fallback !== undefined) return { known: true, value: fallback };
  if (!looked.known) return { known: false, name };
  return operator === "in" ? { ...looked, value: listed(looked.value) } : looked;
}

/** A text may list several, as `@memory.towns` does: "Oslo, Rome". */
function listed(value: Known): Known {
  if (typeof value !== "string") return value;
  const parts = value.split(/[,;\n]/).map((part) => part.trim());
  return parts.length === 1 ? value : [value, ...parts.filter((part) => part !== "")];
}
