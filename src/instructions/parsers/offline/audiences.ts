import type { Comparison, Condition, PlanStep } from "#domain/plan.ts";

import { isOthers, namesOthers, readActing, readAudience } from "./clauses/audience.ts";
import { type Reading, spanOf } from "./reading.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";
import type { Walk } from "./walk.ts";

/**
 * "For VPs send 'A', for directors 'B', for everyone else 'C'": of those that are there already each is asked what they are. Where
 * none are, and nobody else is named later, they are searched for instead; so are those who cannot be among them.
 */
export function passAudience(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const named = isOpening(walk) ? readAudience(source, at, reading.subject) : undefined;
  const acting = reading.isFirstClause ? undefined : readActing(source, at, reading.subject);
  const audience = named ?? acting;
  if (audience === undefined || (acting === undefined && !isMeant(walk, audience))) return false;
  enter(walk, namesOthers(allOf(reading), audience.next));
  reading.builder.openIf(audience.value, spanOf(reading, at, audience.next));
  reading.audience = audience.value;
  reading.isFirstClause = false;
  walk.at = audience.next;
  return true;
}

function allOf({ source }: Reading): Source {
  return { ...source, end: source.tokens.length };
}

const JOINTS = [",", "and", "but", ";", ".", "->", "\n", ":", "!", "?", ")"];

function isOpening({ source, at }: Walk): boolean {
  const before = source.tokens[at - 1];
  const isBehind = before === undefined || isWord(before, ...JOINTS);
  return isBehind && isWord(tokenAt(source, at), "for", "with");
}

/** Whether they are asked for among those that are there, and not searched for. */
function isMeant({ reading }: Walk, { value, next }: Read<Condition>): boolean {
  if (namesOthers(allOf(reading), next)) return true;
  const isThere = reading.hasSelection || reading.trigger !== undefined;
  return isThere && !isElsewhere(reading.builder.steps(), value);
}

/** Behind another audience the next stands beside it, or on its other side where somebody is named for that. */
function enter({ reading, base }: Walk, hasOthers: boolean): void {
  const { builder, audience } = reading;
  const last = builder.last();
  const isLast = last?.type === "if" && last.params === audience;
  const isNext = audience !== undefined && (builder.asked() === audience || isLast);
  if (isNext && hasOthers) builder.openElse();
  else if (isNext) builder.closeTo(base);
}

/** Whether they are told by what the search before has told otherwise: "CTOs in Berlin … for CMOs in Paris" are others. */
function isElsewhere(steps: readonly PlanStep[], condition: Condition): boolean {
  const search = steps.findLast(({ type }) => type.startsWith("search_"));
  if (search === undefined) return false;
  const told = comparisonsOf(search.params as Condition);
  return comparisonsOf(condition).some((one) => told.some((other) => excludes(one, other)));
}

const EXCLUSIVE = new Set(["title", "city", "country", "region", "industry", "name"]);

/** One position or place is not the other, where neither is part of the other. */
function excludes(one: Comparison, other: Comparison): boolean {
  const [a, b] = [one, other].map(({ value }) => String(value).toLowerCase());
  const isSame = nameOf(one) === nameOf(other) && EXCLUSIVE.has(nameOf(one));
  return isSame && a !== undefined && b !== undefined && !a.includes(b) && !b.includes(a);
}

function nameOf({ field }: Comparison): string {
  return field.split(".").at(-1) ?? field;
}

function comparisonsOf(condition: Condition): readonly Comparison[] {
  if ("all" in condition) return condition.all.flatMap(comparisonsOf);
  return "field" in condition ? [condition] : [];
}

/** Whether an audience is named here behind a joint, so that the clause before it ends. */
export function isAudience(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at), "for", "with")) return false;
  if (!isWord(tokenAt(source, at - 1), ",", "and", "but", ";", ".", "->")) return false;
  return isOthers(source, at + 1) || readAudience(source, at, "contact") !== undefined;
}
