import { isWord, type Source, tokenAt } from "./source.ts";
import type { Token } from "./tokens.ts";

/** ":)", ";-)", ":D", ":/" and 🙏 end what was said; within a parenthesis, where the former may close it, only the latter are left out. */
export function writeEmoticons(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const kept: Token[] = [];
  let isOpen = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokenAt(source, at);
    const length = moodLength(source, at) || (isOpen ? 0 : emoticonLength(source, at));
    if (length === 0) kept.push(token);
    else if (kept.length > 0 && !isOpen) kept.push(endAt(token));
    if (length === 0) isOpen = isOpenBehind(token, isOpen);
    at += Math.max(0, length - 1);
  }
  return kept;
}

const endAt = (place: Token): Token => ({
  ...place,
  kind: "mark",
  word: ".",
  lemma: ".",
  text: ".",
});

/** Whether a parenthesis is open behind a token. */
function isOpenBehind(token: Token, isOpen: boolean): boolean {
  if (token.text === "\n" || isWord(token, ")")) return false;
  return isOpen || isWord(token, "(");
}

/** Faces, hands and hearts that only tell a mood; a flag or a fire may belong to a name, and a cross forbids. */
const MOODS: readonly (readonly [number, number])[] = [
  [0x1f600, 0x1f644],
  [0x1f646, 0x1f64f],
  [0x1f910, 0x1f92f],
  [0x1f970, 0x1f97a],
  [0x1fae0, 0x1fae8],
  [0x1f44b, 0x1f44d],
  [0x1f44f, 0x1f44f],
  [0x1f493, 0x1f49f],
  [0x1f389, 0x1f38a],
];
const OTHER_MOODS = /^[💪❤☺✨🚀]$/u;
/** The shade of a hand, and how a sign is drawn. */
const SHADES: readonly (readonly [number, number])[] = [
  [0xfe0f, 0xfe0f],
  [0x1f3fb, 0x1f3ff],
];

/** "🙏", "👍🏽 🎉" */
function moodLength(source: Source, at: number): number {
  let next = at;
  while (isMood(tokenAt(source, next))) {
    next += 1;
    if (isOneOf(tokenAt(source, next), SHADES)) next += 1;
  }
  return next - at;
}

const isMood = (token: Token): boolean =>
  isOneOf(token, MOODS) || (token.kind === "mark" && OTHER_MOODS.test(token.text));

function isOneOf({ kind, text }: Token, ranges: readonly (readonly [number, number])[]): boolean {
  const code = text.codePointAt(0) ?? 0;
  return kind === "mark" && ranges.some(([first, last]) => code >= first && code <= last);
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
