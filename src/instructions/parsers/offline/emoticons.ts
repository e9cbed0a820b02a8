import { isWord, type Source, tokenAt } from "./source.ts";
import type { Token } from "./tokens.ts";

/** ":)", ";-)", ":D", ":/" end what was said, wherever no parenthesis is open. */
export function writeEmoticons(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const kept: Token[] = [];
  let isOpen = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokenAt(source, at);
    const length = isOpen ? 0 : emoticonLength(source, at);
    isOpen = token.text !== "\n" && (isWord(token, "(") || (isOpen && !isWord(token, ")")));
    if (length === 0) kept.push(token);
    else if (kept.length > 0)
      kept.push({ ...token, kind: "mark", word: ".", lemma: ".", text: "." });
    at += Math.max(0, length - 1);
    if (length > 0) isOpen = false;
  }
  return kept;
}

const MOUTHS = /^(?:[)(/|*]|[DPpO])$/;

function emoticonLength(source: Source, at: number): number {
  const eyes = tokenAt(source, at);
  if (!isWord(eyes, ":", ";") || !eyes.isApart) return 0;
  const nose = tokenAt(source, at + 1);
  const isNosed = isWord(nose, "-") && !nose.isApart;
  const mouth = tokenAt(source, isNosed ? at + 2 : at + 1);
  const isMouth = !mouth.isApart && MOUTHS.test(mouth.text);
  return isMouth ? (isNosed ? 3 : 2) : 0;
}
