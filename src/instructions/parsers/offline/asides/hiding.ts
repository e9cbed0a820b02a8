import type { Condition } from "#domain/plan.ts";

import { isNounLed } from "../clauses/search-nouns.ts";
import { readCondition } from "../conditions/expression.ts";
import { readPosition } from "../conditions/positions.ts";
import { isBareStart } from "../links.ts";
import { matchAt } from "../pattern.ts";
import { readDuration } from "../readers/amounts.ts";
import { isKnownField, readKnownField } from "../readers/fields.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { readEvent } from "../triggers/events.ts";
import { readSchedule } from "../triggers/schedule.ts";
import { MISSING } from "./tasks.ts";
import { NEEDING } from "./verbs.ts";

/** What begins a trigger or a condition. */
const OPENERS = wordsOf("when whenever if unless once daily weekly monthly");
const BEFORE_TIME = wordsOf("after until within in for every each");
/** With these something is done. */
const MEANS = wordsOf(
  "template templates subject body note message tag tags limit apollo linkedin trigger triggers schedule audience filter filters segment",
);
const MOMENTS = wordsOf("day days week weeks month months hour hours minute minutes year years");

/**
 * Whether words that look like a remark ("Because …,", "We want …, so") say something that a plan could hold: a condition, an
 * action, a trigger or a value. Such words must not be passed over.
 */
export function saysMore(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++) if (SAYING.some((says) => says(words, at))) return true;
  return hidesAct(source, from, to);
}

/** Whether they say an action, a trigger or a value. */
export function hidesAct(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++) {
    const { kind, word } = tokenAt(source, at);
    if (kind !== "word" && kind !== "mark" && kind !== "ordinal") return true;
    if (OPENERS.has(word) || MEANS.has(word) || isMoment(source, at)) return true;
    if (isAct(words, at) || isTimed(words, at)) return true;
  }
  return false;
}

/** "after 3 days", "after CMOs", "every morning", "for each new lead" */
function isTimed(source: Source, at: number): boolean {
  if (readSchedule(source, at) !== undefined) return true;
  if (!BEFORE_TIME.has(tokenAt(source, at).word)) return false;
  if (readDuration(source, at + 1) !== undefined) return true;
  if (isWord(tokenAt(source, at), "after")) return isNounLed(source, at + 1);
  return isWord(tokenAt(source, at), "for", "every", "each") && readEvent(source, at) !== undefined;
}

/** "per day" */
function isMoment(source: Source, at: number): boolean {
  return MOMENTS.has(tokenAt(source, at).word) && isWord(tokenAt(source, at - 1), "per", "a");
}

export const ENTITIES =
  wordsOf(`contacts contact leads lead deals deal companies company people prospects everyone anyone all accounts account
  opportunities customers clients those rest others remaining else`);

/** Whether they speak of contacts, companies or deals. */
export function mentions(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (ENTITIES.has(tokenAt(source, at).word)) return true;
  return false;
}

/** "leads in Rome", "everyone who …": whom a search would find. */
function isSelected(source: Source, at: number): boolean {
  if (!ENTITIES.has(tokenAt(source, at).text.toLowerCase())) return false;
  return readCondition(source, at + 1, { subject: "contact" }) !== undefined;
}

const OWNERS = wordsOf("'s the their its his her");
const BECOMES = wordsOf("is are becomes become goes go changes change turns gets stays");

/** "the contact's status becomes Active" */
function isFieldTold(source: Source, at: number): boolean {
  const field = OWNERS.has(tokenAt(source, at).word) ? readKnownField(source, at + 1) : undefined;
  return field !== undefined && BECOMES.has(tokenAt(source, field.next).word);
}

/** "for VPs", "founders in Rome", but not "our founders" alone */
function isPosition(source: Source, at: number): boolean {
  const position = readPosition(source, at);
  if (position === undefined) return false;
  const isFor = isWord(tokenAt(source, at - 1), "for", "to", "at", "are", "the", "with", "from");
  const isMany = /^\p{Lu}{2,}s$/u.test(tokenAt(source, position.next - 1).text);
  return (
    isFor || isMany || readCondition(source, position.next, { subject: "contact" }) !== undefined
  );
}

/** Whether they say who is meant. */
export function selects(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++)
    if (isSelected(words, at) || isPosition(words, at)) return true;
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

/** An order or somebody's habit, not "the show" and "our search". */
function isAct(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at - 1);
  if (word === "to" && MISSING.has(tokenAt(source, at - 2).word)) return false;
  if (word === "i" || isBefalling(source, at)) return false;
  const isDenial = isWord(tokenAt(source, at), "never");
  if (isDenial || (isWord(tokenAt(source, at), "do") && PERSONS.has(word))) return false;
  return tokenAt(source, at).kind === "word" && !NOMINAL.has(word) && isBareStart(source, at);
}

/** "they need to settle in", "we keep losing them" */
function isBefalling(source: Source, at: number): boolean {
  const isKept =
    isWord(tokenAt(source, at), "keep") && tokenAt(source, at + 1).word.endsWith("ing");
  return isKept || matchAt(source, at + 1, NEEDING) !== undefined;
}

const PERSONS = wordsOf("we i they you");
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

const SAYING = [isSaid, isSelected, isPosition, isFieldTold];
