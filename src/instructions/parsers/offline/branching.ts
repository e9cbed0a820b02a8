import {
  branchEnd,
  isElseIf,
  readAffirmation,
  readBranch,
  readEitherWay,
  readOtherwise,
} from "./branches.ts";
import { doClause } from "./doing.ts";
import { isLink, isStart } from "./links.ts";
import { fault, spanOf } from "./reading.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { waitFor } from "./times.ts";
import { addWait, nextBoundary, refuseRest, type Walk } from "./walk.ts";

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
  const isOpen = reading.builder.openElse();
  if (!isOpen && !read.isOthers) {
    fault(
      reading,
      walk.at,
      read.next,
      "There is no condition before it that this could be the other side of",
      "Begin with: If …",
    );
  }
  walk.isArrowScope = tokenAt(source, read.next).word === "->";
  if (isElseIf(source, walk.at)) return passBranch(walk);
  if (read.next > walk.at) walk.at = read.next;
  else doClause(walk);
  return true;
}

/** "… check if they replied; if they did, …": the if that still waits goes on. */
export function passAffirmation(walk: Walk): boolean {
  if (!walk.reading.builder.isWaiting()) return false;
  const next = readAffirmation(walk.source, walk.at);
  if (next === undefined) return false;
  walk.at = next;
  return true;
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
  const end = nextBoundary(source, branchEnd(source, at) - 1);
  const read = readBranch(within(source, end), at, reading.subject, reading.compared);
  if (read === undefined) return false;
  refuseBranch(walk, read.next);
  const { condition, wait, until } = read.value;
  if (wait !== undefined) addWait(walk, wait, at, read.next);
  if (until !== undefined) waitFor(walk, { point: until }, at, read.next);
  reading.builder.openIf(condition, spanOf(reading, at, read.next));
  reading.compared = "field" in condition ? condition.field : reading.compared;
  reading.isFirstClause = false;
  walk.isArrowScope = isWord(tokenAt(source, read.next), "->");
  walk.isAsked ||= isWord(tokenAt(source, read.next), "?");
  if (!isTold(source, read.next)) refuseRest(walk, at, read.next);
  walk.at = walk.isArrowScope ? read.next + 1 : read.next;
  return true;
}

/** What opens a text is an event or nothing, and conditions nest to a bound. */
function refuseBranch({ reading, source, at }: Walk, next: number): void {
  if (reading.isFirstClause && isWord(tokenAt(source, at), "when", "whenever", "once")) {
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
  return at >= source.end || isLink(token) || isWord(token, ":", "?", "(") || isStart(source, at);
}
