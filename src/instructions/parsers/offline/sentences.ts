import { isAnswer } from "./answers.ts";
import { isBareStart, isStart } from "./links.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";

/** A part of a line that ends a condition's scope with it, and the mark it ended with. */
export interface Sentence {
  readonly from: number;
  readonly to: number;
  readonly mark: string;
}

const ENDS = new Set([".", "!", "?", ";", "…"]);

export function readSentences(source: Source, from: number, to: number): readonly Sentence[] {
  const line: Source = { ...source, end: to };
  const sentences: Sentence[] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    const { word } = tokenAt(line, at);
    const mark = endLength(line, at, start);
    if (mark > 0) {
      if (at > start) sentences.push({ from: start, to: at, mark: word });
      start = at + mark;
      at += mark - 1;
    } else if (at > start && (isNewSentence(line, at, start) || isListed(line, at))) {
      sentences.push({ from: start, to: at, mark: "." });
      start = at;
    }
  }
  if (start < to) sentences.push({ from: start, to, mark: "" });
  return sentences;
}

function endLength(source: Source, at: number, start: number): number {
  return isEnd(source, at, start) ? 1 : slashLength(source, at);
}

/** "send 'A' | wait 3d // send 'B'": bars and slashes with a clause behind them part sentences. */
function slashLength(source: Source, at: number): number {
  const token = tokenAt(source, at);
  if (!token.isApart || !isWord(token, "|", "/")) return 0;
  const length = isWord(tokenAt(source, at + 1), token.word) ? 2 : 1;
  const isClause =
    length === 2 || isStart(source, at + 1) || token.word === "|" || isAnswer(source, at + 1);
  return tokenAt(source, at + length).isApart && isClause ? length : 0;
}

const ABBREVIATIONS = wordsOf("inc ltd vs e.g i.e approx co dr mr ms mrs");

function isEnd(source: Source, at: number, start: number): boolean {
  const token = tokenAt(source, at);
  if (token.kind !== "mark" || !ENDS.has(token.word)) return false;
  return token.word !== "." || isFullStop(source, at, start);
}

function isFullStop(source: Source, at: number, start: number): boolean {
  const before = tokenAt(source, at - 1);
  const after = tokenAt(source, at + 1);
  if (after.word === "") return true;
  const isNumbering =
    before.kind === "number" && (at - 1 === start || isWord(tokenAt(source, at - 2), ":"));
  if (isNumbering || ABBREVIATIONS.has(before.word)) return false;
  return after.isApart || after.kind === "quoted" || (after.isCapital && before.kind !== "mark");
}

/** "(1) …, (2) …": what is listed in parentheses. */
function isListed(source: Source, at: number): boolean {
  return (
    isWord(tokenAt(source, at), "(") &&
    tokenAt(source, at + 1).kind === "number" &&
    isWord(tokenAt(source, at + 2), ")") &&
    (isStart(source, at + 3) || isNext(source, at))
  );
}

/** "… (2) …" behind "(1) …", whatever stands there. */
function isNext(source: Source, at: number): boolean {
  const number = tokenAt(source, at + 1).value;
  for (let before = at - 1; before > 0; before--) {
    if (!isWord(tokenAt(source, before), "(") || tokenAt(source, before + 1).kind !== "number")
      continue;
    return tokenAt(source, before + 1).value === number - 1;
  }
  return isWord(tokenAt(source, 0), "(") && tokenAt(source, 1).value === number - 1;
}

/** A quoted sentence that ended with its own mark, or the next number of a list within the line. */
function isNewSentence(source: Source, at: number, start: number): boolean {
  const token = tokenAt(source, at);
  const before = tokenAt(source, at - 1);
  if (before.kind === "quoted" && /[.!?]$/.test(before.text) && token.isCapital)
    return isBehindQuotes(source, at);
  const isNumber =
    token.kind === "number" &&
    isWord(tokenAt(source, at + 1), ".", ")") &&
    tokenAt(source, at + 2).isApart;
  if (!isNumber || COUNTING.has(before.word)) return false;
  return token.value === numberBefore(source, start) + 1 && isBareStart(source, at + 2);
}

function isBehindQuotes(source: Source, at: number): boolean {
  const isSentence = tokenAt(source, at - 1).text.includes(" ");
  return isSentence || isStart(source, at) || THANKING.has(tokenAt(source, at).word);
}

/** With these a quoted word is followed by one to whoever reads the text. */
const THANKING = wordsOf(
  "thanks thank thx cheers regards kind best many merci gracias danke sorry hope",
);

/** Behind these a number counts something: "limit 2. Tag them …". */
const COUNTING = wordsOf(
  "limit max maximum top in after over under day week step least most than to of = > < : above below",
);

/** The number that the sentence itself was listed under, whether or not it was taken for the line's marker. */
function numberBefore(source: Source, start: number): number {
  const own = tokenAt(source, start);
  if (own.kind === "number") return own.value;
  return COUNTING.has(tokenAt(source, start - 3).word)
    ? Number.NaN
    : tokenAt(source, start - 2).value;
}
