import { isAnswer } from "./answers.ts";
import { readLapse } from "./cadences.ts";
import { readCorrection } from "./corrections.ts";
import { isAlone, isBareStart, isInflectedStart, isLinkAt, isStart } from "./links.ts";
import { matchAt, pattern } from "./pattern.ts";
import { remembered } from "./remembered.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import { isDashOfTitle } from "./titles.ts";
import { isTrailing } from "./trailing.ts";

/** Where a clause ends and the next begins. */

const NO_REPLY = pattern("[still] no reply|response|answer");

export interface Boundary {
  /** Where the clause ends and where the next begins. */
  readonly end: number;
  readonly next: number;
}

/** Whether the clause ends at this token: a link with a clause behind it, or a condition that follows its clause. */
export const boundaryAt = remembered(findBoundary);

function findBoundary(source: Source, at: number): Boundary | undefined {
  const opened = openingAt(source, at);
  if (opened !== undefined) return opened;
  const next = isByThen(source, at) ? at : skipLinks(source, at);
  if (next === at || isJoined(source, at, next) || isSoThat(source, next)) return undefined;
  const isOpened = isHard(source, at, next) || isStart(source, next) || isAnswer(source, next);
  return isOpened ? { end: at, next } : undefined;
}

/** ", so that we can skip them" says what it is for. */
function isSoThat(source: Source, next: number): boolean {
  return isWord(tokenAt(source, next - 1), "so") && isWord(tokenAt(source, next), "that");
}

/** What opens a clause by itself, without a link. */
function openingAt(source: Source, at: number): Boundary | undefined {
  if (isSide(source, at) || isOnlyIf(source, at) || isTernary(source, at))
    return { end: at, next: at };
  return isBeforeAct(source, at) || isAside(source, at) ? { end: at, next: at + 1 } : undefined;
}

/** "found ? tag them : stop" */
function isTernary(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return isWord(token, ":") && token.isApart && isBareStart(source, at + 1);
}

const ONLY = pattern("(, [but] only / but only / [but] only) if|when|once|unless|as|in|provided");

/** "…, but only if they replied" */
function isOnlyIf(source: Source, at: number): boolean {
  const only = matchAt(source, at, ONLY);
  return (
    only !== undefined &&
    !isWord(tokenAt(source, at - 1), ",", "but") &&
    isTrailing(source, only.next - 1)
  );
}

const LONGEST_ASKED = 4;

/** "a task: ask @contact.firstName if the timing is better": what a person is to find out is no condition. */
function isAsked(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at), "if")) return false;
  for (let before = at - 1; before >= Math.max(0, at - LONGEST_ASKED); before--) {
    const { word, kind } = tokenAt(source, before);
    if (kind === "mark") return false;
    if (word === "ask") return true;
    if (FINDING_OUT.has(word)) return before === at - 1 && isInTask(source, before);
  }
  return false;
}

const FINDING_OUT = wordsOf("check see confirm verify learn know out");
const TITLE_MARKS = [".", ";", "->", "!", "?"];

/** Whether a task's title goes on here. */
function isInTask(source: Source, at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const token = tokenAt(source, before);
    if (isWord(token, ...TITLE_MARKS) || token.text === "\n") return false;
    if (isWord(token, "task", "todo", "to-do", "reminder", "remind")) return true;
  }
  return false;
}

const NOBODY = /(?:one|body|thing|or|what|who|where)$/;

/** "THEN tag A ELSE tag B"; "if you don't mind" asks nothing of a contact. */
function isSide(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "if", "unless"))
    return !isOfYou(source, at) && !isAsked(source, at);
  if (!isWord(tokenAt(source, at), "else", "otherwise")) return false;
  return !NOBODY.test(tokenAt(source, at - 1).word) && isStart(source, at + 1);
}

/** Whether the link joins two parts of one condition. */
function isJoined(source: Source, at: number, next: number): boolean {
  return (
    isJoinedReply(source, at, next) ||
    isJoinedNoun(source, at, next) ||
    isJoinedLack(source, at, next)
  );
}

const HAVING = wordsOf("have own work live show match contain list mention hold belong use");

/** "created today and don't have a phone", "opened it but never replied": what is said of them forbids nothing. */
function isJoinedLack(source: Source, at: number, next: number): boolean {
  if (next !== at + 1 || !isWord(tokenAt(source, at), "and", "but", "or", ",")) return false;
  const isNever = isWord(tokenAt(source, next), "never");
  const verb = tokenAt(source, isNever ? next + 1 : next + 2);
  if (isNever) return verb.word !== verb.lemma || isWord(verb, "been", "had");
  const isNot =
    isWord(tokenAt(source, next), "do", "does") && isWord(tokenAt(source, next + 1), "not");
  return isNot && HAVING.has(verb.word);
}

const MOST_LINKS = 4;

function skipLinks(source: Source, at: number): number {
  const last = Math.min(source.end, at + MOST_LINKS);
  let next = at;
  while (next < last && isLinkAt(source, next) && !isPlusTime(source, next)) next += 1;
  return next;
}

/** "'A', +3d 'B'" */
function isPlusTime(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "+") && readLapse(source, at) !== undefined;
}

/** "if they haven't replied by then" */
function isByThen(source: Source, at: number): boolean {
  return (
    isWord(tokenAt(source, at), "then") &&
    isWord(tokenAt(source, at - 1), "by", "since", "until", "till")
  );
}

/** Arrows and semicolons part clauses whatever stands behind them. */
function isHard(source: Source, at: number, next: number): boolean {
  if (next >= source.end) return false;
  return isWord(tokenAt(source, at), "->", ";") || isSequel(source, at, next);
}

/** ", then" and "and then" part what is done, known or not. */
function isSequel(source: Source, at: number, next: number): boolean {
  return (
    isWord(tokenAt(source, at), ",", "and") &&
    isWord(tokenAt(source, next - 1), "then") &&
    tokenAt(source, next).kind !== "mark"
  );
}

/** "if you don't mind" asks nothing of a contact. */
function isOfYou(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at + 1), "you");
}

/** "wait a day (sorry, two days)" */
function isAside(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at), "(")) return false;
  return (
    isWord(tokenAt(source, at + 1), "if", "unless", "only") ||
    readCorrection(source, at + 1) !== undefined
  );
}

/** "wait a day before sending …" */
function isBeforeAct(source: Source, before: number): boolean {
  const at = before + 1;
  if (!isWord(tokenAt(source, before), "before")) return false;
  const isActive = isWord(tokenAt(source, at), "you", "we") && isBareStart(source, at + 1);
  return isActive || (tokenAt(source, at).word.endsWith("ing") && isInflectedStart(source, at));
}

/** "tagged VIP and no reply" is one condition. */
function isJoinedReply(source: Source, at: number, next: number): boolean {
  const isPlain = next === at + 1 && isWord(tokenAt(source, at), "and", "but", "or", "&", "+");
  return isPlain && matchAt(source, next, NO_REPLY) !== undefined;
}

const FIELDS = wordsOf(
  "phone name title url linkedin website number address city country industry owner company",
);
const HOLDING = wordsOf("with without has have having tagged either both or no");

/** "missing both phone and email", "with tag 'A' and tag 'B'": the words are nouns there. */
function isJoinedNoun(source: Source, at: number, next: number): boolean {
  if (next !== at + 1 || !isWord(tokenAt(source, at), "and", "or", ",", "&")) return false;
  const before = tokenAt(source, at - 1);
  if (isWord(tokenAt(source, next), "email"))
    return FIELDS.has(before.word) && isAlone(source, next);
  const isTag =
    isWord(tokenAt(source, next), "tag") && isWord(tokenAt(source, at - 2), "tag", "tags");
  return isTag && HOLDING.has(tokenAt(source, at - 3).word);
}

/** Verbs of a person's own work: behind a plain "and" they go on with a task's title. */
const CHORES = wordsOf(
  "call book schedule check get find look make show list keep take give put update arrange write set run",
);

export function clauseEnd(source: Source, at: number): number {
  let isTitle = false;
  for (let next = at + 1; next < source.end; next++) {
    const token = tokenAt(source, next);
    if (token.word === ":" && isAfterTask(source, at, next)) isTitle = true;
    const boundary = boundaryAt(source, next);
    if (boundary === undefined) continue;
    const isChore = isTitle && CHORES.has(tokenAt(source, boundary.next).word);
    const isJoint = token.word === "and" || isDashOfTitle(source, at, next, boundary.next);
    if (!(isChore && isJoint)) return boundary.end;
  }
  return source.end;
}

function isAfterTask(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (/^(?:task|to-?do|reminder|activity)/.test(tokenAt(source, at).word)) return true;
  return false;
}
