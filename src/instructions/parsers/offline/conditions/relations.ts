import type { Condition } from "#domain/plan.ts";

import { type Captures, matchFirst, pattern, type Pattern, possibleAt } from "../pattern.ts";
import { type Read, type Source, wordsOf } from "../source.ts";
import { compare, exists, joinAll, nameField, negateIf, place, type Scope } from "./scope.ts";

type Build = (captures: Captures, scope: Scope) => Condition | undefined;

interface Relation {
  readonly patterns: readonly Pattern[];
  readonly build: Build;
}

const relation = (phrases: readonly string[], build: Build): Relation => ({
  patterns: phrases.map(pattern),
  build,
});

const wonAt =
  (stage: string): Build =>
  (_, scope) =>
    compare(place(scope, "deal", "stage"), "==", stage);

/** Longest without a touch: "no activity in 3 weeks", "idle for 10 days". */
const quiet: Build = ({ duration = "" }, scope) => {
  const field = scope.subject === "deal" ? "updatedAt" : "lastContactedAt";
  return compare(nameField(scope, field), "<", `-${duration}`);
};

const STRETCH = "in|for|within|over|since [the] [last|past|more|over|at] [than|least] <duration>";

const SOURCES = wordsOf(
  "linkedin referral referrals website webinar facebook google ads newsletter event conference import partner",
);

/** What somebody or something has to do with others, by what is said of it. */
const RELATIONS: readonly Relation[] = [
  relation(
    [
      "owned|managed|handled|held by <person>",
      "assigned to <person>",
      "belonging|belongs|belong to <person>",
    ],
    ({ person = "" }, scope) => compare(nameField(scope, "owner"), "==", person),
  ),
  relation(
    ["assigned|owned [to|by] [somebody|someone|anyone|anybody|a] [rep]", "an|any owner"],
    (_, scope) => exists(nameField(scope, "owner")),
  ),
  relation(
    [
      "+come|came [in|to] [us] from|through|via [a|an|our|the] <text>",
      "got|get from [a|an|our|the] <text>",
      "signed|registered|joined [up] via|through|from|on [a|an|our|the] <text>",
      "sourced|acquired|generated|originated|originating from|through|via|by <text>",
      "from [the] source <text>",
    ],
    ({ text = "" }, { searched }) =>
      compare(searched === undefined ? "contact.source" : "source", "==", text),
  ),
  relation(
    [
      "[gone|been|stayed] stalled|idle|untouched|stale|quiet|inactive|silent|stuck|dormant [for|since] [more|over|at|>] [than|least] [the] [last|past] <duration>",
      `[with|having|had|seen|shown] no|zero [new|recent] activity|update|updates|movement|contact|touch|touches|change|changes ${STRETCH}`,
    ],
    quiet,
  ),
  relation(
    ["older than <duration>", "[from] more than <duration> old", "<duration> old|older"],
    ({ duration = "" }, scope) => compare(nameField(scope, "createdAt"), "<", `-${duration}`),
  ),
  relation(
    ["newer|younger|fresher than <duration>", "less than <duration> old"],
    ({ duration = "" }, scope) => compare(nameField(scope, "createdAt"), ">=", `-${duration}`),
  ),
  relation(["in|from|within [the|our] <bare> department|team|dept"], ({ bare = "" }, scope) =>
    compare(nameField(scope, "department"), "==", bare),
  ),
  relation(["from|via [a|the|our] <text>"], ({ text = "" }, { searched }) =>
    SOURCES.has(text.toLowerCase())
      ? compare(searched === undefined ? "contact.source" : "source", "==", text)
      : undefined,
  ),
  relation(["past|beyond [their|its|the|due] close|closing|due date", "overdue"], (_, scope) =>
    compare(place(scope, "deal", "closeDate"), "<", "today"),
  ),
  relation(
    ["closing|+close|due|expected [to] [close] in|within [the] [next|coming] <duration>"],
    ({ duration = "" }, scope) => {
      const field = place(scope, "deal", "closeDate");
      return joinAll([compare(field, ">=", "today"), compare(field, "<=", duration)]);
    },
  ),
  relation(
    [
      "marked|flagged|classified|listed [as] <text>",
      "in|at|on [the] status [of|:] <text>",
      "in|with|having|at [the|a] <quoted> status",
      "in|with|having|at [the|a] <bare> status",
    ],
    ({ text, quoted, bare }, scope) =>
      compare(nameField(scope, "status"), "==", text ?? quoted ?? bare ?? ""),
  ),
  relation(["closed|closed-won|marked [as] won", "closed-won"], wonAt("Closed Won")),
  relation(["closed|closed-lost|marked [as] lost", "closed-lost"], wonAt("Closed Lost")),
  relation(["on|with [the|a|our|an] <bare> plan|package|subscription"], ({ bare = "" }, scope) =>
    compare(nameField(scope, "plan"), "==", bare),
  ),
];

/** Said of deals alone. */
const OF_DEALS: readonly Relation[] = [
  relation(["won"], wonAt("Closed Won")),
  relation(["lost"], wonAt("Closed Lost")),
  relation(["closed"], (_, scope) => compare(place(scope, "deal", "open"), "==", false)),
  relation(
    ["+move|moved|+progress|+advance|gone|went|reached [in] to|into [the] [stage] <text> [stage]"],
    ({ text = "" }, scope) => compare(place(scope, "deal", "stage"), "==", text),
  ),
  relation(["open|active"], (_, scope) => compare(place(scope, "deal", "open"), "==", true)),
];

/** Said with "not": "has not heard from us in 6 months", "have not moved in 14 days". */
const UNTOUCHED: readonly Relation[] = [
  relation(
    [
      `+hear|heard from us|me ${STRETCH}`,
      `in touch [with] [us|them|him|her] ${STRETCH}`,
      `+speak|spoken|talked|talk [to|with] [us|them|him|her] ${STRETCH}`,
      `+move|moved|progressed|+change|+touch [at] [all] ${STRETCH}`,
      `[any|a] activity|movement|contact|touch|update|updates ${STRETCH}`,
      `active ${STRETCH}`,
    ],
    quiet,
  ),
  relation([`+hear|heard from|of [them|him|her] ${STRETCH}`], (captures, scope) =>
    scope.searched === undefined ? undefined : quiet(captures, scope),
  ),
];

export function readRelation(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  if (isNegated) {
    const untouched = firstOf(source, at, scope, UNTOUCHED);
    if (untouched !== undefined) return untouched;
  }
  const ofDeal = scope.subject === "deal" ? firstOf(source, at, scope, OF_DEALS) : undefined;
  const found = firstOf(source, at, scope, RELATIONS) ?? ofDeal;
  return found === undefined
    ? undefined
    : { value: negateIf(isNegated, found.value), next: found.next };
}

function patternsOf({ patterns }: Relation): readonly Pattern[] {
  return patterns;
}

function firstOf(
  source: Source,
  at: number,
  scope: Scope,
  relations: readonly Relation[],
): Read<Condition> | undefined {
  for (const { patterns, build } of possibleAt(source, at, relations, patternsOf)) {
    const match = matchFirst(source, at, patterns);
    const value = match === undefined ? undefined : build(match.captures, scope);
    if (match !== undefined && value !== undefined) return { value, next: match.next };
  }
  return undefined;
}
