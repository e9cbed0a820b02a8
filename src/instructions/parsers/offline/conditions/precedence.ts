import type { Condition } from "#domain/plan.ts";

import { joinAll, joinAny } from "./scope.ts";

/** A comparison, and what joins it to the one before: a word, a comma with or without "and", or nothing but its place. */
export interface Operand {
  readonly joint: "first" | "beside" | "and" | "," | "or" | ", or";
  readonly value: Condition;
  /** Whether "who" opens it, or it goes on with what "who" opened: "in Rome who opened it or replied". */
  readonly isOfWho?: boolean;
}

/**
 * "and" binds tighter than "or", and both tighter than behind a comma: "A or B, C" is (A or B) and C, "A, or B and C" is A or
 * (B and C). Commas before one last "or" ("A, B or C") make a series of it.
 */
export function bind(operands: readonly Operand[]): Condition {
  const terms = joinTight(joinOfWho(operands));
  const joints = terms.slice(1).map(({ joint }) => joint);
  if (!joints.some(isOr)) return joinAll(terms.map(({ value }) => value));
  if (isSeries(joints)) return bindSeries(terms.map(({ value }) => value));
  return joinAny(split(terms, ", or").map(bindLoose));
}

/** What is said behind "who" is one, beside what stands before it. */
function joinOfWho(operands: readonly Operand[]): readonly Operand[] {
  const from = operands.findIndex(({ isOfWho }) => isOfWho);
  if (from < 1) return operands;
  const end = operands.findIndex(({ isOfWho }, index) => index > from && isOfWho !== true);
  const to = end < 0 ? operands.length : end;
  const said = operands.slice(from, to).map(({ joint, value }) => ({ joint, value }));
  const whole: Operand = { joint: "beside", value: bind(said) };
  return [...operands.slice(0, from), whole, ...operands.slice(to)];
}

function isOr(joint: Operand["joint"]): boolean {
  return joint === "or" || joint === ", or";
}

/** Joins what "and" or its place alone joins. */
function joinTight(operands: readonly Operand[]): readonly Operand[] {
  const terms: Operand[] = [];
  for (const { joint, value } of operands) {
    const last = terms.at(-1);
    const isTight = joint === "and" || joint === "beside";
    if (last === undefined || !isTight) terms.push({ joint, value });
    else terms[terms.length - 1] = { joint: last.joint, value: joinAll([last.value, value]) };
  }
  return terms;
}

function isSeries(joints: readonly Operand["joint"][]): boolean {
  const last = joints.at(-1);
  return (
    joints.length > 1 &&
    last !== undefined &&
    isOr(last) &&
    joints.slice(0, -1).every((joint) => joint === ",")
  );
}

/** "status is New, city is Paris or city is Rome": alternatives of one field stand beside what asks another. */
function bindSeries(values: readonly Condition[]): Condition {
  const [last, other] = values.slice(-2).map(fieldOf);
  const before = values.slice(0, -2);
  const isBeside =
    last !== undefined && last === other && before.every((one) => fieldOf(one) !== last);
  return isBeside ? joinAll([...before, joinAny(values.slice(-2))]) : joinAny(values);
}

function fieldOf(condition: Condition): string | undefined {
  if ("not" in condition) return fieldOf(condition.not);
  return "field" in condition ? condition.field : undefined;
}

function bindLoose(terms: readonly Operand[]): Condition {
  return joinAll(split(terms, ",").map((group) => joinAny(group.map(({ value }) => value))));
}

/** The terms in groups, of which each begins with the joint. */
function split(terms: readonly Operand[], at: Operand["joint"]): readonly (readonly Operand[])[] {
  const groups: Operand[][] = [];
  for (const term of terms) {
    const last = groups.at(-1);
    if (last === undefined || term.joint === at) groups.push([term]);
    else last.push(term);
  }
  return groups;
}
