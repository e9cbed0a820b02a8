import { isCommonWord } from "../lexicon.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { LANGUAGES } from "../readers/languages.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { isNameAt } from "./names.ts";
import { PRONOUNS } from "./verbs.ts";

/** Whether a remark names somebody or something that it could leave out, add or put in another's place: "Acme is a client", "we have Milan already". */
export function names(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++) {
    const harmless = harmlessEnd(words, at);
    if (harmless !== undefined) at = harmless - 1;
    else if (isNaming(words, at) && !isOfOurs(words, from, at)) return true;
  }
  return false;
}

/** Who wrote, and whose idea it was. */
const HARMLESS = [
  "from [the|our|sunny|rainy|cold|grey] <bare> office|team|side|desk [here]",
  "hello|hi|greetings|hey|regards|cheers|thanks from [sunny|rainy|cold|grey|warm] <bare>",
  "is|was|'s <bare> idea|suggestion|plan|birthday",
  "how|what <bare> [always] did|does|likes|wanted|says it|that|this",
  "per|at|on|by <bare> request|wish|suggestion|advice|instructions",
  "as <bare> said|asked|suggested|mentioned|requested|wanted",
  "i|we am|'m|are|'re <bare> [from|at|of|in <bare>]",
  "this is <bare>",
  "my name is|'s <bare>",
  "it is|'s <bare> from|at|in <bare>",
  "i|we work at|for|with|in <bare>",
  `our|my|your ${[...LANGUAGES].join("|")}|monday|tuesday|wednesday|thursday|friday|saturday|sunday`,
].map(pattern);
/** "Rita here", "Marek says we've neglected them" */
const SPEAKING = pattern(
  "<bare> (here|again|speaking|says|thinks|reckons|swears|hopes / from [the|our] <bare> [office|team|side|desk] here|again|speaking)",
);

const GREETINGS = ["hello", "hi", "hey", "greetings"];

function harmlessEnd(words: Source, at: number): number | undefined {
  const next = matchFirst(words, at, HARMLESS)?.next;
  const isOpening = isFirst(words, at) || isWord(tokenAt(words, at - 2), ...GREETINGS);
  return next ?? (isOpening ? matchAt(words, at, SPEAKING)?.next : undefined);
}

function isNaming(words: Source, at: number): boolean {
  const { kind, text, word, isCapital } = tokenAt(words, at);
  if (isPlace(text)) return true;
  if (kind !== "word" || !isCapital || IN_CAPITALS.has(text.toLowerCase())) return false;
  return isFirst(words, at) ? isNameAt(words, at) : !PRONOUNS.has(word);
}

/** What we did by ourselves, and what we did somewhere. */
const DID = wordsOf(
  "ran held hosted opened launched released announced sponsored attended organised organized hired",
);
const WERE = wordsOf("met saw visited spoke talked presented exhibited went were was");
const DECIDING = wordsOf("already not never no");

/** "We launched our Berlin office", "We met a bunch of folks in Rome" */
function isOfOurs(words: Source, from: number, at: number): boolean {
  const said = words.tokens.slice(from, words.end).map(({ word }) => word);
  const isOfUs = said.includes("we") || said.includes("i");
  if (!isOfUs || said.some((word) => DECIDING.has(word))) return false;
  const isSomewhere = isWord(tokenAt(words, at - 1), "in", "at", "to");
  return said.some((word) => DID.has(word) || (isSomewhere && WERE.has(word)));
}

function isPlace(text: string): boolean {
  const isOther = text.length < 4 || isCommonWord(text.toLowerCase()) || text === "nice";
  return !isOther && (isCity(text) || isCountry(text));
}

/** What begins a sentence has a capital, whatever it is. */
function isFirst(words: Source, at: number): boolean {
  const { kind, word } = tokenAt(words, at - 1);
  return kind === "word" ? word === "" : !isWord(tokenAt(words, at - 1), ",", "-", "–");
}

/** What is written in capitals and names nobody whom something is done to. */
const IN_CAPITALS = wordsOf(
  `i q1 q2 q3 q4 h1 h2 fy ceo cfo cto coo cmo cro ciso crm kpi kpis roi sdr sdrs bdr bdrs ae aes hr it pr qbr eod fyi tbh lol omg asap b2b b2c saas ai
  api gdpr seo pdf ps ok stint linkedin apollo hubspot salesforce pipedrive excel outlook gmail`,
);
