import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, type Notation } from "./edit.ts";
import { type LabelRead, readLabel } from "./label-reading.ts";
import { WRITERS } from "./label-words.ts";
import type { Behind, Wrote } from "./writer.ts";

/** "Audience: deals …", "Suppression: anyone …", "Step 3 – Branch: …": labels become the words that sentences have for them. */
export const writeLabels: Notation = (source) => {
  if (!source.tokens.some((token) => isWord(token, ":", "=", "–", "-"))) return source.tokens;
  const written: Token[] = [];
  let before: Behind["before"];
  let at = 0;
  let isOpen = true;
  while (at < source.end) {
    const label = isOpen ? readLabel(source, at) : undefined;
    const wrote = label === undefined ? undefined : writeOne(source, at, label, before);
    if (label !== undefined && wrote !== undefined) {
      if (wrote.joins === true) joinBefore(written, tokenAt(source, at));
      written.push(...wrote.tokens);
      at = wrote.next;
      before = label.meaning === "structure" ? before : label.meaning;
      continue;
    }
    written.push(tokenAt(source, at));
    isOpen = opensBehind(source, at, isOpen);
    at += 1;
  }
  return written;
};

function writeOne(
  source: Source,
  at: number,
  label: LabelRead,
  before: Behind["before"],
): Wrote | undefined {
  if (label.inside !== undefined && label.meaning !== "condition") return undefined;
  return WRITERS[label.meaning]({ source, at, label, place: tokenAt(source, at), before });
}

/** Takes away the end of the line or sentence before, so that what follows goes on with it. */
function joinBefore(written: Token[], place: Token): void {
  while (isWord(written.at(-1) ?? place, "\n", ".", ";", ",", "-", "•", "*")) written.pop();
}

const OPENING = ["\n", ";", "->", "|", "/"];

/** Whether a label may stand behind this token: it begins a line, a sentence or a part of one. */
function opensBehind(source: Source, at: number, isOpen: boolean): boolean {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") return isLineEnd(source, at + 1);
  if (isWord(token, ...OPENING)) return true;
  if (isWord(token, ".")) return isOpen || tokenAt(source, at + 1).isApart;
  if (isWord(token, ")")) return isOpen || isNumber(source, at - 1);
  if (token.kind === "mark") return isOpen && !isWord(token, "(");
  return isOpen && isNumber(source, at);
}

/** "2." and "(2)" in front of a label. */
function isNumber(source: Source, at: number): boolean {
  const { kind, text } = tokenAt(source, at);
  const isNumbering = kind === "number" || (kind === "word" && text.length === 1);
  return isNumbering && isWord(tokenAt(source, at + 1), ".", ")");
}
