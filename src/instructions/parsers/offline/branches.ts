import type { Condition } from "#domain/plan.ts";

import { type Point, readLapse, readPoint } from "./cadences.ts";
import { readAfter } from "./clauses/wait.ts";
import { readCondition } from "./conditions/expression.ts";
import { readFinding, readFlag } from "./conditions/flags.ts";
import { readQuantity } from "./conditions/quantities.ts";
import { compare, negate, type Scope } from "./conditions/scope.ts";
import { isStart } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import type { Kind } from "./readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "./source.ts";

/** An `if` in words, with the wait that stands inside it ("if no reply after 5 days"). */
export interface Branch {
  readonly condition: Condition;
  readonly wait?: string;
  /** The point of a cadence at which it is looked at: "no reply by day 5". */
  readonly until?: Point;
}

const IF = [
  "if /|or then|else [branch|condition|logic|block] [:]",
  "[and|but] if you|we +find|see|notice|discover|learn [out] that",
  "if|branch :",
  "+check|+see|+find|+determine|+verify|+look|+confirm [to] [out|see] if|whether [or] [not]",
  "[and|but|only] [even] if [it] [so] [happens|turns] [out] [that]",
  "only|but if",
  "in case [that]",
  "provided|assuming|given [that]",
  "as long as",
  "in the event [that]",
  "should",
  "[but|and] for|with those|ones|anyone [of them] who|that",
  "elif|elsif|elseif",
].map(pattern);
const UNLESS = pattern("unless");
/** Later than the text's opening an event is a condition. */
const ONCE = ["when|once|whenever", "as soon as", "the moment [that]"].map(pattern);

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
  const opener = unless ?? matchFirst(source, at, [...IF, ...ONCE]);
  if (opener === undefined) return readQuestion(source, at, subject) ?? readBare(source, at);
  const isNegated = unless !== undefined;
  return (
    readSaid(source, opener.next, subject, isNegated) ??
    readOfCompared(source, opener.next, compared, isNegated)
  );
}

const ASKING = pattern("[did|do|does|have|has|had|is|are|was|were|still]");

/** "Did they open it but not reply? Then …", "still no LinkedIn URL? …" */
function readQuestion(source: Source, at: number, subject: Kind): Read<Branch> | undefined {
  const asked = matchAt(source, at, ASKING);
  if (asked === undefined) return undefined;
  const said = readSaid(source, asked.next, subject, false);
  const mark = said === undefined ? "" : (source.tokens[said.next]?.word ?? "");
  return mark === "?" ? said : undefined;
}

/** Where the words end that open a condition. */
export function branchEnd(source: Source, at: number): number {
  return matchFirst(source, at, [UNLESS, ...IF, ...ONCE])?.next ?? at + 1;
}

const IT = pattern(
  "[it|that|this|they|its|the] [value|amount|number|score|one] [is|'s|was|are|has|have] [only|still]",
);

/** "if it is between 10k and 50k", of the field compared before. */
function readOfCompared(
  source: Source,
  at: number,
  compared: string | undefined,
  isNegated: boolean,
): Read<Branch> | undefined {
  const it = matchAt(source, at, IT);
  if (it === undefined || compared === undefined) return undefined;
  const said = readQuantity(source, it.next, compared);
  if (said === undefined) return undefined;
  return { value: { condition: isNegated ? negate(said.value) : said.value }, next: said.next };
}

const SILENT_PASSING = pattern(
  "if|when|once <duration> pass|passes|goes|go|have|has|is|are [passed|gone] [by] with|without [no|a|any|them] [reply|response|answer|word|replying|responding] [from] [them]",
);
const SILENCE = pattern(
  "[and|then] after|following <duration> [has|have] [passed] [with|of|and] [them] [no|without|any|a|still|not] [silence|hearing|reply|replies|response|responses|answer|word] [or|a] [reply|response|replying|responding] [back] [from] [them]",
);

const SILENT = wordsOf(
  "silence reply replies response responses answer word replying responding back them hearing",
);

/** "after 3 days without a reply": the wait, and that they have not replied. */
function readSilence(source: Source, at: number): Read<Branch> | undefined {
  const match = matchFirst(source, at, [SILENCE, SILENT_PASSING]);
  const wait = match?.captures.duration;
  if (match === undefined || wait === undefined) return undefined;
  if (!SILENT.has(tokenAt(source, match.next - 1).word)) return undefined;
  return { value: { condition: compare("contact.replied", "==", false), wait }, next: match.next };
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

const BY_THEN = pattern(
  "(after|by that|this|then / at|by that|this|any point|stage|time / afterwards|anymore|now|either|too|though|yet|already) [?|,]",
);

/** "no reply after 5 days", "no reply by day 5": the wait may stand behind the condition. */
function withWait(source: Source, condition: Condition, behind: number): Read<Branch> {
  const at = skipByThen(source, behind);
  const point = isWord(tokenAt(source, at), "by", "on") ? readPoint(source, at) : undefined;
  if (point !== undefined) return { value: { condition, until: point.value }, next: point.next };
  const after = readAfter(source, at) ?? readLapse(source, at);
  if (after === undefined) return { value: { condition }, next: at };
  return { value: { condition, wait: after.value }, next: after.next };
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
  const isCommand = isWord(tokenAt(source, start), "find");
  const said = flag ?? (isCommand ? undefined : readFinding(source, start));
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

function isTold(source: Source, at: number): boolean {
  return at >= source.end || isStart(source, at) || isMarkedOff(source, at);
}

/** "opened & no reply → …" */
function readJoined(source: Source, at: number, first: number): Read<Condition> | undefined {
  if (!isWord(tokenAt(source, first), "and", "but", "or")) return undefined;
  const said = readCondition(source, at, { subject: "contact" });
  return said !== undefined && said.next > first ? said : undefined;
}

const ELSE_IF = pattern("elif|elsif|elseif");

export function isElseIf(source: Source, at: number): boolean {
  return matchAt(source, at, ELSE_IF) !== undefined;
}

const SO = [
  "[and|but|then] if so|yes|true",
  "[and|but|then] if it|they|he|she|there|that|this|we|something|anything|somebody|someone|anybody|anyone [do|does|did|have|has|are|is|were|was|would|will|'s] [so] [,|->|:|then|?]",
  "[if] yes|true|then|y :|->|,|–",
].map(pattern);
const AUXILIARIES = wordsOf(
  "do does did have has are is were was would will so yes true then y 's",
);

/** "if they did", "if so", "yes:": what was just asked holds. */
export function readAffirmation(source: Source, at: number): number | undefined {
  const match = matchFirst(source, at, SO);
  if (match === undefined) return undefined;
  const isMarked = isWord(tokenAt(source, match.next - 1), ",", "->", ":", "then", "?", "–");
  const last = tokenAt(source, isMarked ? match.next - 2 : match.next - 1);
  const isFollowed = isMarked || match.next >= source.end || isStart(source, match.next);
  return AUXILIARIES.has(last.word) && isFollowed ? match.next : undefined;
}

const ELSE = [
  "elif|elsif|elseif",
  "[if] no|false|n :|->|–",
  "otherwise|else|elsewise|alternatively",
  "or else",
  "failing that",
  "[or|and|but] if (not / they|he|she|it|there|that|this|we [still|really|also] did|do|does|have|has|are|is|was|were|would|'s not / that is|was|'s not [the] [case])",
].map(pattern);

const THOSE = "[but|and] [for|with|to] those|ones|anyone|people|contacts who|that";
const THOSE_LEFT = `${THOSE} [did|do|does|have|has|are|is|were] not [yet]`;

/** Those whom the if has left out; without an if before it ("skip …") these words carry nothing. */
const OTHERS = [
  "[but|and] [for|with|to|in] [all|the|any] everyone|everybody|anyone|anybody else",
  "[but|and] [for|with|in|to] [all|any] [of] [the] others|remaining|rest [of] [contacts|cases|case|rest|them|leads|ones]",
  "in all|any|every other cases|case",
  THOSE_LEFT,
].map(pattern);

const TOLD = new Set([",", ":", "->", "–", "-", "then", "", "if", "?"]);

export interface Otherwise {
  readonly next: number;
  /** Names people, who may be all that are left of a selection. */
  readonly isOthers: boolean;
  /** Where the words end that name those, when they are the clause's subject: "everyone else gets …". */
  readonly subjectEnd?: number;
}

/** "otherwise", "if not", "if they don't", "everyone else": what stands behind goes into the else. */
export function readOtherwise(source: Source, at: number): Otherwise | undefined {
  const isOthers = matchFirst(source, at, ELSE) === undefined;
  const match = matchFirst(source, at, isOthers ? OTHERS : ELSE);
  if (match === undefined) return undefined;
  const token = tokenAt(source, match.next);
  const isSaid = isStart(source, match.next) && !isAuxiliary(source, match.next - 2);
  if (TOLD.has(token.word) || isSaid) return { next: match.next, isOthers };
  const isSubject = isWord(token, "gets", "get", "receives", "receive", "should", "goes");
  if (isOthers && isSubject) return { next: at, isOthers, subjectEnd: match.next };
  return isWord(tokenAt(source, at), "otherwise", "else") || isElseIf(source, at)
    ? { next: match.next, isOthers }
    : undefined;
}

/** "if they didn't open it" is a condition of its own. */
function isAuxiliary(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "do", "does", "did", "would");
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
