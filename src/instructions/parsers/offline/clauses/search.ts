import type { Condition, PlanStep } from "#domain/plan.ts";

import { type Family, part, type Part, readParts } from "../clause.ts";
import { readCondition } from "../conditions/expression.ts";
import { readPosition } from "../conditions/positions.ts";
import { compare, joinAll, joinAny, nameField, type Scope } from "../conditions/scope.ts";
import { matchAt, matchFirst, matchLongest, pattern } from "../pattern.ts";
import { isReactionToday } from "../reactions.ts";
import { readKnownField } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { readException } from "./exceptions.ts";
import { isNounLed, kindOf, readNoun } from "./search-nouns.ts";

const HEADS = [
  "+search|+look|+hunt|+scan|+go [through] [our|the] [crm|database|list|pipeline] [for|up] [:]",
  "+find|+get|+grab|+pull|+fetch|+list|+select|+collect|+gather|+identify|+show|+locate|+target|+shortlist|+surface|+take|+pick|+query|+retrieve|+round|+source|+filter|+load|+search|+choose|+bring [up|out|in|me|together|over|us|for|off] [me|us]",
  "+loop|iterate|iterates|iterating|cycle|cycles|cycling|+go [through|over|across]",
  "+start|+begin|+work with|from|through|on",
  "+reach|+write [out] [to]",
  "+do|+make|+run|+perform|+execute|+start [a|an|the] [new|quick|crm] search|query|lookup [in|on|of] [our|the] [crm|database|list] for|of|on",
  "+check|+scan|+watch|+monitor for",
  "+track|track|tracked|tracking|+hunt|+dig|chase down|up",
  "+enroll|+enrol|+want|+need|+go after|for",
  "+enroll|+enrol|+want|+need|+include|+load|+export",
  "+build|+make|+create|+prepare|+compile|+put together|up [a|the] list of|with",
  "[+give|+get|+send me|us] [a|the] [full|complete|quick|short|fresh|new] list of|with",
  "[the|our] audience|segment|who|filter|targets|list [is|are] [:|=|–]",
  "+have|+take a [quick] look for|at|through",
  "(we|i am|are|'m|'re / this is) after|seeking|targeting|chasing|hunting",
  "(we|i am|are|'m|'re / be) on the lookout|hunt for",
  "for|to|with [each|every|all|any]",
].map(pattern);

/** The step that looks for each kind. */
export const SEARCHES = {
  contact: "search_contacts",
  company: "search_companies",
  deal: "search_deals",
} as const;

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
    const head = matchLongest(source, at, HEADS); // "go after" before "go"
    if (head === undefined && isChecked(source, at)) return readSelection(source, at + 1);
    const isLed = isNounLed(source, at) || isCountLed(source, at) || isWanted(source, at);
    if (head === undefined && isLed) return readSelection(source, at);
    if (head === undefined) return readLedByField(source, at);
    return readSelection(source, selectionStart(source, head.next));
  },
};

/** "check contacts with status New" looks for them; "check the contact" does not. */
function isChecked(source: Source, at: number): boolean {
  const noun = tokenAt(source, at).lemma === "check" ? readNoun(source, at + 1) : undefined;
  return noun !== undefined && /s$|people/.test(tokenAt(source, noun.next - 1).word);
}

const COUNT = pattern(
  "(up to / at most / no more than / max|maximum|around|about|roughly [of]) <number>",
);

/** "I need up to 25 contacts whose …" */
function isCountLed(source: Source, at: number): boolean {
  const counted = matchAt(source, at, COUNT);
  return counted !== undefined && isNounLed(source, counted.next);
}

/** "I want the leads who …"; of "the leads in Rome tagged VIP" nobody knows whether they are to be tagged. */
function isWanted(source: Source, at: number): boolean {
  if (!isWord(tokenAt(source, at - 1), "want", "need", "like", "love")) return false;
  const isThose = isWord(tokenAt(source, at), "the", "those", "these");
  const noun = isThose ? readNoun(source, at) : undefined;
  if (noun === undefined || !SAID_OF.has(tokenAt(source, noun.next).word)) return false;
  return !source.tokens.slice(noun.next, source.end).some(isTagged);
}

const SAID_OF = wordsOf("who whose that which where with without in from at worth");
const BEFORE_TAGGED = wordsOf("is are not been");

function isTagged(token: Token, index: number, tokens: readonly Token[]): boolean {
  return isWord(token, "tagged") && !BEFORE_TAGGED.has(tokens[index - 1]?.word ?? "");
}

/** Past a colon; "us" in "find US companies" is a country. */
function selectionStart(source: Source, at: number): number {
  if (tokenAt(source, at - 1).text === "US") return at - 1;
  return isWord(tokenAt(source, at), ":") ? at + 1 : at;
}

const TOLD_BEHIND = pattern("[:|->] [+search|+find|+get|+pull] [for] <bare>");

/** "title contains Ops, limit 20": with how many are wanted, or "search contacts" behind it, a comparison is a search. */
function readLedByField(source: Source, at: number): Read<readonly PlanStep[]> | undefined {
  const scope: Scope = { subject: "contact", searched: "contact", isLoose: true };
  const isField = readKnownField(source, at) !== undefined;
  const said = isField ? readCondition(source, at, scope) : undefined;
  if (said === undefined || said.next <= at + 1) return undefined;
  const draft: Draft = {};
  const next = readParts(source, said.next, LIMITS.slice(0, 1), draft);
  const end = readTold(source, next) ?? (draft.limit === undefined ? undefined : next);
  const params = { ...said.value, ...draft };
  return end === undefined
    ? undefined
    : { value: [{ type: "search_contacts", params }], next: end };
}

/** ": search contacts" */
function readTold(source: Source, at: number): number | undefined {
  const behind = matchAt(source, at, TOLD_BEHIND)?.next;
  const isSearch = behind !== undefined && kindOf(tokenAt(source, behind - 1).word) === "contact";
  return isSearch ? behind : undefined;
}

/** "the company's contacts" are no companies. */
function isOwner(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "'s") && kindOf(tokenAt(source, at + 1).word) !== undefined;
}

/** What is searched for: a noun, what is said of it, a limit. */
export function readSelection(source: Source, at: number): Read<readonly PlanStep[]> | undefined {
  const noun = readNoun(source, at);
  if (noun === undefined || isOwner(source, noun.next)) return undefined;
  const { kind, conditions, limit } = noun.value;
  const scope: Scope = { subject: kind, searched: kind, isLoose: true };
  const draft: Draft = limit === undefined ? {} : { limit };
  const behind = skipKept(source, noun.next, limit !== undefined);
  const start = skipColon(source, readParts(source, behind, LIMITS.slice(0, 1), draft));
  const filter =
    readAlternatives(source, behind, scope, conditions) ??
    readAlternatives(source, start, scope, conditions) ??
    readFilter(source, start, scope, conditions);
  const read = readOn(source, filter, scope, draft);
  const all = losesToday(source, filter) ? filter : read;
  const params = { ...all.value, ...draft };
  return { value: [{ type: SEARCHES[kind], params }], next: all.next };
}

function losesToday(source: Source, { value, next }: Read<Condition | object>): boolean {
  return isCondition(value) && isReactionToday(source, { value, next });
}

const OR_SO = pattern("or so");
const KEPT = [
  "[that|who|which|whom] we|i|you have [got] [on file|record|board]",
  "[that|who|which] are in|on our|the crm|database|system|books|list|records",
  "[that|who|which] (there are / exist) [in the crm|system|database]",
  "[that|who|which|whom] we|i|you know [of|about]",
  "of ours|mine",
].map(pattern);
const GOING_ON = wordsOf(
  ", . ; : -> ) in from at with without who whose that tagged where on and or for",
);

/** "everybody we've got in Lisbon": all that are searched for are ours. */
function skipKept(source: Source, at: number, isCounted: boolean): number {
  const start = (isCounted ? matchAt(source, at, OR_SO)?.next : undefined) ?? at;
  const next = matchFirst(source, start, KEPT)?.next;
  const { word } = tokenAt(source, next ?? start);
  return next !== undefined && (word === "" || GOING_ON.has(word)) ? next : start;
}

const ONLY_THOSE = pattern(
  "[,|–|-|\\(] [but|and] only|just (the ones|people|contacts|companies|deals|leads / those|ones / contacts|leads|people)",
);

/** "…, up to 40 of them, who are not tagged Investor": limits and what is said further, in turns. */
function readOn(
  source: Source,
  said: Read<Condition | object>,
  scope: Scope,
  draft: Draft,
): Read<Condition | object> {
  const next = readParts(source, said.next, LIMITS, draft);
  const only = matchAt(source, said.next, ONLY_THOSE) ?? matchAt(source, next, ONLY_THOSE);
  const isMore = next > said.next || only !== undefined;
  const more = isMore ? readCondition(source, only?.next ?? next, scope) : undefined;
  if (more === undefined) return { value: said.value, next };
  const before = isCondition(said.value) ? [said.value] : [];
  return readOn(source, { value: joinAll([...before, more.value]), next: more.next }, scope, draft);
}

function isCondition(value: Condition | object): value is Condition {
  return Object.keys(value).length > 0;
}

/** "matching:", "that meet these criteria:" say only that conditions follow. */
const CRITERIA = pattern(
  "(by / [,] filtered by / [,] [that|which|who] match|matches|matching|meet|meets|meeting|satisfying|satisfy|fulfilling|fulfil [all|any|both] [of] [these|the|following] [following] [criteria|conditions|filters|rules] [:])",
);

function skipColon(source: Source, at: number): number {
  const criteria = matchAt(source, at, CRITERIA);
  if (criteria !== undefined) return criteria.next;
  return isWord(tokenAt(source, at), ":", ",", "where", "–") && at < source.end - 1 ? at + 1 : at;
}

function readFilter(
  source: Source,
  at: number,
  scope: Scope,
  before: readonly Condition[],
): Read<Condition | object> {
  const except = readException(source, at, scope, before);
  const said = except ?? readCondition(source, at, scope);
  const all = said === undefined ? [...before] : distribute(before, said.value);
  const further = said === undefined ? undefined : readException(source, said.next, scope, all);
  if (further !== undefined) all.push(further.value);
  const next = further?.next ?? said?.next ?? at;
  return { value: all.length === 0 ? {} : joinAll(all), next };
}

/** "VPs in Toronto or Directors in Ottawa": where an alternative names a title itself, the noun's belongs to the first. */
function distribute(before: readonly Condition[], said: Condition): Condition[] {
  if (!("any" in said) || before.length === 0 || !said.any.slice(1).some(isTitled))
    return [...before, said];
  const [first, ...others] = said.any;
  return [joinAny([joinAll([...before, ...(first === undefined ? [] : [first])]), ...others])];
}

function isTitled(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(isTitled);
  return "field" in condition && condition.field === "title";
}

const JOINT = pattern("or|and|,|/|+|&|plus [or|and]");

/** "CTOs or VPs of Engineering in Berlin": titles joined before anything else is said. */
function readAlternatives(
  source: Source,
  at: number,
  scope: Scope,
  before: readonly Condition[],
): Read<Condition | object> | undefined {
  const joint = matchAt(source, at, JOINT);
  const position =
    joint === undefined || before.length === 0 ? undefined : readPosition(source, joint.next);
  if (position === undefined) return undefined;
  const title = compare(nameField(scope, "title"), "contains", position.value);
  const titles: Condition = { any: [...before, title] };
  const more = readAlternatives(source, position.next, scope, [...before, title]);
  return more ?? readFilter(source, position.next, scope, [titles]);
}
