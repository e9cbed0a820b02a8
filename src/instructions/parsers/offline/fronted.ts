import { readWhom } from "./clauses/whom.ts";
import { skipCourtesy } from "./courtesy.ts";
import { matchAt, pattern } from "./pattern.ts";
import { addSteps } from "./reading.ts";
import { isWord, type Source, tokenAt, within } from "./source.ts";
import type { Walk } from "./walk.ts";

const LEFT_OUT = pattern(
  "(+skip|+exclude|+ignore|+omit|+disregard / leave [them] out / leave [them] alone) [them|him|her|those|these|all|it]",
);
const MARKS = [",", "–", "-"];
const ENDS = ["", ".", "!", ";", "\n", ")"];
const LONGEST = 24;

/** "Anyone tagged VIP, please skip.": who is left out is named first, and searched for by nobody. */
export function passFronted(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const mark = markBehind(source, at);
  const end = mark === undefined ? undefined : leftOutEnd(source, mark + 1);
  if (mark === undefined || end === undefined) return false;
  const whom = readWhom(within(source, mark), at, { subject: reading.subject, isLoose: true });
  if (whom === undefined || whom.next < mark) return false;
  addSteps(reading, [{ type: "skip", params: whom.value }], at, end);
  reading.isFirstClause = false;
  reading.lastType = "skip";
  walk.at = end;
  return true;
}

/** Where the mark stands behind which they are left out. */
function markBehind(source: Source, from: number): number | undefined {
  for (let at = from + 1; at < Math.min(source.end, from + LONGEST); at++)
    if (isWord(tokenAt(source, at), ...MARKS) && leftOutEnd(source, at + 1) !== undefined)
      return at;
  return undefined;
}

/** Behind "please skip", where nobody else is named whom it could be about. */
function leftOutEnd(source: Source, at: number): number | undefined {
  const next = matchAt(source, skipCourtesy(source, at), LEFT_OUT)?.next;
  return next !== undefined && isWord(tokenAt(source, next), ...ENDS) ? next : undefined;
}
