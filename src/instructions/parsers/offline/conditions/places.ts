import type { Condition } from "#domain/plan.ts";

import { isCommonWord } from "../lexicon.ts";
import { type Match, matchAt, matchFirst, pattern, type Pattern, possibleAt } from "../pattern.ts";
import { readDuration } from "../readers/amounts.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { readIndustries, readIndustry } from "../readers/industries.ts";
import { LANGUAGES } from "../readers/languages.ts";
import { readBare } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { compare, joinAll, joinAny, nameField, negateIf, place, type Scope } from "./scope.ts";

type IsAtom = (source: Source, at: number) => boolean;

interface Place {
  readonly pattern: Pattern;
  readonly fieldOf: (scope: Scope) => string;
  /** Whether it has to be a town or a country that is known. */
  readonly isKnown?: boolean;
}

const industry = (scope: Scope): string => place(scope, "company", "industry");
const stage = (scope: Scope): string => place(scope, "deal", "stage");

const SECTOR = "industry|sector|vertical|space|industries|sectors|business";

/** Longer forms first: "in the Contract stage" before "in London". */
const PLACES: readonly Place[] = [
  { pattern: pattern(`from|in|within|of|across [the] <list> ${SECTOR}`), fieldOf: industry },
  { pattern: pattern(`in|from [the] industry <list>`), fieldOf: industry },
  {
    pattern: pattern("in|at|on|sitting|stuck|reached|hit [in|at] [the] <list> stage|phase"),
    fieldOf: stage,
  },
  {
    pattern: pattern("stuck|sitting|sat|stalled|parked in|at [the] <list> [stage]"),
    fieldOf: stage,
  },
  { pattern: pattern("in|at [the] stage [:] <list>"), fieldOf: stage },
  {
    pattern: pattern("in|from [the] [city|town] [of] <list>"),
    fieldOf: (scope) => nameField(scope, "city"),
  },
  {
    pattern: pattern("of the city|town of <list>"),
    fieldOf: (scope) => nameField(scope, "city"),
  },
  {
    pattern: pattern("of <list>"),
    fieldOf: (scope) => nameField(scope, "city"),
    isKnown: true,
  },
  {
    pattern: pattern(
      "based|located|living|lives|live|resides|reside|headquartered|sitting|residing|operating in|out|around|at [of] [the] <list>",
    ),
    fieldOf: (scope) => nameField(scope, "city"),
  },
  {
    pattern: pattern(
      "at|with|for|working|employed|works|work|worked [for|at|by|with] [the|a] [company|firm] <list>",
    ),
    fieldOf: (scope) => place(scope, "company", "name"),
  },
];

/** "in London", "from the SaaS industry", "at Acme", "based in Basel", "in the Contract stage". */
export function readPlace(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const outside = matchAt(source, at, OUTSIDE);
  if (outside !== undefined) return readOutside(source, outside.next, scope, isNegated, isAtom);
  const sector = readSector(source, at, scope);
  if (sector !== undefined) return { value: negateIf(isNegated, sector.value), next: sector.next };
  const found = firstPlace(source, at, scope);
  if (found === undefined) return undefined;
  const { values, next: end } = trimAtoms(source, at, found.match, isAtom);
  const field = fieldFor(source, at, scope, found.place, values);
  const staying = field.endsWith("stage") ? readStaying(source, end, scope) : undefined;
  if (staying !== undefined) {
    const stages = joinAny(values.map((value) => compare(field, "==", value)));
    return { value: negateIf(isNegated, joinAll([stages, staying.value])), next: staying.next };
  }
  const next = end;
  const parts = values.map((value) => compare(field, "==", value));
  if (parts.length === 1 && isNegated)
    return { value: compare(field, "!=", values[0] ?? ""), next };
  return { value: negateIf(isNegated, joinAny(parts)), next };
}

const STAYING = pattern(
  "[stage] for|since [more|longer|over|at|>] [than|least] [the] [last|past] <duration> [now|already] [or] [more|longer]",
);

/** "stuck in Proposal for over two weeks": it has not been changed since. */
function readStaying(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, STAYING);
  const duration = match?.captures.duration;
  if (match === undefined || duration === undefined) return undefined;
  return {
    value: compare(place(scope, "deal", "updatedAt"), "<", `-${duration}`),
    next: match.next,
  };
}

const OUTSIDE = pattern("outside|out [of]");

/** "outside the US" is "not in the US". */
function readOutside(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const opening = { ...tokenAt(source, at - 1), ...IN };
  const tokens = [...source.tokens.slice(0, at - 1), opening, ...source.tokens.slice(at)];
  return readPlace({ ...source, tokens }, at - 1, scope, !isNegated, isAtom);
}

const IN = { word: "in", lemma: "in", text: "in" } as const;

const SECTOR_OPENINGS = [
  "[work|works|working|operating|operate|active] in|within|across [the|any]",
  "from|of [the]",
  "at|for|a|an [a|an|any]",
].map(pattern);
const SECTOR_END = pattern(SECTOR);
const FIRMS = pattern(
  "companies|company|firms|firm|startups|startup|businesses|organisations|organizations|vendors|brands|shops",
);

/** "in fintech or insurance", "at SaaS companies". */
function readSector(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const opening = matchFirst(source, at, SECTOR_OPENINGS);
  const first = opening === undefined ? undefined : readIndustry(source, opening.next);
  if (first === undefined) return undefined;
  const { value: values, next } = readIndustries(source, first);
  const end = matchAt(source, next, FIRMS) ?? matchAt(source, next, SECTOR_END);
  const isFirm = isWord(tokenAt(source, at), "at", "for", "a", "an");
  if (isFirm && end === undefined) return undefined;
  const parts = values.map((value) => compare(industry(scope), "==", value));
  return { value: joinAny(parts), next: end?.next ?? next };
}

const patternOf = ({ pattern: form }: Place): readonly Pattern[] => [form];

function firstPlace(
  source: Source,
  at: number,
  { subject }: Scope,
): { readonly place: Place; readonly match: Match } | undefined {
  for (const one of possibleAt(source, at, PLACES, patternOf)) {
    const match = matchAt(source, at, one.pattern);
    if (match === undefined || (one.isKnown === true && !isTownOrCountry(match))) continue;
    const isTold = one.fieldOf === industry;
    if (isTold || !isTooVague(source, at, match, subject === "deal")) return { place: one, match };
  }
  return undefined;
}

/** "contacts of Sevilla", but not "contacts of Acme" */
function isTownOrCountry({ captures: { list = [] } }: Match): boolean {
  return list.every((value) => isCity(value) || isCountry(value));
}

/** "at companies …", "with a …" say more than a name. */
function isTooVague(source: Source, at: number, { captures }: Match, isDeal: boolean): boolean {
  const value = captures.list?.[0] ?? "";
  if (readDuration(source, at + 1) !== undefined || isNoPlace(value)) return true;
  const opening = tokenAt(source, at).word;
  if (isNameAt(source, at + 1, value)) return opening === "with" && !isDeal;
  const mayBeUnknown = opening !== "in" && opening !== "with" && isUnknown(value);
  return !mayBeUnknown && !isOfPlace(opening, value, isDeal);
}

function isOfPlace(opening: string, value: string, isDeal: boolean): boolean {
  return !/^(?:at|for|work|with)/.test(opening) && (isDeal || isPlaceName(value));
}

function isNoPlace(value: string): boolean {
  if (LANGUAGES.has(value.toLowerCase())) return true;
  return value.split(/\s+/).some((word) => NO_PLACE.has(word.toLowerCase()));
}

function isNameAt(source: Source, at: number, value: string): boolean {
  return tokenAt(source, at).kind === "quoted" || /^[\p{Lu}\d]/u.test(value);
}

/** Without a capital a place is one that is known for it. */
function isPlaceName(value: string): boolean {
  return isCity(value) || isCountry(value) || isRegion(value);
}

export function isRegion(value: string): boolean {
  return REGIONS.has(value.toLowerCase());
}

/** "everyone at vandelay": in haste names have no capitals, and are no words that anything else is said with. */
function isUnknown(name: string): boolean {
  return name !== "" && name.split(/\s+/).every((word) => !isCommonWord(word));
}

const NO_PLACE = wordsOf(
  `them it general total memory question companies contacts deals linkedin apollo touch last past next this previous list
  lists form website webinar results stage status selection search crm pipeline database campaign sequence week month quarter year
  today yesterday tomorrow day days weeks months hours hour minutes now reply response person batch group team market
  business mind any every each which what two three four five random`,
);

/** A list must not swallow a comparison of its own: "in Paris and title contains CEO". */
function trimAtoms(
  source: Source,
  at: number,
  match: Match,
  isAtom: IsAtom,
): { readonly values: readonly string[]; readonly next: number } {
  const values = match.captures.list ?? [];
  const end = values.length < 2 ? match.next : jointEnd(source, at, match.next, isAtom);
  if (end === match.next) return { values, next: end };
  const patterns = PLACES.map((one) => one.pattern);
  const cutList = matchFirst({ ...source, end }, at, patterns)?.captures.list;
  return { values: cutList ?? values.slice(0, 1), next: end };
}

/** Where the first joint stands that has a comparison of its own behind it. */
function jointEnd(source: Source, at: number, end: number, isAtom: IsAtom): number {
  for (let next = at; next < end; next++) {
    if (!isWord(tokenAt(source, next), ",", "and", "or", "&")) continue;
    const isSector =
      isWord(tokenAt(source, next), ",") && readIndustry(source, next + 1) !== undefined;
    if (isSector || isAtom(source, next + 1)) return next;
  }
  return end;
}

function fieldFor(
  source: Source,
  at: number,
  scope: Scope,
  { fieldOf }: Place,
  values: readonly string[],
): string {
  const field = fieldOf(scope);
  if (!field.endsWith("city")) return field;
  const opening = tokenAt(source, at).word;
  if (values.every(isRegion)) return field.replace(/city$/, "region");
  const ofDeal = scope.subject === "deal" ? fieldOfDeal(opening, values, scope) : undefined;
  if (ofDeal !== undefined) return ofDeal;
  if (values.every(isCountry)) return field.replace(/city$/, "country");
  const isFirm = opening === "from" && scope.subject !== "company" && values.every(isFirmName);
  return isFirm ? place(scope, "company", "name") : field;
}

/** A deal is in a stage, unless what it is in is known for a place: there its company is. */
function fieldOfDeal(opening: string, values: readonly string[], scope: Scope): string | undefined {
  if (values.every(isCountry)) return place(scope, "company", "country");
  if (values.every(isCity)) return place(scope, "company", "city");
  return opening === "in" || opening === "at" ? stage(scope) : undefined;
}

/** Behind "from" a name is a company's, unless it is known for a place. */
function isFirmName(value: string): boolean {
  return (/^[\p{Lu}\d]/u.test(value) || isUnknown(value)) && !isPlaceName(value);
}

const REGIONS = wordsOf(
  `emea apac dach latam benelux nordics europe asia africa amer amers anz mena scandinavia oceania`,
);

const ENDS = new Set(["", ",", ";", "->", ":", ")", "or", "and"]);

/** "CTOs, Munich, SaaS": a name alone among what is searched for is a line of business, a country or a town. */
export function readBareName(
  source: Source,
  at: number,
  scope: Scope,
): Read<Condition> | undefined {
  if (scope.searched === undefined) return undefined;
  const sector = readIndustry(source, at);
  if (sector !== undefined && ENDS.has(tokenAt(source, sector.next).word))
    return { value: compare(industry(scope), "==", sector.value), next: sector.next };
  const token = tokenAt(source, at);
  const name = token.kind === "word" && token.isCapital ? readBare(source, at) : undefined;
  if (name === undefined || !ENDS.has(tokenAt(source, name.next).word)) return undefined;
  if (scope.searched === "deal")
    return { value: compare("stage", "==", name.value), next: name.next };
  const field = isCountry(name.value) ? "country" : "city";
  return { value: compare(field, "==", name.value), next: name.next };
}
