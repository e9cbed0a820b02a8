import { matchAt, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";
import type { Token } from "./tokens.ts";

/** What is said with an email of that name. */
export const SAYING =
  "ask|request|thank|congratulate|apologize|apologise|welcome|invite|remind [them|him|her|everyone|us|the] [contact|lead] [for|to|about|of|on] [a|an|the|their|our|your] [<bare>] with|using|via|through [the|our|a|an] <quoted>";

const SAID = pattern(SAYING);

/** The clause as one that sends, and where the words end that only tell what it says. */
export interface Said {
  readonly sending: Source;
  readonly end: number;
}

/** "Ask for a review with the 'Review' email" as "send the 'Review' email". */
export function readSaying(source: Source, at: number): Said | undefined {
  const match = matchAt(source, at, SAID);
  if (match === undefined) return undefined;
  let end = match.next - 1;
  while (!isWord(tokenAt(source, end), "with", "using", "via", "through")) end -= 1;
  const place = tokenAt(source, end);
  const send: Token = { ...place, kind: "word", word: "send", lemma: "send", text: "" };
  const tokens = [...source.tokens.slice(0, at), send, ...source.tokens.slice(end + 1, source.end)];
  return { sending: { ...source, tokens, end: tokens.length }, end };
}
