import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { readBareEvent } from "../triggers/bare-events.ts";
import { isLineEnd, type Notation, put } from "./edit.ts";

/**
 * "Given a contact is created / When the title contains VP / Then send 'A' / And tag them": the event of the givens starts the whole, what
 * else is given is asked, and what is done then goes on to the end.
 */
export const writeGiven: Notation = (source) => {
  const { tokens } = source;
  if (!tokens.some((token) => isWord(token, "given"))) return tokens;
  const parts = partsOf(source);
  const given = parts.filter(({ kind }) => kind === "given");
  const done = parts.filter(({ kind }) => kind === "then");
  const event =
    given.find((part) => isWhen(source, part) && isEvent(source, part)) ??
    given.find((part) => isEvent(source, part));
  if (done.length === 0 || event === undefined) return tokens;
  const [first] = parts;
  const conditions = given.filter((part) => part !== event);
  return [
    ...withoutName(source, first?.at ?? 0),
    ...say(source, "when", event),
    ...conditions.flatMap((part, index) => say(source, index === 0 ? ", if" : "and", part)),
    ...done.flatMap((part) => say(source, ",", part)),
    ...tokens.slice(parts.at(-1)?.to),
  ];
};

const NAMES = ["scenario", "feature", "example", "rule"];

/** "Scenario: new lead" names the whole. */
function withoutName({ tokens }: Source, to: number): readonly Token[] {
  const before = tokens.slice(0, to);
  const [name, colon] = before;
  const isName =
    name !== undefined && colon !== undefined && isWord(name, ...NAMES) && isWord(colon, ":");
  const isPlain = before.slice(2).every(({ kind, text }) => kind === "word" || text === "\n");
  return isName && isPlain ? [] : before;
}

function isWhen(source: Source, { at }: Part): boolean {
  return isWord(tokenAt(source, at), "when");
}

interface Part {
  readonly kind: "given" | "then";
  /** Where its first word stands, and what it says. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const OPENINGS = wordsOf("given when and but then");

/** From "Given" on: each begins a line or stands behind a comma. */
function partsOf(source: Source): readonly Part[] {
  const starts: number[] = [];
  for (let at = 0; at < source.end; at++) {
    const isFirst = starts.length === 0;
    const isOpening = isFirst
      ? isWord(tokenAt(source, at), "given")
      : OPENINGS.has(tokenAt(source, at).word);
    if (isOpening && isBehindMark(source, at, isFirst)) starts.push(at);
  }
  let kind: Part["kind"] = "given";
  return starts.map((at, index) => {
    if (isWord(tokenAt(source, at), "then")) kind = "then";
    return { kind, at, from: at + 1, to: endBefore(source, starts[index + 1] ?? source.end) };
  });
}

function isBehindMark(source: Source, at: number, isFirst: boolean): boolean {
  if (at === 0 || source.tokens[at - 1]?.text === "\n") return true;
  return isWord(tokenAt(source, at - 1), ...(isFirst ? [".", ":", "-"] : [",", ".", "-"]));
}

/** Without the marks and bullets that part it from the next. */
function endBefore(source: Source, next: number): number {
  let to = next;
  while (
    to > 0 &&
    (isLineEnd(source, to - 1) || isWord(tokenAt(source, to - 1), ",", ".", "-", ";"))
  )
    to -= 1;
  return to;
}

function isEvent(source: Source, { from, to }: Part): boolean {
  return readBareEvent(within(source, to), from, true)?.next === to;
}

function say({ tokens }: Source, words: string, { at, from, to }: Part): readonly Token[] {
  const place = tokens[at];
  return place === undefined ? [] : [...put(words, place), ...tokens.slice(from, to)];
}
