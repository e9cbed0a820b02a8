import type { Condition } from "#domain/plan.ts";

import { type Match, matchAt, matchFirst, pattern, type Pattern } from "../pattern.ts";
import { readDuration } from "../readers/amounts.ts";
import { readText } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { compare, joinAny, nameField, negateIf, place, type Scope } from "./scope.ts";

type IsAtom = (source: Source, at: number) => boolean;

const COUNTRIES =
  wordsOf(`germany france spain italy portugal ireland uk us usa england scotland wales netherlands belgium austria
  switzerland sweden norway denmark finland poland canada mexico brazil india china japan australia israel argentina`);

interface Place {
  readonly pattern: Pattern;
  readonly fieldOf: (scope: Scope) => string;
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
    pattern: pattern(
      "based|located|living|headquartered|sitting|residing|working in|out|around|at [of] <list>",
    ),
    fieldOf: (scope) => nameField(scope, "city"),
  },
  {
    pattern: pattern(
      "at|with|working|employed|works|work [for|at|by] [the|a] [company|firm] <list>",
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
  const member = matchAt(source, at, MEMBER);
  if (member !== undefined) return readMember(member, scope, isNegated);
  const memory = readMemoryName(source, at, scope);
  if (memory !== undefined) return { value: negateIf(isNegated, memory.value), next: memory.next };
  const found = firstPlace(source, at);
  if (found === undefined) return undefined;
  const { values, next } = trimAtoms(source, at, found.match, isAtom);
  const field = fieldFor(source, at, scope, found.place, values);
  const parts = values.map((value) => compare(field, "==", value));
  if (parts.length === 1 && isNegated)
    return { value: compare(field, "!=", values[0] ?? ""), next };
  return { value: negateIf(isNegated, joinAny(parts)), next };
}

const MEMBER = pattern("in|on|part [of] [the] [list|memory] [of] <variable>");

function readMember(
  { captures, next }: Match,
  { subject }: Scope,
  isNegated: boolean,
): Read<Condition> {
  return { value: negateIf(isNegated, compare(subject, "in", captures.variable ?? "")), next };
}

const REMEMBERED = ["in|on memory [list] [as|under|called] <text>"].map(pattern);

function readMemoryName(
  source: Source,
  at: number,
  { subject }: Scope,
): Read<Condition> | undefined {
  const { word, text } = tokenAt(source, at + 1);
  if (tokenAt(source, at).word === "in" && word.startsWith("memory.")) {
    return { value: compare(subject, "in", `@${text}`), next: at + 2 };
  }
  const match = matchFirst(source, at, REMEMBERED);
  if (match?.captures.text === undefined) return undefined;
  return { value: compare(subject, "in", `@memory.${match.captures.text}`), next: match.next };
}

function firstPlace(
  source: Source,
  at: number,
): { readonly place: Place; readonly match: Match } | undefined {
  for (const one of PLACES) {
    const match = matchAt(source, at, one.pattern);
    if (match !== undefined && !isTooVague(source, at, match)) return { place: one, match };
  }
  return undefined;
}

/** "at companies …", "with a …" say more than a name. */
function isTooVague(source: Source, at: number, { captures }: Match): boolean {
  const value = captures.list?.[0] ?? "";
  if (readDuration(source, at + 1) !== undefined) return true;
  const isName = /^[\p{Lu}\d]/u.test(value) || tokenAt(source, at + 1).kind === "quoted";
  return (
    tokenAt(source, at).word === "with" ||
    (/^(?:at|work)/.test(tokenAt(source, at).word) && !isName) ||
    NO_PLACE.has(value.toLowerCase())
  );
}

const NO_PLACE = wordsOf(
  "them it general total memory question companies contacts deals linkedin apollo touch",
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
    if (isWord(tokenAt(source, next), ",", "and", "or", "&") && isAtom(source, next + 1))
      return next;
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
  if (scope.subject === "deal" && (opening === "in" || opening === "at")) return stage(scope);
  const isCountry = values.every((value) => COUNTRIES.has(value.toLowerCase()));
  return isCountry ? field.replace(/city$/, "country") : field;
}

const NAMED = pattern("called|named|titled <text>");

/** "titled CEO", "named Acme". */
export function readNamed(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  const match = matchAt(source, at, NAMED);
  if (match?.captures.text === undefined) return undefined;
  const isTitle = tokenAt(source, at).word === "titled" && scope.subject === "contact";
  const compared = isTitle
    ? compare(nameField(scope, "title"), "contains", match.captures.text)
    : compare(nameField(scope, "name"), "==", match.captures.text);
  return { value: negateIf(isNegated, compared), next: match.next };
}

const POSITIONS =
  wordsOf(`ceo cfo cto cmo coo cio cro cpo ciso vp svp evp avp director manager founder co-founder cofounder owner president
  chairman chair head chief engineer buyer executive analyst architect consultant developer recruiter controller principal
  officer designer administrator coordinator specialist`);

function singular(word: string): string {
  return word.toLowerCase().endsWith("s") && !/ss$/i.test(word) ? word.slice(0, -1) : word;
}

/** "VPs", "founders", "Heads of Growth", "marketing directors": what somebody is. */
export function readPosition(source: Source, at: number): Read<string> | undefined {
  for (let length = 1; length <= 4; length++) {
    const token = tokenAt(source, at + length - 1);
    if (token.kind !== "word") return undefined;
    if (!POSITIONS.has(singular(token.word))) {
      if (NO_POSITION.has(token.word)) return undefined;
      continue;
    }
    const before =
      length === 1
        ? ""
        : `${source.text.slice(tokenAt(source, at).start, tokenAt(source, at + length - 2).end)} `;
    const title = before + singular(token.text);
    const area =
      tokenAt(source, at + length).word === "of" ? readText(source, at + length + 1) : undefined;
    return area === undefined
      ? { value: title, next: at + length }
      : { value: `${title} of ${area.value}`, next: area.next };
  }
  return undefined;
}

const NO_POSITION =
  wordsOf(`who that which with without in from at and or the a an to for contacts contact people companies deals is are not
  of on by tagged leads lead prospects all any every each title contains contain containing includes including has have email tags tagged over under
  more less whose where is =`);
