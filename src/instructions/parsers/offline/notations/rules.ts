import { readCondition } from "../conditions/expression.ts";
import { isWord, type Source, tokenAt, within } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, type Notation, putBefore } from "./edit.ts";

/** "form.size over 200 → hand off …": a field of somebody in particular, compared, and an arrow to what is done then. */
export const writeRules: Notation = (source) => {
  if (!source.tokens.some((token) => isWord(token, "->"))) return source.tokens;
  const written: Token[] = [];
  let isOpen = true;
  for (let at = 0; at < source.end; at++) {
    const token = tokenAt(source, at);
    if (isOpen && isRule(source, at)) written.push(...putBefore("if", token));
    written.push(token);
    isOpen = opensBehind(source, at, isOpen);
  }
  return written;
};

const ROOT = /^(?:contact|company|deal|form)\.\p{L}/u;

function isRule(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  if (kind !== "word" || !ROOT.test(word)) return false;
  let arrow = at;
  while (!isLineEnd(source, arrow) && !isWord(tokenAt(source, arrow), "->", ";")) arrow += 1;
  if (!isWord(tokenAt(source, arrow), "->")) return false;
  return readCondition(within(source, arrow), at, { subject: "contact" })?.next === arrow;
}

/** Behind the beginning of a line, or the end of a sentence. */
function opensBehind(source: Source, at: number, isOpen: boolean): boolean {
  const token = tokenAt(source, at);
  if (token.text === "\n" || isWord(token, ";")) return true;
  if (isWord(token, ".")) return isOpen || tokenAt(source, at + 1).isApart;
  return isOpen && (token.kind === "number" || isWord(token, "-", "•", "*", ")"));
}
