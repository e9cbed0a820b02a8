import type { Condition } from "#domain/plan.ts";

import { readCondition } from "./conditions/expression.ts";
import { isBareStart } from "./links.ts";
import { isKnownField } from "./readers/fields.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "./source.ts";

/** What begins a trigger or a condition. */
const OPENERS = wordsOf("when whenever if unless every each once after until daily weekly monthly");
/** With these something is done. */
const MEANS = wordsOf(
  "template templates subject body note message tag tags limit apollo linkedin",
);
const MOMENTS = wordsOf("day days week weeks month months hour hours minute minutes year years");

/**
 * Whether words that look like a remark ("Because …,", "We want …, so") say something that a plan could hold: a condition, an
 * action, a trigger or a value. Such words must not be passed over.
 */
export function saysMore(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++) {
    const { kind, word } = tokenAt(source, at);
    if (kind !== "word" && kind !== "mark" && kind !== "ordinal") return true;
    if (OPENERS.has(word) || MEANS.has(word) || isMoment(source, at) || isAct(words, at))
      return true;
    if (isSaid(words, at)) return true;
  }
  return false;
}

const PREPOSITIONS = wordsOf("in at from with of on to by for about");

/** "we met them in Rome" is told, not asked. */
function isSaid(source: Source, at: number): boolean {
  const isPlace = PREPOSITIONS.has(tokenAt(source, at).word);
  const said = isPlace ? undefined : readCondition(source, at, { subject: "contact" });
  return (
    said !== undefined &&
    isKnown(said.value) &&
    (isClaim(source, at, said.next) || !isWhere(said.value))
  );
}

/** "per day" */
function isMoment(source: Source, at: number): boolean {
  return MOMENTS.has(tokenAt(source, at).word) && isWord(tokenAt(source, at - 1), "per", "a");
}

/** An order or somebody's habit, not "the show" and "our search". */
function isAct(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at - 1);
  return tokenAt(source, at).kind === "word" && !NOMINAL.has(word) && isBareStart(source, at);
}

const NOMINAL = wordsOf("the a an this that our my your their its new last next first");

const WHERE = wordsOf("name city country region");
const CLAIMS = wordsOf("are were not");

function isWhere(condition: Condition): boolean {
  return "field" in condition && WHERE.has(condition.field.split(".").at(-1) ?? "");
}

function isClaim(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (CLAIMS.has(tokenAt(source, at).word)) return true;
  return false;
}

/** Any words can be a field's name where "is" follows; only known ones are taken for a condition here. */
function isKnown(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(isKnown);
  if ("any" in condition) return condition.any.some(isKnown);
  if ("not" in condition) return isKnown(condition.not);
  const name = condition.field.split(".").at(-1) ?? "";
  return condition.operator !== "==" || isKnownField(name);
}
