import { readCondition } from "./conditions/expression.ts";
import { isStart } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";

/** The sides of an if that was asked before: what holds, what does not, and what is done either way. */

const ELSE_IF = pattern("elif|elsif|elseif");

export function isElseIf(source: Source, at: number): boolean {
  return matchAt(source, at, ELSE_IF) !== undefined;
}

const SOMEBODY =
  "it|they|he|she|there|that|this|we|something|anything|somebody|someone|anybody|anyone|any";
const SO = [
  "yes|true branch|path|side|arm",
  "yes|true branch|path|side|arm",
  "[and|but|then] if|when|where so|yes|true|found",
  `[and|but|then] if|when|where ${SOMEBODY} [do|does|did|have|has|are|is|were|was|would|will|'s|'ve] [so|one|some|any] [one]`,
  "[if] yes|true|then|y [they|it|there|we] [do|does|did|have|has|are|is|were|was|would|will]",
  "[and|but] if|when|where the answer is yes",
  "yup|yep|yeah|sure|affirmative",
].map(pattern);
const AUXILIARIES = wordsOf(
  "do does did have has are is were was would will so yes true then y 's one found yup yep yeah sure affirmative branch path side arm",
);
const MARKED = [",", "->", ":", "then", "?", "–", "-"];

/** "if they did", "if so", "yes:": what was just asked holds. Without an "if" a mark must tell it. */
export function readAffirmation(source: Source, at: number): number | undefined {
  const match = matchFirst(source, at, SO);
  if (match === undefined || !AUXILIARIES.has(tokenAt(source, match.next - 1).word))
    return undefined;
  const isMarked = isWord(tokenAt(source, match.next), ...MARKED);
  const isIf = isWord(tokenAt(source, at), "if") || isWord(tokenAt(source, at + 1), "if");
  if (isMarked) return match.next + 1;
  const isOther = isWord(tokenAt(source, match.next), "no", "not", "still", "never", "nothing");
  const isFollowed = match.next >= source.end || (!isOther && isStart(source, match.next));
  return isIf && isFollowed ? match.next : undefined;
}

const ELSE = [
  "elif|elsif|elseif",
  "[if] no|false|n :|->|–",
  "if no|false ,",
  "no|false branch|path|side|arm [:|->|–]",
  "[if] nope|nah|negative [:|->|–|,]",
  "if|when|where the answer is no",
  "[or|and|but] if|when|where [it|they|he|she|the] [contact|company|deal] [is|'s|are|did|do|has|have] neither|none [of] [these|those|them|the] [above|conditions|things|apply|applies|is|are] [true|applies|apply|match|hold|of] [them]",
  "[or|and|but] if|when none|neither [of] [these|those|them|that|the] [above|conditions] [is|are|applies|apply|match|matches|holds|hold|happens|happen|happened] [true]",
  "otherwise|else|elsewise|alternatively",
  "or else",
  "failing that",
  "[or|and|but] if|when|where they|it|he|she|we [still] do|does|did not have|get|find|see one|it|any|them",
  "[or|and|but] if|when|where (not / they|he|she|it|there|that|this|we [still|really|also] did|do|does|have|has|are|is|was|were|would|'s not [one|any] / that is|was|'s not [the] [case])",
].map(pattern);

const THOSE =
  "[but|and] [for|with|to] (those|ones|anyone|people|contacts who|that / whoever|whomever)";
const THOSE_LEFT = `${THOSE} [did|do|does|have|has|are|is|were] not [yet]`;

/** Those whom the if has left out; without an if before it ("skip …") these words carry nothing. */
const OTHERS = [
  "[but|and] [for|with|to|in] [all|the|any] everyone|everybody|anyone|anybody else",
  "[but|and] [for|with|in|to] [all|any] [of] [the] others|remaining|rest [of] [persons|people|folks|prospects|customers|companies|accounts|deals|contacts|cases|case|rest|them|leads|ones]",
  "[but|and] [for|with|to] [all] [of] [the] other|remaining|leftover persons|people|prospects|customers|companies|accounts|deals|contacts|leads|ones|clients",
  "in all|any|every|the other cases|case",
  THOSE_LEFT,
].map(pattern);

const TOLD = new Set([")", "and", "but", ",", ":", "->", "–", "-", "then", "", "if", "?"]);

export interface Otherwise {
  readonly next: number;
  /** Names people, who may be all that are left of a selection. */
  readonly isOthers: boolean;
  /** Where the words end that name those, when they are the clause's subject: "everyone else gets …". */
  readonly subjectEnd?: number;
  /** What they get is told by its name alone: "the rest 'B'". */
  readonly isNamed?: boolean;
  /** Says once more what they have not done. */
  readonly isAgain?: boolean;
}

/** "otherwise", "if not", "if they don't", "everyone else": what stands behind goes into the else. */
export function readOtherwise(source: Source, at: number): Otherwise | undefined {
  const other = matchFirst(source, at, ELSE)?.next;
  if (other === undefined) return readOthers(source, at);
  const isBare = isWord(tokenAt(source, at), "otherwise", "else") || isElseIf(source, at);
  if (!isBare && !isToldBehind(source, other)) return undefined;
  return { next: other, isOthers: false, isAgain: isStillNot(source, at, other) };
}

const STILL_NOT = pattern("[or|and|but] if|when they|he|she|we [still|really|also]");

/** "if they still haven't", "if they don't" */
function isStillNot(source: Source, at: number, to: number): boolean {
  const isNot =
    isWord(tokenAt(source, to - 1), "not", "yet") || isWord(tokenAt(source, to - 2), "not");
  return isNot && matchAt(source, at, STILL_NOT) !== undefined;
}

function readOthers(source: Source, at: number): Otherwise | undefined {
  const next = matchFirst(source, at, OTHERS)?.next;
  if (next === undefined) return undefined;
  const token = tokenAt(source, next);
  const isOthers = true;
  if (isWord(token, "gets", "get", "receives", "receive", "should", "goes"))
    return { next: at, isOthers, subjectEnd: next };
  if (isToldBehind(source, next)) return { next, isOthers };
  return token.kind === "quoted" ? { next, isOthers, isNamed: true } : undefined;
}

function isToldBehind(source: Source, at: number): boolean {
  const isSaid = isStart(source, at) && !isAuxiliary(source, at - 2);
  return TOLD.has(tokenAt(source, at).word) || isSaid;
}

/** "if they didn't open it" is a condition of its own. */
function isAuxiliary(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "do", "does", "did", "would");
}

const EITHER_WAY = [
  "[in] either way|case",
  "regardless [of|what|either]",
  "in any|both|all|every|each case|cases",
  "whatever happens",
  "no matter what",
  "whether or not",
].map(pattern);

/** What holds for both branches stands behind the if. */
export function readEitherWay(source: Source, at: number): number | undefined {
  return readWhether(source, at) ?? matchFirst(source, at, EITHER_WAY)?.next;
}

const WHETHER = pattern("(whether / no matter whether|if / regardless of whether|if) [or not]");
const OR_NOT = pattern("[,] or not");

/** "Whether they replied or not": asked, and all the same. */
function readWhether(source: Source, at: number): number | undefined {
  const asked = matchAt(source, at, WHETHER)?.next;
  const next = asked === undefined ? undefined : readAsked(source, asked, asked === at + 1);
  if (next === undefined || next >= source.end) return next;
  return isWord(tokenAt(source, next), ",") || isStart(source, next) ? next : undefined;
}

/** A plain "whether" needs its "or not" behind the condition. */
function readAsked(source: Source, at: number, isPlain: boolean): number | undefined {
  const said = readCondition(source, at, { subject: "contact" });
  if (said === undefined) return undefined;
  return matchAt(source, said.next, OR_NOT)?.next ?? (isPlain ? undefined : said.next);
}
