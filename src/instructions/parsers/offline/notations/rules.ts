import { isNounLed } from "../clauses/search-nouns.ts";
import { readCondition } from "../conditions/expression.ts";
import { readOperator } from "../conditions/quantities.ts";
import { isStart } from "../links.ts";
import { isWord, type Source, tokenAt, within } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, type Notation, putBefore } from "./edit.ts";

/** "form.size over 200 → hand off …", "lead score > 60 → …": a field, compared, and an arrow to what is done then. */
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
  if (kind !== "word") return false;
  let arrow = at;
  while (!isLineEnd(source, arrow) && !isWord(tokenAt(source, arrow), "->", ";")) arrow += 1;
  if (!isWord(tokenAt(source, arrow), "->")) return false;
  const compared = within(source, arrow);
  if (!ROOT.test(word) && !isMeasured(compared, at)) return false;
  return readCondition(compared, at, { subject: "contact" })?.next === arrow;
}

const LONGEST_FIELD = 3;
const ORDERING: ReadonlySet<string> = new Set([">", "<", ">=", "<="]);

/** "lead score > 60": no act can be compared, while "status = Active" may be set. */
function isMeasured(source: Source, at: number): boolean {
  if (isStart(source, at) || isNounLed(source, at)) return false;
  for (let next = at + 1; next <= at + LONGEST_FIELD; next++) {
    if (ORDERING.has(readOperator(source, next)?.value ?? "")) return true;
    if (tokenAt(source, next).kind !== "word") return false;
  }
  return false;
}

/** Behind the beginning of a line, the end of a sentence or an arrow. */
function opensBehind(source: Source, at: number, isOpen: boolean): boolean {
  const token = tokenAt(source, at);
  if (token.text === "\n" || isWord(token, ";", "->")) return true;
  if (isWord(token, ".")) return isOpen || tokenAt(source, at + 1).isApart;
  return isOpen && (token.kind === "number" || isWord(token, "-", "•", "*", ")"));
}
