import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isNameAt } from "./names.ts";

const LONGEST_STAMP = 12;
const LONGEST_NAME = 3;

/** "[09:14] Kim: …", "Kim [9:14 AM]: …", "12/05/2026, 09:14 - Kim: …": who wrote a line of a chat, and when. The lines without that. */
export function dropStamps(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === "time")) return tokens;
  const source: Source = { text: "", tokens, end: tokens.length };
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const isFirst = at === 0 || tokenAt(source, at - 1).text === "\n";
    at = isFirst ? stampEnd(source, at) : at;
    kept.push(...tokens.slice(at, at + 1));
    at += 1;
  }
  return kept;
}

function stampEnd(source: Source, at: number): number {
  const named = nameEnd(source, at);
  const stamped = timeEnd(source, named);
  const end = named > at ? stamped : nameEnd(source, stamped);
  const isBoth = stamped > named && (named > at || end > stamped);
  return isBoth && isWord(tokenAt(source, end), ":") ? end + 1 : at;
}

function nameEnd(source: Source, at: number): number {
  if (!isNameAt(source, at)) return at;
  let next = at + 1;
  while (next < at + LONGEST_NAME && tokenAt(source, next).isCapital) next += 1;
  return next;
}

/** Behind a time in brackets, or a date and a time before a dash. */
function timeEnd(source: Source, at: number): number {
  const isBracketed = isWord(tokenAt(source, at), "[");
  if (!isBracketed && tokenAt(source, at).kind !== "number") return at;
  let hasTime = false;
  for (let next = isBracketed ? at + 1 : at; next < at + LONGEST_STAMP; next++) {
    const token = tokenAt(source, next);
    hasTime ||= token.kind === "time";
    if (isWord(token, ...(isBracketed ? ["]"] : ["-", "–"]))) return hasTime ? next + 1 : at;
    if (!isOfStamp(token)) return at;
  }
  return at;
}

function isOfStamp(token: Token): boolean {
  return token.kind === "number" || token.kind === "time" || isWord(token, ...BETWEEN);
}

const BETWEEN = [",", "/", ".", ":", "am", "pm"];
