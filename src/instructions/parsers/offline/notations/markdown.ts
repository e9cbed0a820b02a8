import { isNounLed } from "../clauses/search-nouns.ts";
import { isStart } from "../links.ts";
import { isWord, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { lineEnd, type Notation, put } from "./edit.ts";
import { readLabel } from "./label-reading.ts";
import { isStarting } from "./writer.ts";

/** "**Trigger:** …", "## Steps", "---": how a text looks carries nothing; a heading is a label. */
export const dropLooks: Notation = (source) => {
  const { tokens } = source;
  if (!tokens.some(({ kind, text }) => kind === "mark" && LOOKS.has(text))) return tokens;
  const written: Token[] = [];
  let at = 0;
  while (at <= source.end) {
    const end = lineEnd(source, at);
    written.push(...writeLine(tokens, at, end), ...tokens.slice(end, end + 1));
    at = end + 1;
  }
  return written;
};

function writeLine(tokens: readonly Token[], from: number, to: number): readonly Token[] {
  if (isRule(tokens, from, to)) return [];
  if (isSlashed(tokens, from)) return writeLine(withStop(tokens, from + 1), from, to);
  const step = wrappedStep(tokens, from, to);
  if (step !== undefined) return step;
  const begun = markerEnd(tokens, from);
  const label = bracketedEnd(tokens, begun, to);
  if (label !== undefined)
    return [
      ...tokens.slice(from, begun),
      ...tokens.slice(begun + 1, label),
      ...asColon(tokens[label]),
      ...tokens.slice(label + 1, to),
    ];
  const start = headingStart(tokens, from);
  const plain = tokens
    .slice(start, to)
    .filter((_, index) => !isEmphasis(tokens, start + index) && !isRest(tokens, start + index));
  return start === from ? plain : writeHeading(plain, tokens.slice(to));
}

/** "1/ enrich": a number as "1." has it. */
function isSlashed(tokens: readonly Token[], from: number): boolean {
  const [number, slash, first] = tokens.slice(from, from + 3);
  const isMark = slash?.text === "/" && !slash.isApart && first?.isApart === true;
  return number?.kind === "number" && isMark;
}

function withStop(tokens: readonly Token[], at: number): readonly Token[] {
  const slash = tokens[at];
  return slash === undefined
    ? tokens
    : tokens.with(at, { ...slash, word: ".", lemma: ".", text: "." });
}

/** "## Steps" is a label, "# Win-back" the name of the whole; one that could select ("## VPs in Rome") stays where nothing else does. */
function writeHeading(words: readonly Token[], behind: readonly Token[]): readonly Token[] {
  const last = words.at(-1);
  if (last === undefined) return words;
  const colon = isWord(last, ":") ? [] : put(":", { ...last, start: last.end, isApart: false });
  const label = [...words, ...colon];
  const source = { text: "", tokens: label, end: label.length };
  const isClause =
    isStart(source, 0) || isStarting(source, 0) || readLabel(source, 0) !== undefined;
  if (isClause || words.length > LONGEST_HEADING || !words.every(isNamed)) return label;
  return isNounLed(source, 0) && !behind.some(({ word }) => FINDING.has(word)) ? label : [];
}

const LONGEST_HEADING = 8;
const FINDING = wordsOf("find search get pull audience who segment target list");

function isNamed(token: Token): boolean {
  return token.kind === "word" || token.kind === "number" || isWord(token, "-", "–", "&", "/", ":");
}

const LOOKS = new Set(["(", "[", "/", "*", "#", "-", "=", "`", "==", "!="]);

const STEPS = new Set(["node", "step", "action", "stage", "block", "phase"]);

/** "Node 2 (IF form.email exists)": all of the step in parentheses. */
function wrappedStep(
  tokens: readonly Token[],
  from: number,
  to: number,
): readonly Token[] | undefined {
  const [name, number, open] = tokens.slice(from, from + 3);
  const isStep = STEPS.has(name?.word ?? "") && number?.kind === "number" && open?.text === "(";
  return isStep && tokens[to - 1]?.text === ")" ? tokens.slice(from + 3, to - 1) : undefined;
}

/** Behind a bullet or a number. */
function markerEnd(tokens: readonly Token[], from: number): number {
  if (/^[-*•]$/.test(tokens[from]?.text ?? "")) return from + 1;
  return tokens[from]?.kind === "number" && /^[.)]$/.test(tokens[from + 1]?.text ?? "")
    ? from + 2
    : from;
}

const LONGEST_LABEL = 5;

/** "[Wait] 2 days": where the bracket closes; "[x]" only ticks off. */
function bracketedEnd(tokens: readonly Token[], from: number, to: number): number | undefined {
  if (tokens[from]?.text !== "[") return undefined;
  const inside = tokens.slice(from + 1, Math.min(to, from + LONGEST_LABEL));
  const length = inside.findIndex(({ text }) => text === "]");
  const isLabel = inside
    .slice(0, Math.max(0, length))
    .every(({ kind }) => kind === "word" || kind === "number");
  const isTick = length === 1 && inside[0]?.text.length === 1;
  return length > 0 && isLabel && !isTick ? from + 1 + length : undefined;
}

function asColon(token: Token | undefined): readonly Token[] {
  return token === undefined ? [] : put(":", token);
}

/** "---", "```yaml" */
function isRule(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from < 3) return false;
  const isFence = tokens.slice(from, from + 3).every(({ text }) => text === "`");
  return isFence || tokens.slice(from, to).every(({ text }) => /^[-=*–—]$/.test(text));
}

function headingStart(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.text === "#" && (at === from || tokens[at]?.isApart === false)) at += 1;
  return at > from && tokens[at]?.isApart === true ? at : from;
}

/** "**" on either side of what is written bold. */
function isEmphasis(tokens: readonly Token[], at: number): boolean {
  return (
    isStar(tokens[at]) && ((isStar(tokens[at - 1]) && isClose(tokens[at])) || isDouble(tokens, at))
  );
}

function isDouble(tokens: readonly Token[], at: number): boolean {
  return isStar(tokens[at + 1]) && isClose(tokens[at + 1]);
}

function isStar(token: Token | undefined): boolean {
  return token?.kind === "mark" && token.text === "*";
}

function isClose(token: Token | undefined): boolean {
  return token !== undefined && !token.isApart;
}

/** "===" and "!==" are read as two marks. */
function isRest(tokens: readonly Token[], at: number): boolean {
  const { text, isApart } = tokenAt({ text: "", tokens, end: tokens.length }, at);
  return text === "=" && !isApart && /^[=!]=$/.test(tokens[at - 1]?.text ?? "");
}
