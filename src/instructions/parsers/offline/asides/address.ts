import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { greetingEnd, skipGreeting } from "../pleasantries.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isBeginning } from "./beginnings.ts";
import { skipAnnouncement } from "./meta.ts";
import { isNameAt } from "./names.ts";
import { isStatement } from "./statements.ts";

/** Behind whom the text speaks to: "Mike, …", "Sara could you …", "hey mike, …", "@all …"; the place itself where it is nobody. */
export function skipAddress(source: Source, at: number): number {
  const greeted = greetingEnd(source, at);
  const named = namesEnd(source, greeted, greeted > at);
  if (named === greeted) return at;
  const isApart = isWord(tokenAt(source, named), ",", "!", "–", "-");
  if (isApart) return isSaidTo(source, named + 1) ? named + 1 : at;
  const isSure = isMention(tokenAt(source, greeted)) && isBeginning(source, named);
  return isSure || isRequest(source, named) ? named : at;
}

/** Without the greeting and whom it is for, so that what follows begins the text: a label, a step, a list. */
export function dropAddress(text: string, tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text, tokens, end: tokens.length };
  const greeted = skipGreeting(source, 0);
  const begin = skipAddress(source, greeted);
  return begin < tokens.length ? tokens.slice(begin) : tokens;
}

/** "Mike", "Sara and Tom", "@all" */
function namesEnd(source: Source, at: number, isGreeted: boolean): number {
  if (isMention(tokenAt(source, at)) || isGroup(source, at)) return at + 1;
  const isOf = (next: number): boolean => isNameAt(source, next, isGreeted);
  if (!isOf(at)) return at;
  const isTwo = isWord(tokenAt(source, at + 1), "and", "&") && isOf(at + 2);
  return isTwo ? at + 3 : at + 1;
}

const GROUPS = wordsOf("team all everyone everybody folks guys colleagues friends gang");

/** "Team, …" */
function isGroup(source: Source, at: number): boolean {
  const { text, isCapital } = tokenAt(source, at);
  return isCapital && GROUPS.has(text.toLowerCase()) && isWord(tokenAt(source, at + 1), ",");
}

/** "@all", and not a variable of the plan. */
function isMention({ kind, text }: Token): boolean {
  return kind === "variable" && !text.includes(".") && !ROOTS.has(text.slice(1).toLowerCase());
}

const ROOTS = wordsOf("contact company deal form memory search user");

/** Behind a name without a comma only a request is surely said to somebody. */
const REQUESTS = ["can|could|would|will you", "please|pls|plz|kindly"].map(pattern);

function isRequest(source: Source, at: number): boolean {
  return matchFirst(source, at, REQUESTS) !== undefined;
}

/** What is said to somebody: something to do, a request, or a remark; "Acme, Globex: send …" speaks to nobody. */
function isSaidTo(source: Source, at: number): boolean {
  if (isBeginning(source, at) || isRequest(source, at)) return true;
  if (matchAt(source, at, ASKED) !== undefined || skipAnnouncement(source, at) > at) return true;
  return greetingEnd(source, at) > at || isStatement(source, at, sentenceEnd(source, at));
}

const ASKED = pattern("can|could|shall|should|may we|i");
const ENDS = [".", "!", "?", "\n", ";"];

function sentenceEnd(source: Source, at: number): number {
  let end = at;
  while (end < source.end && !isWord(tokenAt(source, end), ...ENDS)) end += 1;
  return end;
}
