import type { Comparison, Condition, Operator, Value } from "./plan.ts";

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
