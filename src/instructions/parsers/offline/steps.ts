import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

/** What does a step, named beside its time; what somebody does by hand is a task. */
const CHANNELS = wordsOf("email mail e-mail linkedin task call phone");
const BY_HAND = wordsOf("call phone");
const HOW = wordsOf("automatic automated auto manual manually by an a via");
const LONGEST = 12;

/**
 * "Step 2 (day 3, LinkedIn): connect", "Touch 1 (email, day 1): 'Hi'", "Step 4 (day 9, automatic email - 'Bye')" as "day 3: LinkedIn:
 * connect": the time first, then what does it, then the rest.
 */
export function writeSteps(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const written: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const aside = isWord(tokenAt(source, at), "(") ? readAside(source, at) : undefined;
    if (aside === undefined) written.push(tokenAt(source, at));
    else written.push(...aside.tokens);
    at = aside?.next ?? at + 1;
  }
  return written;
}

interface Aside {
  readonly tokens: readonly Token[];
  readonly next: number;
}

/** Time and channel in parentheses, in either order. */
function readAside(source: Source, at: number): Aside | undefined {
  const close = closingOf(source, at);
  const comma =
    close === undefined ? undefined : find(source, at, close, [",", "-", "–", "|", "/"]);
  if (close === undefined || comma === undefined) return undefined;
  const [first, second] = [slice(source, at + 1, comma), slice(source, comma + 1, close)];
  const isTimeFirst = isTime(first);
  const [time, channel] = isTimeFirst ? [first, second] : [second, first];
  const named = channel.filter(({ word }) => !HOW.has(word));
  const [head, ...detail] = named;
  if (!isTime(time) || head === undefined || !CHANNELS.has(head.word)) return undefined;
  const colon = marked(tokenAt(source, comma), ":");
  const does = BY_HAND.has(head.word) ? { ...head, word: "task", lemma: "task" } : head;
  const next = isWord(tokenAt(source, close + 1), ":", "–", "-") ? close + 2 : close + 1;
  return { tokens: [...time, colon, does, ...behind(detail, colon)], next };
}

/** "LinkedIn - connection request": what stands behind a dash is what is done. */
function behind(detail: readonly Token[], colon: Token): readonly Token[] {
  return detail.length === 0
    ? [colon]
    : detail.map((token) => (token.word === "-" || token.word === "–" ? colon : token));
}

function marked(token: Token, mark: string): Token {
  return { ...token, kind: "mark", word: mark, lemma: mark, text: mark };
}

function closingOf(source: Source, at: number): number | undefined {
  return find(source, at, Math.min(source.end, at + LONGEST), [")"]);
}

function find(
  source: Source,
  from: number,
  to: number,
  marks: readonly string[],
): number | undefined {
  for (let at = from + 1; at < to; at++) if (isWord(tokenAt(source, at), ...marks)) return at;
  return undefined;
}

function slice({ tokens }: Source, from: number, to: number): readonly Token[] {
  return tokens.slice(from, to);
}

const POINTS = wordsOf("day d week wk w t");

/** "day 3", "3 days later", "+2d". */
function isTime(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first === undefined) return false;
  const isPoint = POINTS.has(first.word) && second?.kind === "number";
  const isLapse =
    first.kind === "number" && /^(?:d|days?|weeks?|w|hours?|h)$/.test(second?.word ?? "");
  return isPoint || isLapse || /^(?:d|day|wk|week)\d+$/.test(first.word) || first.word === "+";
}
