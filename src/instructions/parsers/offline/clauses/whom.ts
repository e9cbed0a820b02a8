import type { Condition } from "#domain/plan.ts";

import { readCondition } from "../conditions/expression.ts";
import { readLead } from "../conditions/leads.ts";
import { compare, joinAll, joinAny, negate, placeAll, type Scope } from "../conditions/scope.ts";
import { matchAt, pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, within } from "../source.ts";
import { kindOf, readNoun } from "./search-nouns.ts";

/** Who of those that are there is meant: "anyone tagged VIP", "VPs in Berlin and people at Acme", "existing customers". */

const PRONOUNS = `who|anyone|anybody|everyone|everybody|someone|somebody|whoever|whomever|people|person|those|them|ones|one|any|all|
  contacts|contact|leads|lead|prospects|prospect|records|companies|company|accounts|account|deals|deal|opps|opportunities`;
const SOME = pattern(
  `[over|out] [any|all|the|those|every|each|our|of|also] [of] [the|our|those|these] [other|remaining] ${PRONOUNS.replaceAll(/\s+/g, "")} [of] [them|those|the] [else|ones|people|contacts|leads]`,
);
const STILL = pattern("[who|that|which] [are|is|still|already] [listed|found|present]");

export function readWhom(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const others = readOthers(source, at, scope);
  if (others !== undefined) return others;
  const joints = jointsFrom(source, at);
  for (const end of [...joints, source.end]) {
    const first = readThose(within(source, end), at, scope);
    if (first === undefined) continue;
    const joint = matchAt(source, first.next, JOINT);
    const more = joint === undefined ? undefined : readWhom(source, joint.next, scope);
    if (more !== undefined) return { value: joinAny([first.value, more.value]), next: more.next };
    if (first.next < end && end < source.end) continue;
    return readThose(source, at, scope) ?? first;
  }
  return undefined;
}

const JOINT = pattern("[,] and|or|plus|nor|, [also] [and|or]");

/** Where others are named behind a joint: "…, and those in Germany". */
function jointsFrom(source: Source, at: number): readonly number[] {
  const ends: number[] = [];
  for (let next = at + 1; next < source.end && ends.length < MOST; next++) {
    const joint = matchAt(source, next, JOINT);
    if (joint !== undefined && isNamed(source, joint.next)) ends.push(next);
  }
  return ends;
}

const MOST = 6;

const THE_ONE = pattern("the|this|that contact|person|lead|prospect|company|account|deal");

/** "and the contact is in Rome" tells something of the one who is spoken of, and names no other. */
function isNamed(source: Source, at: number): boolean {
  const next = matchAt(source, at, SOME)?.next ?? readNoun(source, at)?.next;
  if (next === undefined || matchAt(source, at, THE_ONE) !== undefined) return false;
  return !isWord(tokenAt(source, next), "'s") && !readLead(source, next).hasCopula;
}

/** "everyone except VPs and CEOs": all that are named are left out. */
function readOthers(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const some = matchAt(source, at, SOME);
  if (some === undefined) return undefined;
  const subject = kindWithin(source, at, some.next) ?? scope.subject;
  return readAllBut(source, some.next, { ...scope, subject });
}

function readThose(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const some = matchAt(source, at, SOME);
  if (some !== undefined) {
    const subject = kindWithin(source, at, some.next) ?? scope.subject;
    const said = readSaid(source, some.next, { ...scope, subject });
    const gloss = said ?? readGloss(source, some.next, { ...scope, subject });
    if (gloss !== undefined) return gloss;
  }
  return readMemory(source, at, scope) ?? readKind(source, at, scope);
}

const ALL_BUT = pattern("(except for / other than / apart|aside from / but|except|excluding|save)");

/** "everyone except those tagged VIP" */
function readAllBut(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const head = matchAt(source, at, ALL_BUT);
  const whom = head === undefined ? undefined : readWhom(source, head.next, scope);
  return whom === undefined ? undefined : { value: negate(whom.value), next: whom.next };
}

const LONGEST_GLOSSED = 6;

/** "who already registered (contact.registered is true)": words of one's own, and in parentheses what they mean. */
function readGloss(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  for (let next = at; next < at + LONGEST_GLOSSED; next++) {
    if (isWord(tokenAt(source, next), "(")) {
      const inner = readCondition(source, next + 1, scope);
      const isWhole = inner !== undefined && isWord(tokenAt(source, inner.next), ")");
      return isWhole ? { ...inner, next: inner.next + 1 } : undefined;
    }
    if (tokenAt(source, next).kind !== "word") return undefined;
  }
  return undefined;
}

/** What is said of them, or what was remembered that holds them. */
export function readSaid(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  return (
    readMemory(source, at, scope) ??
    readCondition(source, matchAt(source, at, WHERE)?.next ?? at, scope) ??
    readCondition(source, matchAt(source, at, STILL)?.next ?? at, scope)
  );
}

const WHERE = pattern("where|if|when [:]");
const MEMORY = pattern("[in|on|from] <variable>");

/** "@memory.contacted" */
function readMemory(source: Source, at: number, { subject }: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, MEMORY);
  if (match?.captures.variable?.startsWith("@memory.") !== true) return undefined;
  const after = tokenAt(source, match.next);
  if (after.word !== "" && after.kind !== "mark") return undefined;
  return { value: compare(subject, "in", match.captures.variable), next: match.next };
}

/** "existing customers", "VPs in Berlin", "untagged leads": what they are, and what is said of them. */
function readKind(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const noun = readNoun(source, at);
  if (noun === undefined || noun.value.conditions.length === 0 || noun.value.limit !== undefined)
    return undefined;
  const { kind, conditions } = noun.value;
  const own = { ...scope, subject: kind };
  const placed =
    scope.searched === kind ? conditions : conditions.map((one) => placeAll(one, kind));
  const said = readSaid(source, noun.next, own);
  const all = said === undefined ? placed : [...placed, said.value];
  return { value: joinAll(all), next: said?.next ?? noun.next };
}

function kindWithin(source: Source, from: number, to: number): Kind | undefined {
  for (let at = from; at < to; at++) {
    const kind = kindOf(tokenAt(source, at).word);
    if (kind !== undefined) return kind;
  }
  return undefined;
}
