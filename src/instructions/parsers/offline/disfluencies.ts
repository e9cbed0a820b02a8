import { type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";
import { wordTable } from "./word-table.ts";

/** Sounds that people make while they think. */
const SOUNDS = wordsOf("um umm uh uhh uhm er erm eh ehm hm hmm hmmm mm oh");
/** "Like" before these only hesitates: "more than like a hundred", "like 75k". */
const AMOUNTS = wordsOf(
  "a an about around more less over under at one two three four five six seven eight nine ten twelve twenty thirty fifty half every right max",
);
const BEFORE_OBJECT = wordsOf(
  "look looks looking feel feels something anything nothing sound sounds is be are was things stuff seems seem us them would 'd i we you they people",
);

/** Leaves out what only hesitates, wherever it stands outside of quotes: "then uh, you know, send them like three emails". */
export function dropDisfluencies(tokens: readonly Token[]): readonly Token[] {
  const source: Source = { text: "", tokens, end: tokens.length };
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const length = hesitation(source, at);
    if (length === 0) kept.push(tokenAt(source, at));
    at += Math.max(1, length);
    if (length > 0 && isDoubled(kept.at(-1), tokens[at])) at += 1;
  }
  return kept;
}

/** Of two commas that came to stand side by side one is left out. */
function isDoubled(before: Token | undefined, after: Token | undefined): boolean {
  return (
    after?.word === "," &&
    (before === undefined || [",", ".", ";", ":", "\n"].includes(before.word))
  );
}

/** How many tokens hesitate here. */
function hesitation(source: Source, at: number): number {
  const { word, kind } = tokenAt(source, at);
  if (word === "*") return isEmphasis(source, at) ? 2 : 0;
  if (word === ":") return Number(tokenAt(source, at - 1).word === "then");
  if (kind !== "word") return 0;
  const known = HESITATIONS[word];
  if (known === undefined) return Number(SOUNDS.has(word));
  return known(source, at);
}

/** "**When:** every Monday" */
function isEmphasis(source: Source, at: number): boolean {
  const next = tokenAt(source, at + 1);
  return next.word === "*" && !next.isApart;
}

const HESITATIONS: Readonly<Record<string, (source: Source, at: number) => number>> = wordTable({
  you: (source, at) => (isInserted(source, at) ? 2 : 0),
  like: (source, at) => Number(isLikeAmount(source, at)),
  kinda: () => 1,
  sorta: () => 1,
});

/** "and then you know send them": nobody knows anything there. */
function isInserted(source: Source, at: number): boolean {
  if (tokenAt(source, at + 1).word !== "know") return false;
  const before = tokenAt(source, at - 1).word;
  const after = tokenAt(source, at + 2).word;
  const isAfterLink = ["", ",", "then", "and", "so", "but", "\n", "."].includes(before);
  return (
    isAfterLink &&
    !["what", "the", "how", "that", "who", "why", "where", "when", "if", "it", ""].includes(after)
  );
}

function isLikeAmount(source: Source, at: number): boolean {
  if (BEFORE_OBJECT.has(tokenAt(source, at - 1).word) || at === 0) return false;
  const { word, kind } = tokenAt(source, at + 1);
  return kind === "number" || AMOUNTS.has(word);
}
