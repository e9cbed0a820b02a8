import type { Condition } from "#domain/plan.ts";

import { readAfter } from "./clauses/wait.ts";
import { readCondition } from "./conditions/expression.ts";
import { readFinding, readFlag } from "./conditions/flags.ts";
import { negate, type Scope } from "./conditions/scope.ts";
import { isStart } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import type { Kind } from "./readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "./source.ts";

/** An `if` in words, with the wait that stands inside it ("if no reply after 5 days"). */
export interface Branch {
  readonly condition: Condition;
  readonly wait?: string;
}

const IF = [
  "[and|but|only] [even] if [it] [so] [happens|turns] [out] [that]",
  "only|but if",
  "in case [that]",
  "provided|assuming|given [that]",
  "as long as",
  "in the event [that]",
  "should",
].map(pattern);
const UNLESS = pattern("unless");
/** Later than the text's opening an event is a condition. */
const ONCE = ["when|once|whenever", "as soon as", "the moment [that]"].map(pattern);

export function readBranch(source: Source, at: number, subject: Kind): Read<Branch> | undefined {
  const unless = matchAt(source, at, UNLESS);
  if (unless !== undefined) return readSaid(source, unless.next, subject, true);
  const opener = matchFirst(source, at, IF);
  if (opener !== undefined) return readSaid(source, opener.next, subject, false);
  const once = matchFirst(source, at, ONCE);
  if (once !== undefined) return readSaid(source, once.next, subject, false);
  return readBare(source, at);
}

const STILL = pattern("[there|they|we|,] [is|are|have|'s] [and] still|by|then [then|,]");

function readSaid(
  source: Source,
  at: number,
  subject: Kind,
  isNegated: boolean,
): Read<Branch> | undefined {
  const before = readAfter(source, at);
  const start = skipComma(source, before?.next ?? at);
  const said =
    readCondition(source, start, { subject }) ?? readAfterStill(source, start, { subject });
  if (said === undefined) return undefined;
  const condition = isNegated ? negate(said.value) : said.value;
  if (before !== undefined) return { value: { condition, wait: before.value }, next: said.next };
  return withWait(source, condition, said.next);
}

/** "no reply after 5 days": the wait may stand behind the condition. */
function withWait(source: Source, condition: Condition, at: number): Read<Branch> {
  const after = readAfter(source, at);
  if (after === undefined) return { value: { condition }, next: at };
  return { value: { condition, wait: after.value }, next: after.next };
}

function readAfterStill(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const still = matchAt(source, at, STILL);
  return still === undefined ? undefined : readCondition(source, still.next, scope);
}

function skipComma(source: Source, at: number): number {
  return isWord(tokenAt(source, at), ",") ? at + 1 : at;
}

/** "No reply after 3 days? …", "Still no reply -> …": a condition without its "if", told by what follows it. */
function readBare(source: Source, at: number): Read<Branch> | undefined {
  const start = isWord(tokenAt(source, at), "still", "and") ? at + 1 : at;
  const isNot = isWord(tokenAt(source, start), "not");
  const flag = readFlag(source, isNot ? start + 1 : start, { subject: "contact" }, isNot);
  const said = flag ?? readFinding(source, start);
  if (said === undefined) return undefined;
  const branch = withWait(source, said.value, said.next);
  return isTold(source, branch.next) ? branch : undefined;
}

function isTold(source: Source, at: number): boolean {
  if (at >= source.end || isStart(source, at)) return true;
  return isWord(tokenAt(source, at), "->", ":", "?", ",", "–", "=", "then");
}

const ELSE = [
  "otherwise|else|elsewise|alternatively",
  "or else",
  "failing that",
  "[or|and|but] if (not / they|he|she|it|there|that|this|we did|do|does|have|has|are|is|was|were|would|'s not / that is|was|'s not [the] [case])",
].map(pattern);

/** Those whom the if has left out; without an if before it ("skip …") these words carry nothing. */
const OTHERS = [
  "[but|and] [for|with|to|in] [all|the|any] everyone|everybody|anyone|anybody else",
  "[but|and] [for|with|in|to] [all|any] [of] [the] others|remaining|rest [of] [contacts|cases|case|rest|them|leads|ones]",
  "in all|any|every other cases|case",
].map(pattern);

const TOLD = new Set([",", ":", "->", "–", "-", "then", "", "if"]);

export interface Otherwise {
  readonly next: number;
  /** Names people, who may be all that are left of a selection. */
  readonly isOthers: boolean;
}

/** "otherwise", "if not", "if they don't", "everyone else": what stands behind goes into the else. */
export function readOtherwise(source: Source, at: number): Otherwise | undefined {
  const isOthers = matchFirst(source, at, ELSE) === undefined;
  const match = matchFirst(source, at, isOthers ? OTHERS : ELSE);
  if (match === undefined) return undefined;
  const token = tokenAt(source, match.next);
  if (TOLD.has(token.word) || isStart(source, match.next)) return { next: match.next, isOthers };
  const isSubject = isWord(token, "gets", "get", "receives", "receive", "should", "goes");
  if (isOthers && isSubject) return { next: at, isOthers };
  return isWord(tokenAt(source, at), "otherwise", "else")
    ? { next: match.next, isOthers }
    : undefined;
}

const EITHER_WAY = [
  "[in] either way|case",
  "regardless [of|what|either]",
  "in any|both|all case|cases",
  "whatever happens",
  "no matter what",
  "whether or not",
].map(pattern);

/** What holds for both branches stands behind the if. */
export function readEitherWay(source: Source, at: number): number | undefined {
  return matchFirst(source, at, EITHER_WAY)?.next;
}
