import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, type Notation } from "./edit.ts";
import { type LabelRead, readLabel } from "./label-reading.ts";
import { WRITERS } from "./label-words.ts";
import { saysItself } from "./own-verbs.ts";
import type { Wrote } from "./writer.ts";

/** "Audience: deals …", "Suppression: anyone …", "Step 3 – Branch: …": labels become the words that sentences have for them. */
export const writeLabels: Notation = (source) => {
  if (!source.tokens.some((token) => isWord(token, ":", "=", "–", "-", "->"))) return source.tokens;
  const written: Token[] = [];
  let before: LabelRead | undefined;
  let at = 0;
  let isOpen = true;
  while (at < source.end) {
    const label = isOpen ? readLabel(source, at) : undefined;
    const wrote = label === undefined ? undefined : writeOne(source, at, label, before);
    if (label !== undefined && label.meaning !== "structure") before = label;
    if (wrote === undefined) {
      written.push(tokenAt(source, at));
      isOpen = opensBehind(source, at, isOpen);
      at += 1;
    } else {
      take(source, at, wrote, written);
      at = wrote.next;
    }
  }
  return written;
};

/** Puts what a label became behind what was written. */
function take(source: Source, at: number, wrote: Wrote, written: Token[]): void {
  if (wrote.joins === true) joinBefore(written, tokenAt(source, at));
  if (wrote.tokens.length === 0 && isLineEnd(source, wrote.next)) dropNumber(written);
  written.push(...wrote.tokens);
}

function writeOne(
  source: Source,
  at: number,
  label: LabelRead,
  last: LabelRead | undefined,
): Wrote | undefined {
  if (label.inside !== undefined && label.meaning !== "condition") return undefined;
  if (isNone(source, label)) return { tokens: [], next: label.next + 1 };
  if (saysItself(source, label)) return { tokens: [], next: label.next };
  const before = last?.meaning;
  return WRITERS[label.meaning]({ source, at, label, place: tokenAt(source, at), before, last });
}

const NONE = ["none", "nothing", "nobody", "n/a", "na"];
const NEVER = [...NONE, "no", "off", "never", "disabled", "false"];
const EMPTY = new Set(["exit", "exclusion", "filter", "limit", "condition", "goal"]);

/** "Exclusions: none" */
function isNone(source: Source, { meaning, next }: LabelRead): boolean {
  const isEnd = isLineEnd(source, next + 1) || isWord(tokenAt(source, next + 1), ".", ";", "|");
  if (meaning === "return") return isEnd && isWord(tokenAt(source, next), ...NEVER);
  return EMPTY.has(meaning) && isEnd && isWord(tokenAt(source, next), ...NONE);
}

/** Takes away the end of the line or sentence before, so that what follows goes on with it. */
function joinBefore(written: Token[], place: Token): void {
  while (isWord(written.at(-1) ?? place, "\n", ".", ";", ",", "-", "•", "*")) written.pop();
}

/** The number of a line that holds a label alone: "3. Branch:". */
function dropNumber(written: Token[]): void {
  const [number, mark] = written.slice(-2);
  const isNumbering = number?.kind === "number" && mark !== undefined && isWord(mark, ".", ")");
  const isLine = written.length === 2 || written.at(-3)?.text === "\n";
  if (isNumbering && isLine) written.splice(-2);
}

const OPENING = ["\n", ";", "->", "|", "/"];

/** Whether a label may stand behind this token: it begins a line, a sentence or a part of one. */
function opensBehind(source: Source, at: number, isOpen: boolean): boolean {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") return isLineEnd(source, at + 1);
  if (isWord(token, ...OPENING) || isPutIn(token)) return true;
  if (isWord(token, "then")) return isOpen;
  if (token.kind === "mark") return opensBehindMark(source, at, isOpen);
  return isOpen && isNumber(source, at);
}

function opensBehindMark(source: Source, at: number, isOpen: boolean): boolean {
  const token = tokenAt(source, at);
  if (isWord(token, ".")) return isOpen || tokenAt(source, at + 1).isApart;
  if (isWord(token, ")")) return isOpen || isNumber(source, at - 1);
  return isOpen && !isWord(token, "(");
}

/** The comma behind a time that was put in front of its step. */
function isPutIn(token: Token): boolean {
  return isWord(token, ",") && token.start === token.end;
}

/** "2." and "(2)" in front of a label. */
function isNumber(source: Source, at: number): boolean {
  const { kind, text } = tokenAt(source, at);
  const isNumbering = kind === "number" || (kind === "word" && text.length === 1);
  return isNumbering && isWord(tokenAt(source, at + 1), ".", ")");
}
