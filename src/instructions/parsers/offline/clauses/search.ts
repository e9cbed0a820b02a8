import type { Condition, PlanStep } from "#domain/plan.ts";

import { type Family, part, type Part, readParts } from "../clause.ts";
import { readCondition } from "../conditions/expression.ts";
import { readPosition } from "../conditions/places.ts";
import { compare, joinAll, negate, nameField, type Scope } from "../conditions/scope.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readNumber } from "../readers/amounts.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { wordTable } from "../word-table.ts";

const HEADS = [
  "+search|+look|+hunt|+scan|+go [through] [our|the] [crm|database|list|pipeline] [for|up] [:]",
  "+find|+get|+grab|+pull|+fetch|+list|+select|+collect|+gather|+identify|+show|+locate|+target|+shortlist|+surface|+take|+pick|+query|+retrieve|+round|+source|+bring [up|out|in|me|together|over|us|for|off] [me|us]",
  "+start|+begin|+work with|from|through|on",
  "+reach out to",
  "+have|+take a [quick] look for|at|through",
  "for|to|with [each|every|all|any]",
].map(pattern);

const TYPES = {
  contact: "search_contacts",
  company: "search_companies",
  deal: "search_deals",
} as const;

const NOUNS: Readonly<Record<string, Kind>> = wordTable({
  contact: "contact",
  contacts: "contact",
  lead: "contact",
  leads: "contact",
  people: "contact",
  person: "contact",
  prospect: "contact",
  prospects: "contact",
  everyone: "contact",
  anyone: "contact",
  everybody: "contact",
  someone: "contact",
  company: "company",
  companies: "company",
  account: "company",
  accounts: "company",
  organisation: "company",
  organisations: "company",
  organization: "company",
  organizations: "company",
  businesses: "company",
  firms: "company",
  deal: "deal",
  deals: "deal",
  opportunity: "deal",
  opportunities: "deal",
  opp: "deal",
  opps: "deal",
});

/** Nouns and adjectives that say which stage a deal is in. */
const STAGES: Readonly<Record<string, string>> = wordTable({
  won: "Closed Won",
  "closed-won": "Closed Won",
  lost: "Closed Lost",
  "closed-lost": "Closed Lost",
});

const BEFORE_NOUN = pattern(
  "of|the|all|any|every|each|our|my|your|those|these|a|an|me|us|up|some|existing|current|crm|out|both|that|matching",
);

interface Noun {
  readonly kind: Kind;
  readonly conditions: readonly Condition[];
  readonly limit?: number;
}

/** Adjectives that tell which: "qualified leads", "open deals" cannot be told without knowing the workspace's stages. */
const STATUSES = new Set(["qualified", "unqualified", "active", "inactive", "churned"]);

function readNoun(source: Source, at: number): Read<Noun> | undefined {
  const before: Condition[] = [];
  let limit: number | undefined;
  let next = at;
  for (let turn = 0; turn < 10; turn++) {
    const token = tokenAt(source, next);
    const kind = NOUNS[token.word];
    if (kind !== undefined && token.kind === "word") return nounOf(kind, before, limit, next + 1);
    if (["customers", "clients"].includes(token.word)) {
      before.push(compare("status", "==", "Customer"));
      return nounOf("contact", before, limit, next + 1);
    }
    const position = token.kind === "word" ? readPosition(source, next) : undefined;
    if (position !== undefined) {
      before.push(compare("title", "contains", position.value));
      const noun = NOUNS[tokenAt(source, position.next).word] === "contact" ? 1 : 0;
      return nounOf("contact", before, limit, position.next + noun);
    }
    const step = readBeforeNoun(source, next, before);
    if (step === undefined) return undefined;
    limit = step.value ?? limit;
    ({ next } = step);
  }
  return undefined;
}

function nounOf(
  kind: Kind,
  conditions: readonly Condition[],
  limit: number | undefined,
  next: number,
): Read<Noun> {
  return { value: limit === undefined ? { kind, conditions } : { kind, conditions, limit }, next };
}

/** One word before the noun; its value is a limit when it is one. */
function readBeforeNoun(
  source: Source,
  at: number,
  conditions: Condition[],
): Read<number | undefined> | undefined {
  const token = tokenAt(source, at);
  if (isWord(token, "top", "first", "only", "just", "up", "next")) {
    const to = isWord(tokenAt(source, at + 1), "to") ? 1 : 0;
    const number = readNumber(source, at + 1 + to);
    return number === undefined ? { value: undefined, next: at + 1 } : number;
  }
  if (matchAt(source, at, BEFORE_NOUN) !== undefined) return { value: undefined, next: at + 1 };
  const number = token.kind === "quoted" ? undefined : readNumber(source, at);
  if (number !== undefined) return number;
  const status = readStatus(source, at) ?? readStage(source, at);
  if (status !== undefined) conditions.push(status);
  return status === undefined ? undefined : { value: undefined, next: at + 1 };
}

function readStatus(source: Source, at: number): Condition | undefined {
  const { word } = tokenAt(source, at);
  if (!STATUSES.has(word)) return undefined;
  return compare("status", "==", word.charAt(0).toUpperCase() + word.slice(1));
}

function readStage(source: Source, at: number): Condition | undefined {
  const isDeal = NOUNS[tokenAt(source, at + 1).word] === "deal";
  const { word } = tokenAt(source, at);
  const stage = STAGES[word];
  if (stage !== undefined && isDeal) return compare("stage", "==", stage);
  return isDeal && word === "open" ? compare("status", "==", "Open") : undefined;
}

interface Draft {
  limit?: number;
}

const LIMITS: readonly Part<Draft>[] = [
  part<Draft>(["[,|and|–|-|with|but] <limit>"], (draft, { limit }) => {
    draft.limit = limit ?? 0;
  }),
  part<Draft>([
    "in|from [the|our] [crm|database|pipeline|list|system]",
    "first",
    "for me",
    "there are|is|we have [in] [the] [crm]",
  ]),
];

export const search: Family = {
  name: "search_contacts",
  read: (source, at) => {
    const head = matchFirst(source, at, HEADS);
    const isPlural = ["contacts", "leads", "companies", "deals", "people"].includes(
      tokenAt(source, at).word,
    );
    if (head === undefined) return isPlural ? readSelection(source, at) : undefined;
    return readSelection(source, head.next);
  },
};

/** What is searched for: a noun, what is said of it, a limit. */
export function readSelection(source: Source, at: number): Read<readonly PlanStep[]> | undefined {
  const noun = readNoun(source, at);
  if (noun === undefined) return undefined;
  const { kind, conditions } = noun.value;
  const scope: Scope = { subject: kind, searched: kind, isLoose: true };
  const draft: Draft = noun.value.limit === undefined ? {} : { limit: noun.value.limit };
  const start = skipColon(source, readParts(source, noun.next, LIMITS.slice(0, 1), draft));
  const filter =
    readAlternatives(source, start, scope, conditions) ??
    readFilter(source, start, scope, conditions);
  const next = readParts(source, filter.next, LIMITS, draft);
  const params = { ...filter.value, ...draft };
  return { value: [{ type: TYPES[kind], params }], next };
}

function skipColon(source: Source, at: number): number {
  return isWord(tokenAt(source, at), ":", ",", "where", "–") && at < source.end - 1 ? at + 1 : at;
}

function readFilter(
  source: Source,
  at: number,
  scope: Scope,
  before: readonly Condition[],
): Read<Condition | object> {
  const except = readException(source, at, scope);
  const said = except ?? readCondition(source, at, scope);
  const all = [...before, ...(said === undefined ? [] : [said.value])];
  const further = said === undefined ? undefined : readException(source, said.next, scope);
  if (further !== undefined) all.push(further.value);
  const next = further?.next ?? said?.next ?? at;
  return { value: all.length === 0 ? {} : joinAll(all), next };
}

const EXCEPT = pattern(
  "[,|\\(] [but] except|excluding|other [for|than] [those|anyone|the|ones|people|contacts] [who|that|with]",
);

function readException(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, EXCEPT);
  const said = match === undefined ? undefined : readCondition(source, match.next, scope);
  return said === undefined ? undefined : { value: negate(said.value), next: said.next };
}

/** "CTOs or VPs of Engineering in Berlin": titles joined before anything else is said. */
function readAlternatives(
  source: Source,
  at: number,
  scope: Scope,
  before: readonly Condition[],
): Read<Condition | object> | undefined {
  const joint = matchAt(source, at, pattern("or|and|,|/ [or|and]"));
  const position =
    joint === undefined || before.length === 0 ? undefined : readPosition(source, joint.next);
  if (position === undefined) return undefined;
  const title = compare(nameField(scope, "title"), "contains", position.value);
  const titles: Condition = { any: [...before, title] };
  const more = readAlternatives(source, position.next, scope, [...before, title]);
  return more ?? readFilter(source, position.next, scope, [titles]);
}
