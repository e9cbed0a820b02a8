import { isWord, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { wordTable } from "../word-table.ts";
import { fieldEnd, LONGEST_NAMES, look, OPERATORS, type Rule, say } from "./rule.ts";

export const KINDS: Readonly<Record<string, string>> = wordTable({
  contacts: "contact",
  leads: "lead",
  companies: "company",
  companys: "company",
  accounts: "account",
  deals: "deal",
});

const DETERMINERS = ["the", "this", "that", "each", "every", "their", "its", "a"];

const FINDING = wordsOf("find get pull search fetch grab list show look give select identify");

/** "the contacts status": the possessive without its apostrophe. "Find the contacts …" names them all. */
export const writePossessive: Rule = (tokens, at) => {
  const [before, here] = [look(tokens, at - 1), look(tokens, at)];
  const isOne = isWord(before, ...DETERMINERS) && !FINDING.has(look(tokens, at - 2).lemma);
  const isOwning = isOne || /ys$/i.test(here.text);
  const isField = fieldEnd(tokens, at + 1) !== undefined || isWord(look(tokens, at + 1), "custom");
  if (!isOwning || !isField || KINDS[here.word] === undefined) return undefined;
  const cut = here.end - 1;
  const owner = say(KINDS[here.word] ?? here.word, { ...here, end: cut });
  return {
    taken: 1,
    tokens: [...owner, ...say("'s", { ...here, start: cut, text: "s", isApart: false })],
  };
};

/** "deals stage=Demo", "companies employees > 50": what they are like, without its "where". */
export const writeWhere: Rule = (tokens, at) => {
  const end = fieldEnd(tokens, at + 1);
  const here = look(tokens, at);
  if (end === undefined || !isWord(look(tokens, end), ...OPERATORS)) return undefined;
  return { taken: 1, tokens: [here, ...say("where", look(tokens, at + 1), true)] };
};

/** Which side of a moment: "lastContactedAt < 14 days ago" is before it. */
const SIDES: Readonly<Record<string, string>> = wordTable({
  "<": "before",
  "<=": "by",
  ">": "after",
  ">=": "since",
});

/** A field that holds a moment, by its name: what people did ("created > 30d ago") is told by how long ago. */
function isMoment({ kind, text }: Token): boolean {
  return kind === "word" && /(?:[a-z]At|Date)$/.test(text);
}

/** "created >30d ago", "createdAt > 30 days ago" */
export const writeLongAgo: Rule = (tokens, at) => {
  const isAgo =
    look(tokens, at + 1).kind === "number" && isWord(look(tokens, at + 3), "ago", "old");
  if (!isAgo) return undefined;
  const here = look(tokens, at);
  if (isMoment(look(tokens, at - 1)))
    return { taken: 1, tokens: say(SIDES[here.word] ?? "", here) };
  if (here.word.length > 1) return undefined;
  const compared = here.word === ">" ? "more" : "less";
  return { taken: 1, tokens: [...say(compared, here), ...say("than", here)] };
};

const COUNTING = wordsOf("more less fewer over under above below at between up");

/** "like 75k", "with like more than 100": said in passing. */
export const dropLike: Rule = (tokens, at) => {
  const { kind, word } = look(tokens, at + 1);
  const isBehindThan = isWord(look(tokens, at - 1), "than", "over", "under", "with", "has", "have");
  const isCounted = kind === "number" || COUNTING.has(word) || (isBehindThan && word === "a");
  return isCounted ? { taken: 1, tokens: [] } : undefined;
};

const ASKED = wordsOf("me us them him her");

/** "find me please directors", "look please for founders": asked nicely between a verb and what it is done to. */
export const dropPlease: Rule = (tokens, at) => {
  const before = look(tokens, at - 1);
  const isInside = look(tokens, at + 1).kind !== "mark";
  const isVerb = before.kind === "word" && FINDING.has(before.word);
  const isFor = isWord(before, ...ASKED) && FINDING.has(look(tokens, at - 2).word);
  return isInside && (isVerb || isFor) ? { taken: 1, tokens: [] } : undefined;
};

/** "(country = Netherlands; employees < 50)": inside parentheses a semicolon parts no clauses. */
export const writeComma: Rule = (tokens, at) => {
  for (let before = at - 1; before >= 0 && at - before < LONGEST_NAMES; before--) {
    if (isWord(look(tokens, before), ")", "\n", "->")) return undefined;
    if (!isWord(look(tokens, before), "(")) continue;
    return { taken: 1, tokens: [{ ...look(tokens, at), word: ",", lemma: ",", text: "," }] };
  }
  return undefined;
};
