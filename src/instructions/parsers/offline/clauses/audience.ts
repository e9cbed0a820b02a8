import type { Comparison, Condition } from "#domain/plan.ts";

import { VAGUE } from "../conditions/predicates.ts";
import { matchAt, pattern } from "../pattern.ts";
import { isReaction } from "../reactions.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, within } from "../source.ts";
import { readWhom } from "./whom.ts";

const FOR = pattern("[but|and] for|with|to");
const LONGEST = 24;

/** "for VPs", "for anyone who hasn't replied", where what is to be done follows. */
export function readAudience(
  source: Source,
  at: number,
  subject: Kind,
): Read<Condition> | undefined {
  const head = matchAt(source, at, FOR);
  if (head === undefined) return undefined;
  const end = endOf(source, head.next);
  const whom = readWhom(within(source, end), head.next, { subject, isLoose: true });
  return whom !== undefined && whom.next >= end ? { ...whom, next: end } : undefined;
}

const THOSE = pattern("anyone|anybody|those|whoever|everyone|everybody");

/** "anyone who opened → …": those who did something, where an arrow or a colon tells what is done. */
export function readActing(source: Source, at: number, subject: Kind): Read<Condition> | undefined {
  if (matchAt(source, at, THOSE) === undefined) return undefined;
  const whom = readWhom(source, at, { subject, isLoose: true });
  const isMarked = whom !== undefined && isWord(tokenAt(source, whom.next), "->", ":");
  return isMarked && isReaction(whom.value) ? whom : undefined;
}

/** Where a mark or a verb ends those who are named. */
function endOf(source: Source, at: number): number {
  let next = at;
  while (next < at + LONGEST && !isEnd(source, next)) next += 1;
  return next;
}

const ACTS =
  "send email tag notify create add connect hand wait set move mark enrich remove use skip do shoot drop just please update change assign put give stop let alert ping invite search go".split(
    " ",
  );

function isEnd(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (token.word === "") return true;
  return isWord(token, ",", ":", "->", "–", "-") || isWord(token, ...ACTS);
}

const OTHERS = pattern(
  "(everyone|everybody|anyone|anybody else / [all] the rest|others|remaining / all others / otherwise / in all other cases)",
);

export function isOthers(source: Source, at: number): boolean {
  return matchAt(source, at, OTHERS) !== undefined || leftEnd(source, at) !== undefined;
}

const LEFT = pattern(
  "(those|ones|anyone|anybody|people|contacts who|that / whoever|whomever) did|do|does|have|has|are|is|were not [yet]",
);

/** "those who didn't", "whoever hasn't": where these words end, when they leave out what was not done. */
export function leftEnd(source: Source, at: number): number | undefined {
  const match = matchAt(source, at, LEFT);
  if (match === undefined) return undefined;
  const isElided = ["mark", "quoted"].includes(tokenAt(source, match.next).kind);
  return isElided ? match.next : undefined;
}

const VAGUELY = pattern(`for|with [the] ${VAGUE} ones|companies|accounts|deals|firms|businesses`);

/** "for smaller ones …": somebody is named, though nobody knows who. */
export function isVague(source: Source, at: number): boolean {
  return matchAt(source, at, VAGUELY) !== undefined;
}

/** Whether somebody is named from here on who is none of those before. */
export function namesOthers(source: Source, from: number): boolean {
  for (let at = from; at < source.end; at++) if (isOthers(source, at)) return true;
  return false;
}

const EXCLUSIVE = new Set(["title", "city", "country", "region", "industry", "name"]);

/** Whether those who were searched for cannot be them: "CTOs in Berlin … for CMOs in Paris" are others. */
export function isElsewhere(searched: Condition, condition: Condition): boolean {
  const told = comparisonsOf(searched);
  return comparisonsOf(condition).some((one) => told.some((other) => excludes(one, other)));
}

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
