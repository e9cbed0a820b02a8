import { isLink } from "./links.ts";
import { matchAt, matchFirst, pattern } from "./pattern.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

const WHOM = "(them|him|her|it|me|us|everyone / [to] the contact|lead|person / [to] <variable>)";

/** A verb, and to whom it is done, before a time. */
const BEFORE = [
  `send|mail|forward|deliver|resend [out|over] [to] [${WHOM}]`,
  "follow|chase|circle|check up|back|in [with] [them|him|her]",
  `email|mail|message|chase|nudge|ping|remind|reply|respond|tag [to] [up] [${WHOM}]`,
  `notify|alert|inform|tell|ping [${WHOM}]`,
  "notify|alert|inform|tell|ping <person>",
].map(pattern);
const TIME = ["in|after [another|a|further] <duration>", "<duration> later|afterwards"].map(
  pattern,
);
/** What is sent, and what it is done with: "with no reply" asks something. */
const BEHIND = [
  "[with|using] the|our|an|a|this",
  "[with|:|using] <quoted>",
  "that|about",
  "by sending",
  "<variable>",
].map(pattern);

/**
 * "Send them after 3 days the 'X' email", "follow up in 6 days with 'X'": a time between a verb and what is sent. It is put in front, so that
 * nothing is done before it: "after 3 days, send them the 'X' email".
 */
export function writeInnerTimes(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const written: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const time = isOpen(source, at) ? readInner(source, at) : undefined;
    if (time === undefined) written.push(tokenAt(source, at));
    else written.push(...inFront(source, at, time));
    at = time?.next ?? at + 1;
  }
  return written;
}

/** Where a clause begins with its verb. */
function isOpen(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1);
  return before.kind === "mark" || isLink(before) || isWord(before, "please", "then");
}

const TEXTS = wordsOf("task tasks todo to-do reminder title subject body message note saying says");

const LONGEST_TEXT = 60;

/** Whether a title or a message goes on here. */
function isInText(source: Source, at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - LONGEST_TEXT); before--) {
    const token = tokenAt(source, before);
    if (isWord(token, ".", ";", "->", "!", "?") || token.text === "\n") return false;
    if (token.kind === "word" && TEXTS.has(token.word)) return true;
  }
  return false;
}

/** From where to where the time stands. */
function readInner(source: Source, at: number): Read<number> | undefined {
  for (const before of BEFORE) {
    const from = matchAt(source, at, before)?.next;
    const to = from === undefined ? undefined : matchFirst(source, from, TIME)?.next;
    if (from === undefined || to === undefined) continue;
    const isSent = matchFirst(source, to, BEHIND) !== undefined && !isInText(source, at);
    if (isSent) return { value: from, next: to };
  }
  return undefined;
}

function inFront({ tokens }: Source, at: number, { value, next }: Read<number>): readonly Token[] {
  const time = tokens.slice(value, next);
  const comma = time.slice(-1).map((token): Token => {
    const { end } = token;
    return { ...token, kind: "mark", word: ",", lemma: ",", text: ",", start: end };
  });
  return [...time, ...comma, ...tokens.slice(at, value)];
}
