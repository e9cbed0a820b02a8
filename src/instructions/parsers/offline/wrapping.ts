import type { Span } from "#domain/plan.ts";

import { type Branch, branchEnd, readBranch } from "./branches.ts";
import { isLink, isStart } from "./links.ts";
import { narrowedBy } from "./narrowing.ts";
import { matchAt, pattern } from "./pattern.ts";
import { spanOf } from "./reading.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import { isTrailing } from "./trailing.ts";
import { nextBoundary, type Walk } from "./walk.ts";

const ONLY = pattern("(\\( / [,] [but] only / ,) [but] [only]");
/** "send X if they replied": the condition behind the clause holds for it alone, and so does a wait in it. */
export function wrapTrailing(walk: Walk, from: number, count: number): void {
  const { reading, source, at } = walk;
  const opening = matchAt(source, at, ONLY)?.next ?? at;
  if (!isTrailing(source, opening)) return;
  const end = nextBoundary(source, branchEnd(source, opening) - 1);
  const branch = readBranch(within(source, end), opening, reading.subject, reading.compared);
  const next = branch === undefined ? undefined : trailingEnd(source, at, branch.next);
  if (branch === undefined || next === undefined) return;
  walk.at = next;
  const span = spanOf(reading, from, next);
  if (count === 1 && narrow(walk, branch.value, span)) return;
  wrap(walk, branch.value, count, span);
}

function wrap({ reading }: Walk, { condition, wait }: Branch, count: number, span: Span): void {
  const before = wait === undefined ? [] : [{ type: "wait" as const, params: { duration: wait } }];
  reading.builder.wrapLast(count, condition, span, before);
  reading.compared = "field" in condition ? condition.field : reading.compared;
}

/** What is asked of those who are searched for is searched for. */
function narrow({ reading: { builder } }: Walk, { condition, wait }: Branch, span: Span): boolean {
  const last = builder.last();
  const narrower =
    last === undefined || wait !== undefined ? undefined : narrowedBy(last, condition);
  if (narrower !== undefined) builder.amend({ ...narrower, span });
  return narrower !== undefined;
}

/** Where a condition ends that trails its clause from `at`; one behind a comma alone trails only at the end. */
function trailingEnd(source: Source, at: number, next: number): number | undefined {
  const isLoose = isWord(tokenAt(source, at), ",") && isTrailing(source, at + 1);
  if (isLoose && next < source.end) return undefined;
  const isAside = isWord(tokenAt(source, at), "(");
  if (isAside && !isWord(tokenAt(source, next), ")")) return undefined;
  const end = isAside ? next + 1 : next;
  return isClosed(source, end) ? end : undefined;
}

/** Behind a condition that followed its clause stands the end, or a link that is no "then" of its own. */
function isClosed(source: Source, at: number): boolean {
  if (at >= source.end || isWord(tokenAt(source, at), "->", ".")) return true;
  return isLink(tokenAt(source, at)) && !isStart(source, at);
}
