import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";

const WAITING = pattern("+wait|+pause|+hold [off] [for] [another] <duration>");
const ENDS = [".", "!", "?", ";", ":", "\n"];

/**
 * A dash belongs to a task's title ("task: Strike while hot - call Ann"), unless the same dash parted the clauses before, or a
 * wait stands behind it.
 */
export function isDashOfTitle(source: Source, from: number, dash: number, next: number): boolean {
  const { text } = tokenAt(source, dash);
  if (!isWord(tokenAt(source, dash), "-", "–")) return false;
  return !hasBefore(source, from, text) && matchAt(source, next, WAITING) === undefined;
}

function hasBefore(source: Source, from: number, dash: string): boolean {
  for (let at = from - 1; at >= 0; at--) {
    const token = tokenAt(source, at);
    if (isWord(token, ...ENDS)) return false;
    if (token.kind === "mark" && token.isApart && token.text === dash) return true;
  }
  return false;
}
