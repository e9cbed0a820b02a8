import type { Condition } from "#domain/plan.ts";

import { type Branch, branchEnd, readBranch } from "./branches.ts";
import type { Builder } from "./builder.ts";
import { readAfter } from "./clauses/wait.ts";
import { compare, negate } from "./conditions/scope.ts";
import { doClause } from "./doing.ts";
import { isLink, isStart } from "./links.ts";
import { matchAt, pattern } from "./pattern.ts";
import type { Kind } from "./readers/fields.ts";
import { fault, type Reading, spanOf } from "./reading.ts";
import {
  isElseIf,
  type Otherwise,
  readAffirmation,
  readEitherWay,
  readOtherwise,
} from "./sides.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "./source.ts";
import { waitFor } from "./times.ts";
import type { Token } from "./tokens.ts";
import { addWait, nextBoundary, refuseRest, type Walk } from "./walk.ts";
import { wordTable } from "./word-table.ts";

const DEEPEST = 20;

export function passEitherWay(walk: Walk): boolean {
  const next = readEitherWay(walk.source, walk.at);
  if (next === undefined) return false;
  walk.reading.builder.closeTo(walk.base);
  walk.at = next;
  return true;
}

export function passOtherwise(walk: Walk): boolean {
  if (passColon(walk)) return true;
  const { reading, source } = walk;
  const read = readOtherwise(source, walk.at);
  if (read === undefined) return false;
  if (read.isAgain === true && askAgain(walk, read.next)) return true;
  const isOpen = reading.builder.openElse() || openAwaited(walk, read.next);
  if (!isOpen && !(read.isOthers && hasLeftOut(walk))) {
    fault(reading, walk.at, read.subjectEnd ?? read.next, ...NO_OTHER_SIDE);
  }
  walk.isArrowScope = holdsArrows(source, walk.at, read.next);
  return doOtherwise(walk, read);
}

/** "If they don't reply, A. If they still haven't after 4 days, B": the same is asked once more. */
function askAgain(walk: Walk, next: number): boolean {
  const { reading, source, at } = walk;
  const { builder } = reading;
  const last = builder.last();
  if (last?.type !== "if" || last.else !== undefined || !isAbsence(last.params)) return false;
  const after = readAfter(source, next);
  if (after !== undefined) addWait(walk, after.value, at, after.next);
  builder.openIf(last.params, spanOf(reading, at, after?.next ?? next));
  walk.at = after?.next ?? next;
  return true;
}

function doOtherwise(walk: Walk, read: Otherwise): boolean {
  const { reading, source } = walk;
  if (isElseIf(source, walk.at)) return passBranch(walk);
  if (read.subjectEnd !== undefined) return doClause(walk, read.subjectEnd);
  if (read.isNamed === true) return doNamed(walk, read.next);
  reading.passed.push(spanOf(reading, walk.at, read.next));
  walk.at = read.next;
  passFurther(walk);
  return true;
}

const VERBS: Readonly<Record<string, string>> = wordTable({ send_email: "send", add_tag: "tag" });

/** "… get 'A', the rest 'B'": they get what the others got, by another name. */
function doNamed(walk: Walk, next: number): boolean {
  const { reading, source, at } = walk;
  const last = reading.lastType === "if" ? innermost(reading.builder) : reading.lastType;
  const verb = VERBS[last ?? ""];
  if (verb === undefined) return false;
  const place = tokenAt(source, at);
  const made = [verb, "them"].map((word): Token => ({ ...place, kind: "word", word, lemma: word }));
  const tokens = [...source.tokens.slice(0, at), ...made, ...source.tokens.slice(next, source.end)];
  const inner: Walk = { ...walk, source: { ...source, tokens, end: tokens.length } };
  const isDone = doClause(inner);
  walk.at = isDone ? inner.at + next - at - made.length : walk.at;
  return isDone;
}

/** What was done last inside the if that was left for its other side. */
function innermost({ answered }: Builder): string | undefined {
  return answered()?.at(-1)?.type;
}

const BUT = pattern("[,] but|and");

/** "If not, but they opened it, …": what is asked of the others. */
function passFurther(walk: Walk): void {
  const { source, at } = walk;
  const joint = matchAt(source, at, BUT)?.next;
  if (joint === undefined || isStart(source, joint)) return;
  const place = tokenAt(source, joint - 1);
  const asked: Token = { ...place, kind: "word", word: "if", lemma: "if" };
  const inner: Walk = {
    ...walk,
    at: joint - 1,
    source: { ...source, tokens: source.tokens.with(joint - 1, asked) },
  };
  if (passBranch(inner)) walk.at = inner.at;
}

/** An else that opens its sentence holds up to the sentence's end, over arrows too. */
function holdsArrows(source: Source, at: number, next: number): boolean {
  const isOpening = isWord(tokenAt(source, at - 1), ";", ".", "!", "?");
  return isOpening || isWord(tokenAt(source, next), "->");
}

/** "… check if they replied; if they did, …": the if that still waits goes on. */
export function passAffirmation(walk: Walk): boolean {
  const next = readAffirmation(walk.source, walk.at);
  if (next === undefined) return false;
  if (!walk.reading.builder.isWaiting() && !turnRound(walk, next)) return false;
  walk.at = next;
  return true;
}

/**
 * "If nothing came of it, A. If something did, B": the other side of an if that said what is not. Where A ends with a stop, B is an
 * if of its own.
 */
function turnRound({ reading, source, at }: Walk, next: number): boolean {
  const { builder } = reading;
  const last = builder.last();
  const isIf = [at, at + 1].some((word) => isWord(tokenAt(source, word), "if", "when", "where"));
  if (last?.type !== "if") return isIf && isAbsence(builder.asked()) && builder.openElse();
  if (!isIf || !isAbsence(last.params)) return false;
  if (last.then.at(-1)?.type !== "stop") return builder.openElse();
  builder.openIf(negate(last.params), spanOf(reading, at, next));
  return true;
}

function isAbsence(condition: Condition | undefined): boolean {
  if (condition === undefined) return false;
  return "not" in condition || ("field" in condition && condition.value === false);
}

const AWAITED = /\b(?:repl|respon|answer|hear|react)/i;

/** "Give them 3 days to reply. If they don't, …": what the wait was for. */
function openAwaited({ reading, at }: Walk, next: number): boolean {
  const last = reading.builder.last();
  const isAwaited =
    last?.type === "wait" &&
    AWAITED.test(reading.source.text.slice(last.span?.start, last.span?.end));
  if (isAwaited) reading.builder.openIf(NO_REPLY, spanOf(reading, at, next));
  return isAwaited;
}

/** Why there is no other side here, and what to do. */
export const NO_OTHER_SIDE = [
  "There is no condition before it that this could be the other side of",
  "Begin with: If …",
] as const;

/** Whether some have left the selection, so that "everyone else" are those who stayed. */
export function hasLeftOut({ reading }: Walk): boolean {
  return (
    reading.prohibitions.length > 0 || reading.builder.steps().some(({ type }) => type === "skip")
  );
}

/** "found? tag them : stop" */
function passColon(walk: Walk): boolean {
  const token = tokenAt(walk.source, walk.at);
  const isTernary = walk.isAsked && isWord(token, ":") && token.isApart;
  if (!isTernary || walk.reading.builder.isWaiting() || !walk.reading.builder.openElse())
    return false;
  walk.at += 1;
  return true;
}

/** "… and Cold otherwise": the other side of the if before, told behind its clause. */
export function passTrailingElse(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const word = tokenAt(source, source.end - 1);
  const isTrailing = at < source.end - 1 && isWord(word, "otherwise", "else");
  if (!isTrailing || nextBoundary(source, at) < source.end || !reading.builder.openElse())
    return false;
  const inner: Walk = { ...walk, source: within(source, source.end - 1), isTimed: true };
  doClause(inner);
  walk.at = inner.at >= inner.source.end ? source.end : inner.at;
  return true;
}

export function passBranch(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const read = readHere(walk);
  if (read === undefined) return false;
  if (isAlternative(walk, read.value)) reading.builder.openElse();
  refuseBranch(walk, read.next);
  const { wait, until } = read.value;
  const condition = meant(walk, read);
  if (wait !== undefined) addWait(walk, wait, at, read.next);
  if (until !== undefined) waitFor(walk, { point: until }, at, read.next);
  reading.builder.openIf(condition, spanOf(reading, at, read.next));
  reading.compared = fieldOf(condition) ?? reading.compared;
  reading.isFirstClause = false;
  walk.isArrowScope = isWord(tokenAt(source, read.next), "->");
  walk.isAsked ||= isWord(tokenAt(source, read.next), "?");
  if (!isTold(source, read.next)) refuseRest(walk, at, read.next);
  walk.at = walk.isArrowScope ? read.next + 1 : read.next;
  return true;
}

/** "If it has over 500 …, if it has 100 to 500 …": the same field again, beside the if and not inside it. */
function isAlternative({ reading, source, at, base }: Walk, { condition, wait }: Branch): boolean {
  const isBeside = isWord(tokenAt(source, at - 1), ",") && !isWord(tokenAt(source, at - 2), "and");
  if (!isBeside || wait !== undefined || reading.builder.depth() <= base) return false;
  const field = fieldOf(condition);
  return field !== undefined && field === reading.compared;
}

function fieldOf(condition: Condition): string | undefined {
  if ("field" in condition) return condition.field;
  const first = "all" in condition ? condition.all[0] : undefined;
  return first !== undefined && "field" in first ? first.field : undefined;
}

/** A condition ends with its clause, but "they open it but don't reply" goes on. */
function readHere(walk: Walk): Read<Branch> | undefined {
  const { reading, source, at } = walk;
  const end = nextBoundary(source, branchEnd(source, at) - 1);
  const ends = isNegation(source, end + 1) ? [nextBoundary(source, end), end] : [end];
  for (const to of ends) {
    const read = readBranch(within(source, to), at, subjectAt(walk), reading.compared);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** Behind "when a deal …" it is the deal. */
function subjectAt({ reading, source, at }: Walk): Kind {
  if (!isWord(tokenAt(source, at + 1), "it", "its")) return reading.subject;
  const [entity] = reading.compared?.split(".") ?? [];
  if (entity === "deal" || entity === "company") return entity;
  return isOfDeal(reading) && !reading.hasSelection ? "deal" : reading.subject;
}

function isOfDeal({ trigger }: Reading): boolean {
  return trigger?.type === "event" && trigger.event.startsWith("deal");
}

function isNegation(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), "do")) return isWord(tokenAt(source, at + 1), "not", "never");
  return isWord(tokenAt(source, at), "did", "does", "have", "has", "never", "not");
}

const SEARCHING = wordsOf(
  "search searches web google online results result hits news find turn show return yield bring search.results empty",
);

/** "still nothing" is no result where something was searched for, and no reply elsewhere. */
function meant({ reading, source, at }: Walk, { value, next }: Read<Branch>): Condition {
  const { condition } = value;
  const isNothing =
    "not" in condition && "field" in condition.not && condition.not.operator === "exists";
  if (!isNothing || condition.not.field !== "search.results" || reading.hasResults === true)
    return condition;
  for (let word = at; word < next; word++) {
    const { lemma, kind } = tokenAt(source, word);
    if (kind === "variable" || SEARCHING.has(lemma)) return condition;
  }
  return NO_REPLY;
}

const NO_REPLY: Condition = compare("contact.replied", "==", false);

/** Of these only an event can be told: "when a deal is over 10k" is none. */
const ANYBODY = wordsOf("a an any each every some someone somebody anyone anybody another one new");

/** What opens a text is an event or nothing, and conditions nest to a bound. */
function refuseBranch({ reading, source, at }: Walk, next: number): void {
  const isWhen = isWord(tokenAt(source, at), "when", "whenever", "once");
  if (reading.isFirstClause && isWhen && ANYBODY.has(tokenAt(source, at + 1).word)) {
    const suggestion = "Begin with an event, such as: When a contact replies";
    fault(reading, at, next, "This is no event that can start an agent", suggestion);
  }
  if (reading.builder.depth() > DEEPEST) {
    const suggestion = "Split the work over several agents";
    fault(reading, at, next, "The conditions are nested too deeply", suggestion);
  }
}

/** Whether what is to be done follows the condition. */
function isTold(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return (
    at >= source.end || isLink(token) || isWord(token, ":", "?", "(", ")") || isStart(source, at)
  );
}
