import { branchEnd, readBranch } from "./branches.ts";
import { isLink, isStart } from "./links.ts";
import { matchAt, pattern } from "./pattern.ts";
import { spanOf } from "./reading.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { nextBoundary, type Walk } from "./walk.ts";

const ONLY = pattern("[,] [but] only");
const TRAILING = ["if", "unless", "provided", "once", "when"];

/** "send X if they replied": the condition behind the clause holds for it alone, and so does a wait in it. */
export function wrapTrailing(walk: Walk, from: number, count: number): void {
  const { reading, source, at } = walk;
  const opening = matchAt(source, at, ONLY)?.next ?? at;
  if (!isWord(tokenAt(source, opening), ...TRAILING)) return;
  const end = nextBoundary(source, branchEnd(source, opening) - 1);
  const branch = readBranch(within(source, end), opening, reading.subject, reading.compared);
  if (branch === undefined || !isClosed(source, branch.next)) return;
  const { condition, wait } = branch.value;
  const before = wait === undefined ? [] : [{ type: "wait" as const, params: { duration: wait } }];
  reading.builder.wrapLast(count, condition, spanOf(reading, from, branch.next), before);
  reading.compared = "field" in condition ? condition.field : reading.compared;
  walk.at = branch.next;
}

/** Behind a condition that followed its clause stands the end, or a link that is no "then" of its own. */
function isClosed(source: Source, at: number): boolean {
  if (at >= source.end || isWord(tokenAt(source, at), "->", ".")) return true;
  return isLink(tokenAt(source, at)) && !isStart(source, at);
}
