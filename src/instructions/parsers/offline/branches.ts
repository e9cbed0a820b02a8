import type { Condition } from "#domain/plan.ts";

import { type Point, readLapse, readPoint } from "./cadences.ts";
import { readAfter } from "./clauses/wait.ts";
import { isBeforeMark, isItsName, readOfCompared, readRange } from "./compared.ts";
import { readCondition } from "./conditions/expression.ts";
import { readFinding, readFlag } from "./conditions/flags.ts";
import { compare, exists, negate, type Scope } from "./conditions/scope.ts";
import { untilConsequence } from "./consequences.ts";
import { isStart } from "./links.ts";
import { type Match, matchAt, matchFirst, pattern } from "./pattern.ts";
import { type Kind, readKnownField } from "./readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "./source.ts";

/** An `if` in words, with the wait that stands inside it ("if no reply after 5 days"). */
export interface Branch {
  readonly condition: Condition;
  readonly wait?: string;
  /** The point of a cadence at which it is looked at: "no reply by day 5". */
  readonly until?: Point;
}

const IF = [
  "if [,] and only if [,]",
  "if /|or then|else [branch|condition|logic|block] [:]",
  "[and|but] if you|we +find|see|notice|discover|learn [out] that",
  "if|branch :",
  "+check|+see|+find|+determine|+verify|+look|+confirm [to] [out|see] if|whether [or] [not]",
  "[and|but|only] [even] if it [so] happens|turns|turned [out] [that]",
  "[and|but|only] [even] if [so] [happens] [that]",
  "only|but if",
  "in|on [the] case|event of [a|an|any]",
  "in case [that]",
  "provided|providing|assuming|given [that]",
  "[but] [only] as|so long as",
  "[only] in the event|case [that|of]",
  "on [the] condition that",
  "should",
  "where|wherever",
  "[but|and] for|with those|ones|anyone [of them] who|that",
  "elif|elsif|elseif",
].map(pattern);
const UNLESS = pattern("unless");
/** Later than the text's opening an event is a condition. */
const ONCE = ["when|once|whenever", "as soon as", "the moment [that]"].map(pattern);

function readWithoutIf(source: Source, at: number, subject: Kind): Read<Branch> | undefined {
  for (const read of [
    readQuestion,
    readAnyone,
    readTagged,
    readOnResult,
    readNone,
    readBare,
    readLack,
  ]) {
    const branch = read(source, at, subject);
    if (branch !== undefined) return branch;
  }
  return undefined;
}

const IFS = [...IF, ...ONCE];
const OPENERS = [UNLESS, ...IFS];

/** `compared` is the field that the condition before compared: "if it is over 10k" speaks of it. */
export function readBranch(
  source: Source,
  at: number,
  subject: Kind,
  compared?: string,
): Read<Branch> | undefined {
  const unless = matchAt(source, at, UNLESS);
  const silence = readSilence(source, at);
  if (silence !== undefined) return silence;
  const opener = unless ?? matchFirst(source, at, IFS);
  if (opener === undefined)
    return readWithoutIf(source, at, subject) ?? readRange(source, at, compared);
  const isNegated = unless !== undefined;
  const said = readSaid(withIs(source, opener.next), opener.next, subject, isNegated);
  const isSure = said !== undefined && !isItsName(source, opener.next, said.value.condition);
  return (
    (isSure ? said : undefined) ??
    readOfCompared(source, opener.next, compared, isNegated) ??
    said ??
    readRange(source, opener.next, compared)
  );
}

/** "should the deal be over 10k": as "the deal is over 10k". */
function withIs(source: Source, at: number): Source {
  if (!isWord(tokenAt(source, at - 1), "should")) return source;
  const be = source.tokens.findIndex((token, index) => index >= at && token.word === "be");
  const place = be < 0 || be > at + LONGEST_SUBJECT ? undefined : source.tokens[be];
  if (place === undefined) return source;
  return { ...source, tokens: source.tokens.with(be, { ...place, word: "is", lemma: "is" }) };
}

const LONGEST_SUBJECT = 6;

const ASKING = pattern("[check|question :] [did|do|does|have|has|had|is|are|was|were|still]");

/** "Did they open it but not reply? Then …", "still no LinkedIn URL? …", "contact.email exists? …" */
function readQuestion(source: Source, at: number, subject: Kind): Read<Branch> | undefined {
  const asked = matchAt(source, at, ASKING)?.next ?? at;
  if (asked === at && !isAsking(source, at)) return undefined;
  const said = readSaid(source, asked, subject, false);
  if (said === undefined) return undefined;
  const whole = within({ ...source, end: source.tokens.length }, said.next + 2);
  const isMarked = isWord(tokenAt(whole, said.next), "?");
  const isThen = asked > at && matchAt(whole, said.next, THEN) !== undefined;
  return isMarked || isThen ? said : undefined;
}

const THEN = pattern("[,] then");

/** Whether a question mark stands in these words, or ends them. */
function isAsking({ tokens, end }: Source, from: number): boolean {
  for (let at = from; at <= end; at++) if (tokens[at]?.word === "?") return true;
  return false;
}

/** Where the words end that open a condition. */
export function branchEnd(source: Source, at: number): number {
  return matchFirst(source, at, OPENERS)?.next ?? at + 1;
}

const SILENT_PASSING = pattern(
  "if|when|once <duration> pass|passes|goes|go|have|has|is|are [passed|gone] [by] with|without [no|a|any|them] [reply|response|answer|word|replying|responding] [from] [them]",
);
const SILENCE = pattern(
  "[and|then] after|following <duration> [has|have] [passed] [with|of|and] [them] [no|without|any|a|still|not] [silence|hearing|reply|replies|response|responses|answer|word] [or|a] [reply|response|replying|responding] [back] [from] [them]",
);

const SILENT_FOR = pattern(
  "<duration> [of|later|pass] with|without|no [no|a|any] [reply|replies|response|answer|word|silence] [back] [from] [them]",
);

const SILENT = wordsOf(
  "silence reply replies response responses answer word replying responding back them hearing",
);

/** "Two weeks without a reply → …" */
function readSilentFor(source: Source, at: number): Match | undefined {
  const match = matchAt(source, at, SILENT_FOR);
  const whole = { ...source, end: source.tokens.length };
  const isMarked = match !== undefined && isWord(tokenAt(whole, match.next), "->", ":", "?");
  return isMarked ? match : undefined;
}

/** "after 3 days without a reply": the wait, and that they have not replied. */
function readSilence(source: Source, at: number): Read<Branch> | undefined {
  const match = matchFirst(source, at, [SILENCE, SILENT_PASSING]) ?? readSilentFor(source, at);
  const wait = match?.captures.duration;
  if (match === undefined || wait === undefined) return undefined;
  if (!SILENT.has(tokenAt(source, match.next - 1).word)) return undefined;
  return { value: { condition: compare("contact.replied", "==", false), wait }, next: match.next };
}

const EVER = pattern("[,] at|by any point|time|stage|moment [,]");
const STILL = pattern("[there|they|we|,] [is|are|have|'s] [and] still|by|until|then [then|,]");

function readSaid(
  source: Source,
  at: number,
  subject: Kind,
  isNegated: boolean,
): Read<Branch> | undefined {
  const before = readAfter(source, at);
  const start = skipEver(source, before?.next ?? at);
  const asked = untilConsequence(source, start);
  const said =
    readCondition(asked, start, { subject }) ?? readAfterStill(asked, start, { subject });
  if (said === undefined) return undefined;
  const condition = isNegated ? negate(said.value) : said.value;
  if (before !== undefined) return { value: { condition, wait: before.value }, next: said.next };
  return withWait(source, condition, said.next);
}

/** "if, at any point, they reply" */
function skipEver(source: Source, at: number): number {
  return skipComma(source, matchAt(source, at, EVER)?.next ?? at);
}

const BY_THEN = pattern(
  "(after|by that|this|then / at|by that|this|any point|stage|time / afterwards|anymore|now|either|too|though|yet|already) [?|,]",
);

/** "no reply after 5 days", "no reply by day 5": the wait may stand behind the condition. */
function withWait(source: Source, condition: Condition, behind: number): Read<Branch> {
  const at = skipByThen(source, behind);
  const point = isWord(tokenAt(source, at), "by", "on") ? readPoint(source, at) : undefined;
  if (point !== undefined) return { value: { condition, until: point.value }, next: point.next };
  const after = readAfter(source, at) ?? readAfterIn(source, at) ?? readLapse(source, at);
  if (after === undefined) return { value: { condition }, next: at };
  return { value: { condition, wait: after.value }, next: after.next };
}

/** "did not answer in 6 days": the verb has taken the word with it. */
function readAfterIn(source: Source, at: number): Read<string> | undefined {
  return isWord(tokenAt(source, at - 1), "in") ? readAfter(source, at - 1) : undefined;
}

function skipByThen(source: Source, at: number): number {
  const match = matchAt(source, at, BY_THEN);
  if (match === undefined) return at;
  return isWord(tokenAt(source, match.next - 1), ",", "?") ? match.next - 1 : match.next;
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
  const said = flag ?? readLacking(source, start) ?? readFound(source, start);
  if (said === undefined) return undefined;
  const all = flag === undefined || isNot ? said : (readJoined(source, start, said.next) ?? said);
  const branch = withWait(source, all.value, all.next);
  return isCondition(source, start, branch.next) ? branch : undefined;
}

function isCondition(source: Source, from: number, to: number): boolean {
  return isOrder(source, from) ? isMarkedOff(source, to) : isTold(source, to);
}

/** "Open a task" and "Reply with the 'X' email" are to be done; "reply → stop" is looked at. */
function isOrder(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "open", "reply", "respond", "answer");
}

function isMarkedOff(source: Source, at: number): boolean {
  return at < source.end && isWord(tokenAt(source, at), "->", ":", "?", ",", "–", "=", "then");
}

/** "tagged VIP: …" asks, where "tag VIP" does. */
function readTagged(source: Source, at: number, subject: Kind): Read<Branch> | undefined {
  if (!isWord(tokenAt(source, at), "tagged", "untagged")) return undefined;
  const said = readSaid(source, at, subject, false);
  return said !== undefined && isBeforeMark(source, said.next) ? said : undefined;
}

const ANYONE = pattern(
  "[the] anyone|anybody|those|whoever|everyone|everybody|ones [of] [them] [who|that]",
);

/** "anyone who opened → …" */
function readAnyone(source: Source, at: number, subject: Kind): Read<Branch> | undefined {
  const match = matchAt(source, at, ANYONE);
  const said = match === undefined ? undefined : readSaid(source, match.next, subject, false);
  return said !== undefined && isBeforeMark(source, said.next) ? said : undefined;
}

const ON_RESULT = pattern(
  "on|upon|for|with [an|a|any] empty|no|zero search|result|results|hit|hits|match|matches [results]",
);

/** "on empty result: …" */
function readOnResult(source: Source, at: number): Read<Branch> | undefined {
  const match = matchAt(source, at, ON_RESULT);
  if (match === undefined || !isBeforeMark(source, match.next)) return undefined;
  return { value: { condition: negate(exists("search.results")) }, next: match.next };
}

const LACKING = pattern("[still|and|but] no|without|missing <known>");

/** "still no phone → …" */
function readLack(source: Source, at: number): Read<Branch> | undefined {
  const match = matchAt(source, at, LACKING);
  const field = match?.captures.known;
  const isAsked = match !== undefined && isBeforeMark(source, match.next);
  if (field === undefined || !isAsked) return undefined;
  return { value: { condition: negate(exists(`contact.${field}`)) }, next: match.next };
}

const NONE = pattern("[and|but] still none|nothing|silence|nada [yet]");

/** "still none 4d later: …" */
function readNone(source: Source, at: number): Read<Branch> | undefined {
  const match = matchAt(source, at, NONE);
  if (match === undefined) return undefined;
  const branch = withWait(source, compare("contact.replied", "==", false), match.next);
  return isTold(source, branch.next) ? branch : undefined;
}

function isTold(source: Source, at: number): boolean {
  return at >= source.end || isStart(source, at) || isMarkedOff(source, at);
}

function readFound(source: Source, at: number): Read<Condition> | undefined {
  return isWord(tokenAt(source, at), "find") ? undefined : readFinding(source, at);
}

/** "still no phone → …" */
function readLacking(source: Source, at: number): Read<Condition> | undefined {
  const isNo = isWord(tokenAt(source, at), "no") && readKnownField(source, at + 1) !== undefined;
  const said = isNo ? readCondition(source, at, { subject: "contact" }) : undefined;
  const whole = { ...source, end: source.tokens.length };
  return said !== undefined && isWord(tokenAt(whole, said.next), "->", ":", "?") ? said : undefined;
}

/** "opened & no reply → …" */
function readJoined(source: Source, at: number, first: number): Read<Condition> | undefined {
  if (!isWord(tokenAt(source, first), "and", "but", "or")) return undefined;
  const said = readCondition(source, at, { subject: "contact" });
  return said !== undefined && said.next > first ? said : undefined;
}
