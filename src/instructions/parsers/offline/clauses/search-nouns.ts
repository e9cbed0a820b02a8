import type { Condition } from "#domain/plan.ts";

import { readPosition } from "../conditions/positions.ts";
import { VAGUE } from "../conditions/predicates.ts";
import { compare, exists, joinAny, negate } from "../conditions/scope.ts";
import { matchAt, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import type { Kind } from "../readers/fields.ts";
import { isFoundedOn, readIndustries, readIndustry } from "../readers/industries.ts";
import { readLimit } from "../readers/limits.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { wordTable } from "../word-table.ts";

const KINDS: Readonly<Record<Kind, string>> = {
  contact: `contact contacts lead leads people person prospect prospects everyone anyone everybody anybody someone
    individuals persons recipients subscribers candidates candidate applicants attendees members supporters guests`,
  company: `company companies account accounts organisation organisations organization organizations businesses firms firm
    startups startup orgs org employers brands vendors start-ups scaleups enterprises agencies`,
  deal: "deal deals opportunity opportunities opp opps",
};

const NOUNS: Readonly<Record<string, Kind>> = wordTable(
  Object.fromEntries(
    (["contact", "company", "deal"] as const).flatMap((kind) =>
      [...wordsOf(KINDS[kind])].map((word): [string, Kind] => [word, kind]),
    ),
  ),
);

export function kindOf(word: string): Kind | undefined {
  return NOUNS[word];
}

/** Nouns and adjectives that say which stage a deal is in. */
const STAGES: Readonly<Record<string, string>> = wordTable({
  won: "Closed Won",
  "closed-won": "Closed Won",
  lost: "Closed Lost",
  "closed-lost": "Closed Lost",
});

const BEFORE_NOUN = pattern(
  "of|the|all|any|every|each|our|my|your|those|these|a|an|me|us|up|some|existing|current|crm|out|both|either|list|that|matching|more|other|down|over|bunch|batch|group|handful|lot|lots|load|loads|pile|whole|quite|collection|ton|tons|several|plenty",
);

/** What is searched for, and what its adjectives tell. */
export interface Noun {
  readonly kind: Kind;
  readonly conditions: readonly Condition[];
  readonly limit?: number;
}

/** Adjectives that tell a status: "qualified leads", "churned customers". */
const STATUSES = wordsOf(
  "qualified unqualified active inactive churned hot cold warm new dormant nurturing disqualified",
);

/** Adjectives that tell what is not known of somebody. */
const LACKING: Readonly<Record<string, string>> = wordTable({
  untagged: "tags",
  unassigned: "owner",
  unowned: "owner",
  ownerless: "owner",
});

/** Adjectives that tell what somebody did or is. */
const FLAGS: Readonly<Record<string, Condition>> = wordTable({
  interested: compare("interested", "==", true),
  uninterested: compare("interested", "==", false),
  unsubscribed: compare("optedOut", "==", true),
  unresponsive: compare("replied", "==", false),
});

/** What people are, which is their status. */
const STATUS_NOUNS: Readonly<Record<string, string>> = wordTable({
  customers: "Customer",
  clients: "Client",
  partners: "Partner",
  competitors: "Competitor",
});
/** Those who are named by what they did. */
const ACTORS: Readonly<Record<string, Condition>> = wordTable({
  openers: compare("openedEmail", "==", true),
  "non-openers": compare("openedEmail", "==", false),
  repliers: compare("replied", "==", true),
  responders: compare("replied", "==", true),
  "non-repliers": compare("replied", "==", false),
  "non-responders": compare("replied", "==", false),
  unsubscribers: compare("optedOut", "==", true),
  unsubscribes: compare("optedOut", "==", true),
});

const MOST_WORDS = 10;

/** "the top 20 qualified leads", "SaaS companies", "VPs of Sales", "all open deals". */
export function readNoun(source: Source, at: number): Read<Noun> | undefined {
  const said: Said = { conditions: [] };
  let next = at;
  for (let turn = 0; turn < MOST_WORDS; turn++) {
    const counted = readNumber(source, next);
    const noun = counted === undefined ? readHead(source, next, said) : undefined;
    if (noun !== undefined) return noun;
    const after = readAdjective(source, next, said);
    if (after === undefined) return undefined;
    next = after;
  }
  return undefined;
}

/** Gathered on the way to the noun; an industry is told of a company once it is known whose it is. */
interface Said {
  readonly conditions: Condition[];
  industries?: readonly string[];
  limit?: number;
}

function readHead(source: Source, at: number, said: Said): Read<Noun> | undefined {
  const token = tokenAt(source, at);
  if (token.kind !== "word") return undefined;
  const kind = NOUNS[token.word] ?? kindOfThose(source, at);
  if (kind !== undefined) return nounOf(kind, said, skipSearch(source, at + 1));
  const status = STATUS_NOUNS[token.word];
  if (status !== undefined) {
    said.conditions.push(compare("status", "==", status));
    return nounOf("contact", said, at + 1);
  }
  const actor = ACTORS[token.word];
  if (actor !== undefined) {
    said.conditions.push(actor);
    return nounOf("contact", said, at + 1);
  }
  const isOther = isIndustryBefore(source, at) || readPlaceBefore(source, at) !== undefined;
  const position = isOther ? undefined : readPosition(source, at);
  if (position === undefined) return undefined;
  said.conditions.push(compare("title", "contains", position.value));
  const isMore = NOUNS[tokenAt(source, position.next).word] === "contact";
  return nounOf("contact", said, position.next + (isMore ? 1 : 0));
}

const SAID_OF = wordsOf(
  "who that tagged labelled with without in from at whose where not we i nobody created having owned based",
);

/** "the ones tagged VIP", "those in Rome": contacts, where something is said of them. */
function kindOfThose(source: Source, at: number): Kind | undefined {
  const isThose =
    isWord(tokenAt(source, at), "ones", "those") && SAID_OF.has(tokenAt(source, at + 1).word);
  return isThose ? "contact" : undefined;
}

/** "SaaS founders": what the company does, and no part of the title as in "finance directors". */
function isIndustryBefore(source: Source, at: number): boolean {
  const industry = readIndustry(source, at);
  return industry !== undefined && isFoundedOn(industry.value);
}

/** "company search: …" */
function skipSearch(source: Source, at: number): number {
  const isHeading =
    isWord(tokenAt(source, at), "search", "query", "filter", "list") &&
    isWord(tokenAt(source, at + 1), ":", "(");
  return isHeading ? at + 1 : at;
}

function nounOf(kind: Kind, { conditions, industries, limit }: Said, next: number): Read<Noun> {
  const field = kind === "company" ? "industry" : "company.industry";
  const told = industries?.map((industry) => compare(field, "==", industry));
  const all = told === undefined ? conditions : [...conditions, joinAny(told)];
  return {
    value: limit === undefined ? { kind, conditions: all } : { kind, conditions: all, limit },
    next,
  };
}

/** What may stand before the noun: each goes on behind what it read, or tells nothing. */
const ADJECTIVES: readonly ((source: Source, at: number, said: Said) => number | undefined)[] = [
  (source, at, said) => {
    const limit = takeLimit(readLimit(source, at), said);
    return limit === undefined ? undefined : (matchAt(source, limit, OR_FEWER)?.next ?? limit);
  },
  (source, at, said) => {
    if (
      !isWord(tokenAt(source, at), "top", "first", "only", "just", "up", "next", "max", "maximum")
    )
      return undefined;
    const to = isWord(tokenAt(source, at + 1), "to", "of") ? 1 : 0;
    return takeLimit(readNumber(source, at + 1 + to), said) ?? at + 1;
  },
  (source, at, said) => {
    const number = isWord(tokenAt(source, at), "to", "of") ? readNumber(source, at + 1) : undefined;
    return takeLimit(number, said);
  },
  takePlace,
  (source, at) => matchAt(source, at, BEFORE_NOUN)?.next,
  skipVague,
  (source, at, said) => {
    const number = tokenAt(source, at).kind === "quoted" ? undefined : readNumber(source, at);
    const next = takeLimit(number, said);
    return next === undefined ? undefined : (matchAt(source, next, OR_FEWER)?.next ?? next);
  },
  (source, at, said) => {
    const told = readState(source, at);
    if (told === undefined) return undefined;
    said.conditions.push(told);
    return at + 1;
  },
  (source, at, said) => {
    const industry = readIndustry(source, at);
    if (industry === undefined) return undefined;
    const { value, next } = readIndustries(source, industry);
    said.industries = value;
    return next;
  },
];

const GLOSSED = pattern(`[very|really|pretty] ${VAGUE}`);

/** "big companies (500+ employees)": how big they are stands in the parentheses. */
function skipVague(source: Source, at: number): number | undefined {
  const next = matchAt(source, at, GLOSSED)?.next;
  const isNoun = next !== undefined && NOUNS[tokenAt(source, next).word] !== undefined;
  return isNoun && isWord(tokenAt(source, next + 1), "(") ? next : undefined;
}

/** "US contacts", "Berlin-based founders": where they are, before what they are. */
function readPlaceBefore(source: Source, at: number): Read<Condition> | undefined {
  const { text, isCapital, kind } = tokenAt(source, at);
  const name = text.replace(/-based$/i, "");
  const isBased = isWord(tokenAt(source, at + 1), "based");
  if (kind !== "word" || !isCapital || !(isCountry(name) || isCity(name))) return undefined;
  const field = isCountry(name) ? "country" : "city";
  return { value: compare(field, "==", name), next: isBased ? at + 2 : at + 1 };
}

function takePlace(source: Source, at: number, said: Said): number | undefined {
  const place = readPlaceBefore(source, at);
  if (place === undefined) return undefined;
  said.conditions.push(place.value);
  return place.next;
}

function readAdjective(source: Source, at: number, said: Said): number | undefined {
  for (const read of ADJECTIVES) {
    const next = read(source, at, said);
    if (next !== undefined) return next;
  }
  return undefined;
}

const OR_FEWER = pattern("or fewer|less");

function takeLimit(number: Read<number> | undefined, said: Said): number | undefined {
  if (number === undefined) return undefined;
  said.limit = number.value;
  return number.next;
}

/** "qualified", "untagged", "won". */
function readState(source: Source, at: number): Condition | undefined {
  const { word } = tokenAt(source, at);
  const lacking = LACKING[word];
  if (lacking !== undefined) return negate(exists(lacking));
  const flag = FLAGS[word];
  if (flag !== undefined) return flag;
  if (STATUSES.has(word))
    return compare("status", "==", word.charAt(0).toUpperCase() + word.slice(1));
  if (NOUNS[tokenAt(source, at + 1).word] !== "deal") return undefined;
  const stage = STAGES[word];
  if (stage !== undefined) return compare("stage", "==", stage);
  return word === "open" ? compare("open", "==", true) : undefined;
}

const PLURALS = wordsOf(
  `${KINDS.contact} ${KINDS.company} ${KINDS.deal} ${Object.keys(ACTORS).join(" ")} customers clients partners all every top`,
);

/** Whether a search begins here without a verb: "contacts w/o phone", "CTOs in Munich", "all deals …". */
export function isNounLed(source: Source, at: number): boolean {
  const { word, kind, text } = tokenAt(source, at);
  if (NOUNS[word] !== undefined && skipSearch(source, at + 1) > at + 1) return true;
  if (kind !== "word")
    return kind === "number" && NOUNS[tokenAt(source, at + 1).word] !== undefined;
  if (PLURALS.has(word)) return /s$|^people$|^every|^all$|^any|^top$/.test(word);
  const before = readIndustry(source, at) ?? readPlaceBefore(source, at);
  if (before !== undefined) return isNounLed(source, before.next);
  const position = readPosition(source, at);
  if (position === undefined) return false;
  return /^\p{Lu}{2}/u.test(text) || isPlural(source, at, position.next);
}

/** "marketing managers in Rome", "heads of sales": more than one. */
function isPlural(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to && !isWord(tokenAt(source, at), "of"); at++)
    if (at + 1 >= to || isWord(tokenAt(source, at + 1), "of"))
      return /s$/i.test(tokenAt(source, at).text);
  return false;
}
