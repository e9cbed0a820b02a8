import { matchAt, type Pattern, possibleAt } from "../pattern.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import { isLineEnd } from "./edit.ts";
import { type Label, LABELS, type Meaning } from "./label-table.ts";

/** A label where it stands, up to what it speaks of. */
export interface LabelRead {
  readonly meaning: Meaning;
  /** Behind its mark. */
  readonly next: number;
  /** What its parentheses hold: "Branch A (if replied): …". */
  readonly inside?: { readonly from: number; readonly to: number };
  readonly isNumbered: boolean;
  readonly mark: string;
}

export function readLabel(source: Source, at: number): LabelRead | undefined {
  if (tokenAt(source, at).kind !== "word") return undefined;
  let best: LabelRead | undefined;
  for (const label of possibleAt(source, at, LABELS, formOf)) {
    const read = readForm(source, at, label);
    if (read !== undefined && read.next > (best?.next ?? at)) best = read;
  }
  return best;
}

const formOf = ({ form }: Label): readonly Pattern[] => [form];

function readForm(source: Source, at: number, label: Label): LabelRead | undefined {
  const words = matchAt(source, at, label.form)?.next;
  if (words === undefined) return undefined;
  const number = skipNumber(source, words);
  if (label.isNumbered && number === words) return undefined;
  const inside = readInside(source, number);
  const mark = inside === undefined ? number : inside.to + 1;
  if (!isMark(source, mark, number > words, label.meaning)) return undefined;
  const read = {
    meaning: label.meaning,
    next: mark + 1,
    isNumbered: number > words,
    mark: tokenAt(source, mark).word,
  };
  return inside === undefined ? read : { ...read, inside };
}

/** "2", "#2", "A". */
function skipNumber(source: Source, at: number): number {
  const start = isWord(tokenAt(source, at), "#") ? at + 1 : at;
  const { kind, text } = tokenAt(source, start);
  const isLetter = kind === "word" && /^[A-Za-z]$/.test(text);
  return kind === "number" || isLetter || NUMBERS.has(tokenAt(source, start).word) ? start + 1 : at;
}

const NUMBERS = new Set(["one", "two", "three", "four", "five", "six"]);

function readInside(source: Source, at: number): LabelRead["inside"] {
  if (!isWord(tokenAt(source, at), "(")) return undefined;
  for (let next = at + 1; !isLineEnd(source, next); next++)
    if (isWord(tokenAt(source, next), ")")) return { from: at + 1, to: next };
  return undefined;
}

/** With an arrow or an equals sign these are still labels. */
const ARROWED: ReadonlySet<Meaning> = new Set([
  "structure",
  "trigger",
  "filter",
  "exclusion",
  "limit",
  "wait",
  "set",
  "yes",
  "no",
]);

/** With a dash these are still labels: "Email – 'A'". */
const DASHED: ReadonlySet<Meaning> = new Set([
  "trigger",
  "email",
  "wait",
  "enrich",
  "notify",
  "task",
  "exclusion",
  "condition",
  "set",
]);

/** A colon, or another mark behind a number or a label that cannot be anything else. */
function isMark(source: Source, at: number, isNumbered: boolean, meaning: Meaning): boolean {
  const token = tokenAt(source, at);
  if (isWord(token, ":")) return true;
  if (!token.isApart) return false;
  const isDash = isWord(token, "–", "-");
  if (isDash) return isNumbered || DASHED.has(meaning);
  return isWord(token, "=", "->") && (isNumbered || ARROWED.has(meaning));
}
