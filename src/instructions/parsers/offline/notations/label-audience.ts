import { isNounLed } from "../clauses/search-nouns.ts";
import { isStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, lineEnd, put } from "./edit.ts";
import { readLabel } from "./label-reading.ts";
import { isStarting, type Wrote, type Writer } from "./writer.ts";

/** Labels that say when the whole starts, and whom it is for. */

const OPENERS = pattern("when|whenever|if|once");

/** "Enrollment trigger: when a contact …" */
export const writeTrigger: Writer = ({ source, label, place }) => {
  if (isWord(tokenAt(source, label.next), "when", "whenever", "every", "each"))
    return { tokens: [], next: label.next };
  const line = within(source, lineEnd(source, label.next));
  if (isNounLed(line, label.next) && isPlural(line, label.next) && !isStarting(line, label.next))
    return undefined;
  return { tokens: put("trigger :", place), next: label.next };
};

function isPlural(source: Source, at: number): boolean {
  for (let next = at; next < at + 4; next++)
    if (/^(?:contacts|leads|companies|deals|accounts|people)$/.test(tokenAt(source, next).word))
      return true;
  return false;
}

/** "Enrollment: contacts where …" names those who are in, "Enrollment: form submitted" what starts it. */
export const writeEntry: Writer = (behind) => {
  const line = within(behind.source, lineEnd(behind.source, behind.label.next));
  return isStarting(line, behind.label.next) ||
    matchAt(line, behind.label.next, OPENERS) !== undefined
    ? writeTrigger(behind)
    : writeAudience(behind);
};

const EVERYBODY = wordsOf(
  "everyone everybody anyone anybody people those all any every each whoever",
);
const FINDING = wordsOf("find search get pull fetch select query");

export const writeAudience: Writer = (behind) => {
  const { source, label, place } = behind;
  const at = label.next;
  if (isLineEnd(source, at)) return undefined;
  const first = tokenAt(source, at);
  if (FINDING.has(first.lemma)) return { tokens: [], next: at };
  if (isStart(source, at) && !isNounLed(source, at)) return undefined;
  const kind = KINDS[place.word];
  const isNamed = isNounLed(source, at) || EVERYBODY.has(first.word);
  const words = isNamed
    ? "find"
    : `find ${kind ?? "contacts"}${isTold(source, at) ? " where" : ""}`;
  return withoutBars(source, at, put(words, place));
};

const KINDS: Readonly<Record<string, string>> = {
  companies: "companies",
  accounts: "companies",
  deals: "deals",
};

/** "status = Lead", "title contains VP": a field and what it is like need a "where". */
function isTold(source: Source, at: number): boolean {
  const { kind, word } = tokenAt(source, at);
  return kind === "word" && !PREPOSITIONS.has(word);
}

const PREPOSITIONS = wordsOf(
  "in from at with without tagged who whose that created not named where having",
);

const BARS = ["|", ";"];
const LONGEST_LIST = 120;

/** "deals | stage = Demo | not updated in 12 days": bars between what those are like. */
function withoutBars(source: Source, at: number, words: readonly Token[]): Wrote {
  let end = at;
  const last = at + LONGEST_LIST;
  while (end < last && !isLineEnd(source, end) && !isEndOfBars(source, end)) end += 1;
  const said = source.tokens.slice(at, end);
  if (!said.some((token) => isWord(token, ...BARS))) return { tokens: words, next: at };
  const tokens = said.flatMap((token) => (isWord(token, ...BARS) ? put(",", token) : [token]));
  return { tokens: [...words, ...tokens], next: end };
}

function isEndOfBars(source: Source, at: number): boolean {
  if (isWord(tokenAt(source, at), ".")) return tokenAt(source, at + 1).isApart;
  if (!isWord(tokenAt(source, at), ...BARS)) return false;
  return isStart(source, at + 1) || readLabel(source, at + 1) !== undefined;
}

/** "Audience: contacts / Filter: status = Lead" */
export const writeFilter: Writer = (behind) => {
  const { source, label, place, before } = behind;
  if (before === "trigger" || before === "entry" || before === "event")
    return { ...withoutBars(source, label.next, put("and", place)), joins: true };
  if (before !== "audience" && before !== "filter") return writeAudience(behind);
  if (isLineEnd(source, label.next)) return undefined;
  const wrote = withoutBars(source, label.next, put(",", place));
  return { ...wrote, joins: true };
};

export const writeLimit: Writer = ({ source, label, place, before }) => {
  const isBehind = before === "audience" || before === "filter";
  if (!isBehind || tokenAt(source, label.next).kind !== "number") return undefined;
  return { tokens: put(", limit", place), next: label.next, joins: true };
};

/** "Suppression: anyone tagged Competitor" */
export const writeExclusion: Writer = ({ source, label, place }) => {
  if (isLineEnd(source, label.next)) return undefined;
  return { tokens: put("skip", place), next: label.next };
};
