import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { bounds } from "./bounding.ts";
import { elidedEnd, isFelt } from "./elided.ts";
import { names } from "./naming.ts";
import { isStatement, skipLeads } from "./statements.ts";
import { isIdleTalk } from "./talk.ts";
import { verbOf } from "./verbs.ts";

/**
 * A remark asks for nothing: talk whose every word is idle, or clauses with a subject and a verb that tell, feel or think, whatever of,
 * with no act, condition, time, number or quote in them. What joins them may be anything that joins clauses.
 */

const LONGEST_REMARK = 30;
const LEADING = wordsOf(", and but so because though although cause – - ;");
const JOINTS = wordsOf(", and but so because since as though although while cause whereas – - ;");

export function isRemark(source: Source, from: number, to: number): boolean {
  const start = skipJoints(source, from, to);
  if (start >= to || to - from > LONGEST_REMARK) return false;
  const said = skipLeads(source, start);
  if (bounds(source, said, to) || hasSign(source, said, to)) return false;
  if (matchAt(within(source, to), said, DONE) !== undefined) return false;
  return isOne(source, start, to) || isSeveral(source, start, to);
}

/** "An email is sent to them" tells what this is to do; what was sent has been. */
const DONE = pattern(
  "a|an|another|one [short|quick|new|friendly|separate|personal|internal|follow-up|reminder|call] email|mail|message|notification|alert|task|todo|reminder|invite|invitation|request is|gets [then|also|automatically|immediately] +send|+create|+make|+add|+book|+schedule|+assign",
);

function isSeveral(source: Source, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) {
    if (!JOINTS.has(tokenAt(source, at).word) || !isOne(source, from, at)) continue;
    if (isRemark(source, at + 1, to)) return true;
  }
  return false;
}

function isOne(source: Source, from: number, to: number): boolean {
  const end = skipBack(source, from, to);
  if (isIdleTalk(source, from, to)) return true;
  if (names(source, from, end)) return false;
  const thought = thoughtOf(within(source, end), from);
  if (thought !== undefined) return isThoughtRemark(source, thought, end);
  if (isStatement(source, from, end) || isReported(within(source, end), from)) return true;
  return isElided(source, from, end, to);
}

function isElided(source: Source, from: number, end: number, to: number): boolean {
  const elided = elidedEnd(within(source, end), from);
  if (elided === undefined) return false;
  const { next, isThought } = elided;
  if (next >= end) return !isThought || end < to || isShort(from, end);
  return isThought ? isThoughtRemark(source, next, end) : isFelt(source, next, end);
}

const SAID = wordsOf(
  "said says told promised swore claims claimed mentioned thinks thought reckons hopes hoped",
);
const ANSWERS = wordsOf("yes no ok okay so hi hello goodbye maybe nothing");

/** "you said it would be easy", "client said yes on the phone": what was said is a remark itself. */
function isReported(source: Source, from: number): boolean {
  const verb = verbOf(source, skipLeads(source, from))?.at;
  if (verb === undefined || !SAID.has(tokenAt(source, verb).word)) return false;
  const next = isWord(tokenAt(source, verb + 1), "me", "us", "that") ? verb + 2 : verb + 1;
  if (ANSWERS.has(tokenAt(source, next).word)) return isFelt(source, next + 1, source.end);
  return next < source.end && isRemark(source, next, source.end);
}

/** "that it works", "that works": behind the small word or with it. */
function isThoughtRemark(source: Source, from: number, to: number): boolean {
  const isThat = isWord(tokenAt(source, from), "that");
  return isRemark(source, from, to) || (isThat && isRemark(source, from + 1, to));
}

const THOUGHT = pattern(
  "i|we [really|just|do|still|also] think|reckon|guess|suppose|believe|bet|figure|figured|swear|trust|hope|feel [like]",
);

/** "i think that's fair": where what is thought begins, which must be a remark itself. */
function thoughtOf(source: Source, from: number): number | undefined {
  const next = matchAt(source, skipLeads(source, from), THOUGHT)?.next;
  return next === undefined || next >= source.end ? undefined : next;
}

/** "hope", "i guess" */
function isShort(from: number, to: number): boolean {
  return to - from <= 2;
}

function skipJoints(source: Source, from: number, to: number): number {
  let at = from;
  while (at < to && (LEADING.has(tokenAt(source, at).word) || isMark(source, at))) at += 1;
  return at;
}

function isMark(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "!", "?", ".", "…", ")", "(");
}

/** What closes a statement in talk: "i believe", "tbh", "though", "right?". */
const TAILS = wordsOf(
  "lol haha hehe sigh woohoo yay ugh tbh imo imho btw though really honestly anyway right yeah eh ok okay xx ! ? . ) ( , too lately",
);
const THINKS = wordsOf("think guess believe suppose reckon hope know bet swear");

function skipBack(source: Source, from: number, to: number): number {
  let end = to;
  while (end > from + 1) {
    const isThought =
      THINKS.has(tokenAt(source, end - 1).word) &&
      isWord(tokenAt(source, end - 2), "i", "we", "you");
    if (isThought && end > from + 3) end -= 2;
    else if (TAILS.has(tokenAt(source, end - 1).word)) end -= 1;
    else return end;
  }
  return end;
}

const MARKS = wordsOf(", . ! ? - – ( ) … ' % *");

function hasSign(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const { word, kind } = tokenAt(source, at);
    if (kind === "mark" && !MARKS.has(word)) return true;
  }
  return false;
}
