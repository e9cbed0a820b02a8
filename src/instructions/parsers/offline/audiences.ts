import type { Condition, PlanStep } from "#domain/plan.ts";

import {
  isElsewhere,
  isOthers,
  isVague,
  namesOthers,
  readActing,
  readAudience,
} from "./clauses/audience.ts";
import { type Reading, spanOf } from "./reading.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";
import type { Walk } from "./walk.ts";

/**
 * "For VPs send 'A', for directors 'B', for everyone else 'C'": of those that are there already each is asked what they are. Where
 * none are, and nobody else is named later, they are searched for instead; so are those who cannot be among them.
 */
export function passAudience(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const named = audienceAt(walk);
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

/** Who is named where a clause begins: "for VPs …", "to those who replied, …". */
export function audienceAt(walk: Walk): Read<Condition> | undefined {
  const { reading, source, at } = walk;
  return isOpening(walk) ? readAudience(source, at, reading.subject) : undefined;
}

function allOf({ source }: Reading): Source {
  return { ...source, end: source.tokens.length };
}

const JOINTS = [",", "and", "but", ";", ".", "->", "\n", ":", "!", "?", ")"];

function isOpening({ source, at }: Walk): boolean {
  const before = source.tokens[at - 1];
  const isBehind = before === undefined || isWord(before, ...JOINTS);
  return isBehind && isWord(tokenAt(source, at), "for", "with", "to");
}

/** "VPs in Rome get 'A', VPs in Paris get 'B', everyone else 'C'": the next stand on the other side, where somebody is named for the rest. */
export function standBeside({ reading }: Pick<Walk, "reading">, next: number): void {
  const { builder, audience } = reading;
  const last = builder.last();
  const isNext = last?.type === "if" && audience !== undefined && last.params === audience;
  if (isNext && namesOthers(allOf(reading), next)) builder.openElse();
}

/** Whether they are asked for among those that are there, and not searched for. */
function isMeant({ reading }: Walk, { value, next }: Read<Condition>): boolean {
  if (namesOthers(allOf(reading), next)) return true;
  const isThere = reading.hasSelection || reading.trigger !== undefined;
  const searched = lastSearched(reading.builder.steps());
  return isThere && !(searched !== undefined && isElsewhere(searched, value));
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

/** What the last search asked. */
export function lastSearched(steps: readonly PlanStep[]): Condition | undefined {
  const search = steps.findLast(({ type }) => type.startsWith("search_"));
  return search?.params as Condition | undefined;
}

/** Whether an audience is named here behind a joint, so that the clause before it ends. */
export function isAudience(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at), "for", "with", "to")) return false;
  if (!isWord(tokenAt(source, at - 1), ",", "and", "but", ";", ".", "->")) return false;
  if (isOthers(source, at + 1) || isVague(source, at)) return true;
  return readAudience(source, at, "contact") !== undefined;
}
