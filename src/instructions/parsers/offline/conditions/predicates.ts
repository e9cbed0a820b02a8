import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readKnownField } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { type Agent, readAgent } from "./agents.ts";
import { readDated } from "./dealings.ts";
import type { IsAtom } from "./equality.ts";
import { readFlag } from "./flags.ts";
import { type Lead, readLead } from "./leads.ts";
import { readMember } from "./members.ts";
import { readNamedField } from "./named-fields.ts";
import { readNamed } from "./names.ts";
import { readPlace } from "./places.ts";
import { readPosition } from "./positions.ts";
import { readQuantity } from "./quantities.ts";
import { readRelation } from "./relations.ts";
import { compare, exists, nameField, negateIf, place, type Scope } from "./scope.ts";
import { readTagged } from "./tags.ts";
import { readThing } from "./things.ts";

/** What is being read of a subject: behind "is", "has", "did not" and the like. */
interface Said {
  readonly source: Source;
  /** Where the sentence's predicate began, and where it stands behind its lead. */
  readonly from: number;
  readonly at: number;
  readonly lead: Lead;
  readonly scope: Scope;
  readonly isAtom: IsAtom;
  readonly agent: Agent;
}

/** How big something is, without a number. */
export const VAGUE =
  "big|bigger|large|larger|small|smaller|huge|tiny|mid-sized|midsize|medium|decent-sized";

type Predicate = (said: Said) => Read<Condition> | undefined;

const PREDICATES: readonly Predicate[] = [
  readOwning,
  readOfField,
  ({ source, at, scope, lead }) => readRelation(source, at, scope, lead.isNegated),
  ({ source, at, scope, lead }) => readFlag(source, at, scope, lead.isNegated),
  ({ source, at, lead, scope }) => readDated(source, at, lead, scope),
  ({ source, at, scope, lead }) => readTagged(source, at, scope, lead.isNegated),
  readHaving,
  readWorth,
  readSized,
  readEmployed,
  ({ source, at, scope, lead }) => readMember(source, at, scope, lead.isNegated),
  ({ source, at, scope, lead, isAtom }) => readPlace(source, at, scope, lead.isNegated, isAtom),
  ({ source, at, scope, lead }) => readNamed(source, at, scope, lead.isNegated),
  readPositioned,
  readState,
];

/** What is said of a subject: "replied", "is tagged VIP", "has no phone", "was created today", "in London". */
export function readPredicate(
  source: Source,
  at: number,
  scope: Scope,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const agent = readAgent(source, at);
  const from = agent.next;
  const lead = turnLead(readLead(source, from), agent);
  const said: Said = { source, from, at: lead.next, lead, scope, isAtom, agent };
  for (const predicate of PREDICATES) {
    const read = predicate(said);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** What nobody did was not done. */
function turnLead(lead: Lead, { isNobody }: Agent): Lead {
  return isNobody ? { ...lead, isNegated: !lead.isNegated } : lead;
}

function turn(read: Read<Condition> | undefined, { lead }: Said): Read<Condition> | undefined {
  return read === undefined
    ? undefined
    : { value: negateIf(lead.isNegated, read.value), next: read.next };
}

function skipWords(source: Source, at: number, words: ReadonlySet<string>): number {
  let next = at;
  while (words.has(tokenAt(source, next).word)) next += 1;
  return next;
}

const OWNING = pattern(
  "own|owns|owned|manage|manages|managing|handle|handles|handling|covers|working|assigned [on|to] [the|this|it|them] [deal|contact|lead|account|company]",
);

/** "that I own", "nobody owns", "that nobody is working on". */
function readOwning({ source, at, scope, agent, lead }: Said): Read<Condition> | undefined {
  const match = agent.isUs || agent.isNobody ? matchAt(source, at, OWNING) : undefined;
  if (match === undefined) return undefined;
  const field = nameField(scope, "owner");
  const owned = agent.isNobody ? exists(field) : compare(field, "==", "@user.creator");
  return { value: negateIf(lead.isNegated, owned), next: match.next };
}

const WITHOUT = ["without|lacking|missing [having]", "lack|lacks"].map(pattern);
const WITH = [
  "with|having|w/|holding|carrying|carry|carries|bearing|bear",
  "has|have|had [got]",
  "counts|employs|numbers|counting|employing",
].map(pattern);

const HELD_DEAL = pattern(
  "[a|an|any] [open|active] deal|deals|opportunity|opportunities|opp|opps [that|which] [is]",
);

/** "has a deal over 10k": what follows is said of the deal. */
function readHeldDeal(
  { source, scope, isAtom, lead: { isNegated } }: Said,
  at: number,
): Read<Condition> | undefined {
  const deal = scope.subject === "deal" ? undefined : matchAt(source, at, HELD_DEAL);
  if (deal === undefined) return undefined;
  const read = readPredicate(source, deal.next, { ...scope, subject: "deal" }, isAtom);
  return read === undefined
    ? undefined
    : { value: negateIf(isNegated, read.value), next: read.next };
}

function readHaving(said: Said): Read<Condition> | undefined {
  const { source, at, scope, isAtom } = said;
  const without = matchFirst(source, at, WITHOUT);
  if (without !== undefined) return readThing(source, without.next, scope, true, isAtom);
  const held = matchFirst(source, at, WITH);
  if (held === undefined && !isHaving(said)) return undefined;
  const flag = held === undefined ? undefined : readFlag(source, held.next, scope, false);
  return flag ?? readHeld(said, skipGot(source, held?.next ?? at));
}

const OF_FIELD = pattern("of [the] <known>");

/** "contacts of the industry Construction", as many tongues have it: a field and its value. */
function readOfField(said: Said): Read<Condition> | undefined {
  const { source, at, scope, isAtom } = said;
  const isOf = scope.searched !== undefined && matchAt(source, at, OF_FIELD) !== undefined;
  const held = isOf ? readThing(source, at + 1, scope, false, isAtom) : undefined;
  const isCompared =
    held !== undefined && !("field" in held.value && held.value.operator === "exists");
  return isCompared ? turn(held, said) : undefined;
}

function readHeld(said: Said, at: number): Read<Condition> | undefined {
  const { source, scope, isAtom, lead } = said;
  return readHeldDeal(said, at) ?? readThing(source, at, scope, lead.isNegated, isAtom);
}

function isHaving({ source, from, at, lead }: Said): boolean {
  if (!lead.hasCopula) return false;
  for (let next = from; next < at; next++)
    if (isWord(tokenAt(source, next), "has", "have", "had", "does", "do", "did")) return true;
  return false;
}

function skipGot(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "got", "get") ? at + 1 : at;
}

const WORTH = pattern("(worth / valued|priced at) [about|around]");
const EXACT = pattern("<number>");
const IN_VALUE = pattern("in value");

/** "worth over $90k"; of a deal "over 50k" alone is its value. */
function readWorth(said: Said): Read<Condition> | undefined {
  const { source, at, scope } = said;
  const field = place(scope, "deal", "value");
  const worth = matchAt(source, at, WORTH);
  if (worth !== undefined) {
    const bounded = readQuantity(source, worth.next, field);
    return turn(bounded ?? readExact(source, worth.next, field), said);
  }
  const quantity = scope.subject === "deal" ? readQuantity(source, at, field) : undefined;
  if (quantity === undefined || matchAt(source, quantity.next, PEOPLE) !== undefined)
    return undefined;
  const next = matchAt(source, quantity.next, IN_VALUE)?.next ?? quantity.next;
  return turn({ value: quantity.value, next }, said);
}

function readExact(source: Source, at: number, field: string): Read<Condition> | undefined {
  const match = matchAt(source, at, EXACT);
  const number = match?.captures.number;
  if (match === undefined || number === undefined) return undefined;
  return { value: compare(field, "==", number), next: match.next };
}

const PEOPLE = pattern("people|employees|staff|headcount");

/** "over 50 people" is a company's size. */
function readSized(said: Said): Read<Condition> | undefined {
  const { source, at, scope } = said;
  const size = readQuantity(source, at, place(scope, "company", "employees"));
  const people = size === undefined ? undefined : matchAt(source, size.next, PEOPLE);
  if (size === undefined || people === undefined) return undefined;
  return turn({ value: size.value, next: people.next }, said);
}

const FIRMS =
  "companies|company|firms|firm|organisations|organization|organizations|organisation|businesses|business|accounts|account";
const AT_COMPANIES = pattern(
  `at|from|in|of|for|with|working|work|works|whose [at|for|in] [a|any|the] ${FIRMS} [that|which|who]`,
);
const HELD_COMPANY = pattern(`[a|an|their] ${FIRMS} [that|which|who]`);
/** "a big company (more than 5000 employees)": how big it is stands in the parentheses. */
const GLOSSED = pattern(`[a|an] [very|really|pretty] ${VAGUE} ${FIRMS} \\(`);

/** "at companies with more than 300 employees", "has a company in Oslo": what follows is said of the company. */
function readEmployed(said: Said): Read<Condition> | undefined {
  const { source, at, scope, isAtom } = said;
  const company: Scope = { ...scope, subject: "company" };
  const glossed = matchAt(source, at, GLOSSED);
  if (glossed !== undefined) return turn(readGloss(said, glossed.next, company), said);
  if (scope.subject === "company") return undefined;
  const match =
    matchAt(source, at, AT_COMPANIES) ??
    (isHaving(said) ? matchAt(source, at, HELD_COMPANY) : undefined);
  if (match === undefined) return undefined;
  const predicate = readPredicate(source, match.next, company, isAtom);
  return turn(predicate ?? readNamedField(source, match.next, company, isAtom), said);
}

function readGloss(
  { source, isAtom }: Said,
  at: number,
  company: Scope,
): Read<Condition> | undefined {
  const inner = readPredicate(source, at, company, isAtom) ?? readCompanySize(source, at, company);
  const isClosed = inner !== undefined && isWord(tokenAt(source, inner.next), ")");
  return isClosed ? { ...inner, next: inner.next + 1 } : undefined;
}

function readCompanySize(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  return readThing(source, at, scope, false, () => false);
}

const ARTICLES = wordsOf("a an the either all");

const EXISTING = ["exists|exist|empty|blank|missing|unset", "=|:|==|!="].map(pattern);

/** "is a CEO", "are either VPs"; "owner is …" is a field. */
function readPositioned(said: Said): Read<Condition> | undefined {
  const { source, at, scope, lead } = said;
  const field = readKnownField(source, at);
  if (field !== undefined && readLead(source, field.next).hasCopula) return undefined;
  if (field !== undefined && matchFirst(source, field.next, EXISTING) !== undefined)
    return undefined;
  const position = readPosition(source, skipWords(source, at, ARTICLES));
  if (position === undefined || !(lead.hasCopula || scope.searched === "contact")) return undefined;
  const title = compare(nameField(scope, "title"), "contains", position.value);
  return turn({ value: title, next: position.next }, said);
}

const STATUS = pattern(
  "qualified|unqualified|disqualified|active|inactive|churned|hot|warm|cold|dormant|customer|customers|client|clients|partner|partners|competitor|competitors|new",
);

/** "is qualified", "are not active". */
function readState({ source, at, scope, lead }: Said): Read<Condition> | undefined {
  const start = skipWords(source, at, ARTICLES);
  const state = lead.hasCopula ? matchAt(source, start, STATUS) : undefined;
  if (state === undefined) return undefined;
  const { word } = tokenAt(source, start);
  const single = word.endsWith("s") ? word.slice(0, -1) : word;
  const status = single.charAt(0).toUpperCase() + single.slice(1);
  const operator = lead.isNegated ? "!=" : "==";
  return { value: compare(nameField(scope, "status"), operator, status), next: state.next };
}
