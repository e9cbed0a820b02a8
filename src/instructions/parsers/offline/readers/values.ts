import type { Value } from "#domain/plan.ts";

import { isAnswer } from "../answers.ts";
import { isVerb } from "../lexicon.ts";
import { isWord, type Read, type Source, slice, type Reader, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isActing } from "./acting.ts";
import { readNumber } from "./amounts.ts";
import { readDate } from "./dates.ts";
import { readLimit } from "./limits.ts";

/** Words that end a value written without quotes. */
const STOPS =
  wordsOf(`and or but then if unless who that which whose where with without tagged created having has have had is
  are was were not limit max maximum top via using so because while until from in at to for as on by when also please pls
  i they them it he she there either plus more fewer less over under above below except since added updated contacted
  both neither nor the a an their our my your this these those everything something
  after before during within regardless whatever
  industry sector vertical space stage phase template tag tags field department dept`);

/** Words inside a name: "Head of Growth", "Bank for International Settlements". */
const INNER = wordsOf("of the for & de la von -");

const TRAILING = wordsOf(
  "yet already anymore now please pls too instead again first today still as-well though anyway ok right thanks",
);

const JOINING = wordsOf("- & / + . ' #");

function mayStand(token: Token): boolean {
  if (token.kind === "mark") return JOINING.has(token.word);
  return token.kind !== "quoted" && token.kind !== "time";
}

/** A name or a value without quotes, up to where the grammar goes on. */
export function readBare(source: Source, at: number): Read<string> | undefined {
  const first = tokenAt(source, at);
  if (first.kind === "mark" || !mayStand(first) || isStopped(source, at)) return undefined;
  let next = at + 1;
  while (next < source.end && goesOn(source, next, first.isCapital)) next += 1;
  while (next > at + 1 && isTrailing(tokenAt(source, next - 1))) next -= 1;
  return { value: slice(source, at, next), next };
}

/** Alone at the end these are values: "tag top". */
const ALONE = wordsOf("a top max maximum limit everything something template via industry");

function isAlone(source: Source, at: number): boolean {
  const after = tokenAt(source, at + 1);
  return (
    ALONE.has(tokenAt(source, at).word) &&
    (after.word === "" || after.kind === "mark" || isWord(after, "and", "or"))
  );
}

/** With a capital these are values: "status is Contacted". */
const SAID_OF = wordsOf(
  "tagged created contacted updated added industry sector space stage template field",
);

/** A word of the grammar begins no value, but "In Sequence" and "A" are names. */
function isStopped(source: Source, at: number): boolean {
  const { word, text, isCapital } = tokenAt(source, at);
  if (isShouted(text)) return true;
  if (isCode(source, at)) return false;
  const isName =
    isCapital && (text.length === 1 || SAID_OF.has(word) || tokenAt(source, at + 1).isCapital);
  return STOPS.has(word) && !isName && !isAlone(source, at);
}

const BEFORE_CODE = new Set([",", "[", "(", "="]);
const AFTER_CODE = new Set([",", "]", ")", ""]);

/** "[DE, AT, CH]": between marks two capitals are a value, whatever word they look like. */
function isCode(source: Source, at: number): boolean {
  const isShort = /^\p{Lu}{2}$/u.test(tokenAt(source, at).text);
  return (
    isShort &&
    BEFORE_CODE.has(tokenAt(source, at - 1).word) &&
    AFTER_CODE.has(tokenAt(source, at + 1).word)
  );
}

const SHOUTED = new Set(["AND", "OR", "NOT", "THEN", "IF", "ELSE", "WHEN", "UNLESS", "WHERE"]);

/** "AND" and "OR" between comparisons are no part of a name. */
function isShouted(text: string): boolean {
  return SHOUTED.has(text);
}

function isTrailing(token: Token): boolean {
  return (
    !token.isCapital && (TRAILING.has(token.word) || (token.kind === "mark" && token.word !== "+"))
  );
}

function goesOn(source: Source, at: number, isName: boolean): boolean {
  const token = tokenAt(source, at);
  if (!mayStand(token)) return false;
  if (token.kind === "mark") return isInside(token, tokenAt(source, at + 1));
  return isName ? goesOnName(source, at) : goesOnWords(source, at);
}

/** "tagged vip no more than 20" */
function goesOnWords(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at);
  const isBound = word === "no" && tokenAt(source, at + 1).word === "more";
  return !isBound && !STOPS.has(word) && !isActing(source, at);
}

function goesOnName(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (isShouted(token.text)) return false;
  if (token.isCapital || token.kind === "number" || token.kind === "ordinal") return true;
  if (!token.isApart && token.kind === "word") return true;
  return INNER.has(token.word) && isNameAgain(source, at + 1);
}

function isInside(mark: Token, following: Token): boolean {
  if (mark.isApart && mark.word === "-") return following.isCapital && !isVerb(following.word);
  if (mark.word === "&") return following.isCapital || !following.isApart;
  if (mark.word === "/") return following.kind !== "mark";
  return !following.isApart && following.kind !== "mark";
}

function isNameAgain(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return token.isCapital || (token.word === "the" && tokenAt(source, at + 1).isCapital);
}

/** Quoted, or without quotes. */
export function readText(source: Source, at: number): Read<string> | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "quoted" || token.kind === "variable" || token.kind === "email") {
    return { value: token.text, next: at + 1 };
  }
  return readBare(source, at);
}

export function readQuoted(source: Source, at: number): Read<string> | undefined {
  const token = tokenAt(source, at);
  return token.kind === "quoted" ? { value: token.text, next: at + 1 } : undefined;
}

export function readVariable(source: Source, at: number): Read<string> | undefined {
  const token = tokenAt(source, at);
  return token.kind === "variable" ? { value: token.text, next: at + 1 } : undefined;
}

export function readMemory(source: Source, at: number): Read<string> | undefined {
  const { kind, text } = tokenAt(source, at);
  const isKey = kind !== "quoted" && /^@?memory\.\w+$/.test(text);
  return isKey ? { value: text, next: at + 1 } : undefined;
}

/** A typed value: numbers and money are numbers, true and false are booleans, everything else is as written. */
export function readValue(source: Source, at: number): Read<Value> | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") return { value: token.text, next: at + 1 };
  const isFlag = token.kind === "word" && (token.word === "true" || token.word === "false");
  if (isFlag) return { value: token.word === "true", next: at + 1 };
  const date = readDate(source, at);
  if (date !== undefined) return date;
  const number = readNumber(source, at);
  const bare = readText(source, at);
  if (number === undefined) return bare;
  return bare !== undefined && bare.next > number.next ? bare : number;
}

const INTERJECTIONS = wordsOf("oh um uh er ah well please pls thanks ok okay");
const BETWEEN = wordsOf(", and & / or");

/** Several texts: "'Trial' and 'Prospect'", "prospect, trial". */
export function readList(
  source: Source,
  at: number,
  read: Reader<string> = readText,
): Read<readonly string[]> | undefined {
  const first = read(source, at);
  if (first === undefined) return undefined;
  const values = [first.value];
  let { next } = first;
  for (;;) {
    const following = skipBetween(source, next);
    const more = following === next ? undefined : read(source, following);
    if (isNoValue(source, following)) return { value: values, next };
    if (more === undefined || !isAlike(source, at, following, more)) return { value: values, next };
    values.push(more.value);
    next = more.next;
  }
}

/** "…, please", "…, no more than 20", "…, no: …" */
function isNoValue(source: Source, at: number): boolean {
  const { word, kind } = tokenAt(source, at);
  if (isAnswer(source, at)) return true;
  return INTERJECTIONS.has(word) || (kind === "word" && readLimit(source, at) !== undefined);
}

/** Past what joins two values: ", or" in "Canada, the US, or Mexico", "the" before a name. */
function skipBetween(source: Source, at: number): number {
  let next = at;
  while (next - at < 2 && BETWEEN.has(tokenAt(source, next).word)) next += 1;
  const isThe = next > at && isWord(tokenAt(source, next), "the") && isNameAgain(source, next);
  return isThe ? next + 1 : next;
}

/** What follows a name in a list is a name too; several small words are another clause that nobody knows. */
function isAlike(source: Source, first: number, at: number, { next }: Read<string>): boolean {
  const token = tokenAt(source, at);
  const { kind, isCapital } = tokenAt(source, first);
  if (token.kind === "number") return kind === "number";
  if (token.kind !== "word" || token.isCapital) return true;
  const isAct = isWord(tokenAt(source, at - 1), ",") && (kind === "quoted" || isBase(token));
  return !isCapital && next === at + 1 && !isAct;
}

/** "tagged vip, send …": behind a comma the plain form of a verb is what is done. */
function isBase({ word, lemma }: Token): boolean {
  return word === lemma && isVerb(word);
}

/** Behind a quoted value or a name several small words are no further value, but something else. */
export function isFurtherValue(
  { tokens }: Source,
  before: number,
  start: number,
  next: number,
): boolean {
  const isName = tokens[before]?.kind === "quoted" || tokens[before]?.isCapital === true;
  const isPlain = [tokens[start], tokens[next - 1]].every(
    (token) => token?.kind === "word" && !token.isCapital,
  );
  return !isName || !isPlain || next === start + 1 || STATE_OPENINGS.has(tokens[start]?.word ?? "");
}

/** "New or in review": a value that begins with one of these was read as a state. */
const STATE_OPENINGS = wordsOf("in on under at");

/** Everything up to the end of the clause. */
export function readRest(source: Source, at: number): Read<string> | undefined {
  const value = slice(source, at, source.end);
  return value === "" ? undefined : { value, next: source.end };
}

/** A tag's name, which an "&" between spaces ends: "tagged A & B" has two. */
export function readTag(source: Source, at: number): Read<string> | undefined {
  let end = at + 1;
  while (end < source.end && !(isWord(tokenAt(source, end), "&") && tokenAt(source, end).isApart))
    end += 1;
  return readText({ ...source, end }, at);
}

/** "tag them as contacted": one word with nothing behind it is a tag, whatever it means elsewhere. */
function readLone(source: Source, at: number): Read<readonly string[]> | undefined {
  const { kind, text } = tokenAt(source, at);
  const isLone = kind === "word" && text.length > 4 && tokenAt(source, at + 1).word === "";
  return isLone ? { value: [text], next: at + 1 } : undefined;
}

const PARTS = wordsOf("body copy content message text template to with using");

/** "Month end", "Stop wasting time": behind a colon words are no clause, whatever they mean elsewhere. */
export function readPhrase(source: Source, at: number): Read<string> | undefined {
  const first = tokenAt(source, at);
  if (first.kind !== "word" && first.kind !== "number") return undefined;
  let next = at + 1;
  while (next < source.end && !endsPhrase(source, next)) next += 1;
  return { value: slice(source, at, next), next };
}

function endsPhrase(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  if (kind === "quoted") return true;
  if (kind === "mark") return !JOINING.has(word);
  return (
    PARTS.has(word) ||
    (isWord(tokenAt(source, at), "and") && PARTS.has(tokenAt(source, at + 1).word))
  );
}

/** "as contacted", "as news": a name, or a last word whatever it means elsewhere. */
export function readKey(source: Source, at: number): Read<string> | undefined {
  return readText(source, at) ?? readLast(source, at);
}

function readLast(source: Source, at: number): Read<string> | undefined {
  const { kind, text } = tokenAt(source, at);
  const isLast = kind === "word" && text.length > 3 && tokenAt(source, at + 1).kind === "mark";
  return isLast || (kind === "word" && at + 1 >= source.end)
    ? { value: text, next: at + 1 }
    : undefined;
}

export function readTags(source: Source, at: number): Read<readonly string[]> | undefined {
  return readList(source, at, readTag) ?? readLone(source, at);
}
