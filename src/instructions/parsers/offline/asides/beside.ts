import { readCorrection } from "../corrections.ts";
import { readLines } from "../layout.ts";
import { isInflectedStart, isStart } from "../links.ts";
import { readSentences, type Sentence } from "../sentences.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isRemark } from "./remarks.ts";
import { isCall, isSelecting } from "./talk.ts";

/**
 * Remarks within a sentence: behind what is to be done ("…, my boss loves that deck", "… and we'll see"), in parentheses, or between
 * two commas. They are left out before anything is read. A remark behind a condition could be one of it, and what stands in a title
 * or a message belongs to that: there nothing is left out.
 */
export function dropRemarks(text: string, tokens: readonly Token[]): readonly Token[] {
  const source = (rest: readonly Token[]): Source => ({ text, tokens: rest, end: rest.length });
  const open = without(tokens, inParentheses(source(tokens)));
  const sentences = readLines(text, open).flatMap(({ from, to }) =>
    readSentences(source(open), from, to),
  );
  return without(
    open,
    sentences.flatMap((sentence) => behindOrBetween(source(open), sentence)),
  );
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function without(tokens: readonly Token[], dropped: readonly Stretch[]): readonly Token[] {
  if (dropped.length === 0) return tokens;
  const out = new Set<number>();
  for (const { from, to } of dropped) for (let at = from; at < to; at++) out.add(at);
  return tokens.filter((_, at) => !out.has(at));
}

function inParentheses(source: Source): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (let at = 0; at < source.end; at++) {
    if (isWord(tokenAt(source, at), ".", "\n", ";")) from = at + 1;
    if (at - from > LONGEST_SENTENCE) from = at - LONGEST_SENTENCE;
    if (!isWord(tokenAt(source, at), "(")) continue;
    const close = closing(source, at);
    const isOne = close !== undefined && !isWritten(source, from, at);
    if (isOne && isBeside(source, at + 1, close)) found.push({ from: at, to: close + 1 });
  }
  return found;
}

function closing(source: Source, at: number): number | undefined {
  const last = Math.min(source.end, at + LONGEST);
  for (let next = at + 1; next < last; next++) {
    if (isWord(tokenAt(source, next), ")")) return next;
    if (isWord(tokenAt(source, next), "(", "\n")) return undefined;
  }
  return undefined;
}

const LONGEST = 40;
/** In longer sentences nothing is left out: nobody talks like that. */
const LONGEST_SENTENCE = 200;

function behindOrBetween(source: Source, { from, to }: Sentence): readonly Stretch[] {
  const found: Stretch[] = [];
  if (to - from > LONGEST_SENTENCE) return found;
  const sentence = within(source, to);
  for (let at = from + 1; at < to; at++) {
    const remark = remarkAt(sentence, from, at);
    if (remark === undefined) continue;
    found.push(remark);
    at = remark.to;
  }
  return found.length > 0 && isRemark(source, from, to) ? [] : found;
}

function remarkAt(source: Source, from: number, at: number): Stretch | undefined {
  if (!isJoint(source, at) || isWritten(source, from, at)) return undefined;
  const isLast = isBeside(source, at, source.end);
  const end = isLast ? source.end : betweenCommas(source, at);
  return end === undefined || mayBeCondition(source, from, at) ? undefined : { from: at, to: end };
}

/** In a sentence that says what to do, these say when, how often or which. */
const NARROWING = wordsOf(
  "before after by until twice once two three four five six ten later earlier sooner different another shorter longer",
);

function isBeside(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (NARROWING.has(tokenAt(source, at).word)) return false;
  return !mayBeValues(source, from, to) && isRemark(source, from, to);
}

/** "Find deals, overdue", "Tag them Late, Fancy and New", "Tag them Hot, Good Luck": what is called out is no value. */
function mayBeValues(source: Source, from: number, to: number): boolean {
  const said = source.tokens.slice(from, to);
  if (said.some(({ word }) => isCall(word)) || isBehindName(source, from, said)) return false;
  return said.every((token, at) => {
    const isAlone = isParting(said[at - 1]) && isParting(said[at + 1]);
    return isAlone || token.isCapital || isParting(token);
  });
}

const WHOLE = wordsOf("email mail message them it");

/** "Send 'A', great!", "the intro email (done)": behind what has quotes or is named whole no value stands in small letters. */
function isBehindName(source: Source, from: number, said: readonly Token[]): boolean {
  const before = isWord(tokenAt(source, from - 1), "(") ? from - 2 : from - 1;
  const { kind, word: last } = tokenAt(source, before);
  const isEnd = kind === "quoted" || WHOLE.has(last);
  return isEnd && said.every(({ word, isCapital }) => !isCapital && !isSelecting(word));
}

function isParting(token: Token | undefined): boolean {
  return token === undefined || token.kind === "mark" || isWord(token, "and", "or");
}

const LINKING = wordsOf("and but so");
const SUBJECTS = wordsOf("i we you he she it that this my they thats");

/** A comma or dash, or "and we'll see": what may open a remark. */
function isJoint(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (isWord(token, ",", "–") || (isWord(token, "-") && token.isApart)) return true;
  if (isQuoteEnd(source, at)) return true;
  return LINKING.has(token.word) && SUBJECTS.has(tokenAt(source, at + 1).word);
}

/** "… the body 'It is there.' He keeps asking": a quoted sentence ends what it stands in. */
function isQuoteEnd(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1);
  return before.kind === "quoted" && /[.!?]$/.test(before.text) && tokenAt(source, at).isApart;
}

/** Up to the next comma that a clause stands behind. */
function betweenCommas(source: Source, at: number): number | undefined {
  if (!isWord(tokenAt(source, at), ",", "–", "-")) return undefined;
  for (let end = at + 2; end < Math.min(source.end, at + LONGEST); end++) {
    if (!isWord(tokenAt(source, end), ",", "–", "-")) continue;
    const next = isWord(tokenAt(source, end + 1), "and", "then") ? end + 2 : end + 1;
    if (corrects(source, at + 1, end) || !isBeside(source, at, end)) return undefined;
    return isStart(source, next) || isInflectedStart(source, next) ? end : undefined;
  }
  return undefined;
}

/** "tagged VIP, sorry, tagged Gold" */
function corrects(source: Source, from: number, to: number): boolean {
  const correction = readCorrection(source, from);
  return correction !== undefined && correction.next >= to;
}

const OPENING_TEXT = wordsOf(
  `task todo to-do reminder note message text subject title body reason saying notify tell know alert inform ping remind say write warn
  flag update remember aware hand handoff`,
);
/** Of whom the writer speaks, and not a title or a message. */
const WRITERS = wordsOf("i my you that this thanks thank lol cheers hope thats");

/**
 * Whether a title or a message goes on here that has not ended: "task: call them, they asked", "tell @user.ae that …". Where nothing
 * parts it from what opened it ("a task to call them, …"), only what the writer says of himself is none of it.
 */
export function isWritten(source: Source, from: number, at: number): boolean {
  let isParted = false;
  for (let before = at - 1; before >= from; before--) {
    const token = tokenAt(source, before);
    if (token.kind === "quoted") return false;
    isParted ||= isWord(token, ":", "->", "that", "saying", "because", "-", "–");
    if (!OPENING_TEXT.has(token.word) && !OPENING_TEXT.has(token.lemma)) continue;
    return isParted || !WRITERS.has(tokenAt(source, isJointWord(source, at) ? at + 1 : at).word);
  }
  return false;
}

const OF_CONDITION = wordsOf("if unless when whenever once who whose where while after provided");
const OF_CONTACTS = wordsOf(
  "they he she it their his her its the those these most some half not no never",
);

/** "If they replied, and the mood is good, …": while a condition is open, whatever stands there could be asked, too. */
export function mayBeCondition(source: Source, from: number, at: number): boolean {
  const opened = conditionBefore(source, from, at);
  if (opened === undefined) return false;
  let first = at;
  while (isJointWord(source, first) && first < source.end) first += 1;
  const isBehindAct = isWord(tokenAt(source, opened), "if", "unless") && opened > from + 1;
  return !isBehindAct || OF_CONTACTS.has(tokenAt(source, first).word);
}

/** Where a condition opens that no clause stands behind yet. */
function conditionBefore(source: Source, from: number, at: number): number | undefined {
  for (let before = at - 1; before >= from; before--) {
    if (OF_CONDITION.has(tokenAt(source, before).word)) return before;
    if (isWord(tokenAt(source, before), ",", "->") && isStart(source, before + 1)) return undefined;
  }
  return undefined;
}

function isJointWord(source: Source, at: number): boolean {
  const { word, kind } = tokenAt(source, at);
  return kind === "mark" || LINKING.has(word);
}
