import type { Condition } from "#domain/plan.ts";

import { type Family, one, part, readParts } from "../clause.ts";
import { readCondition } from "../conditions/expression.ts";
import { negate, type Scope } from "../conditions/scope.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isReactionToday } from "../reactions.ts";
import type { Kind } from "../readers/fields.ts";
import { type Read, type Source, tokenAt, within } from "../source.ts";
import { readSaid, readWhom } from "./whom.ts";

const DROPPING = [
  "+skip|+exclude|+ignore|+omit|+disregard|+bypass|+discard|+avoid [over|out] [:]",
  "+leave|+filter|+weed|+rule|+take|+kick|+pass|+drop|+cut|+sort|+throw out|over|off|aside|away",
  "+remove|+drop|+cut|+leave",
  "do not [ever] [want|need] [to] +include|+email|+contact|+mail|+message|+touch|+send|+process|+reach|+bother|+pester|+disturb|+write [out|to|it|this|anything] [to]",
  "never +include|+email|+contact|+mail|+message|+touch|+send|+process|+write [anything|to|this] [to]",
  "no email|emails|outreach|messages|message|contact|mail [is|are|should|must|may|shall|will|can|gets] [to] [be|go|goes] [sent] for|to",
  "nothing is|are|should|must|may|shall|will|can [to] [be|go|goes] [sent] for|to",
  "suppression|suppressions|suppress|exclusion|exclusions|exclude [list|criteria|rule|rules] :|–",
].map(pattern);

/** What may be asked of each without naming them: "skip if they replied". */
const PLAIN = pattern(
  "(+skip|+exclude|+ignore|+omit|+disregard|+bypass|+discard|+avoid [over|out] [:] / +leave|+filter|+drop|+remove [out] if|when|where|unless)",
);

const KEEPING = [
  "[only] +keep|+continue|+proceed|+include|+retain [on] [only|just] [with|for|those]",
  "only +continue|+proceed|+go [on|ahead] [with|for]",
  "+continue|+proceed|+keep|+carry|+go [on|going|ahead] only|just [if|when|where|with|for]",
].map(pattern);

const IF = pattern("if|when|where|unless [they|it]");

/** "Remove the tag In Cadence" takes a tag off, and leaves nobody out. */
const TAG_OFF = pattern(
  "+remove|+drop|+cut|+take|+leave|+throw [off|out|away] [the|their|its|any|a] (tag|tags|label|labels / <text> tag|tags|label|labels)",
);

export const skip: Family = {
  name: "skip",
  read: (source, at, { subject }) => {
    const told = readNobody(source, at, subject) ?? readDenied(source, at, subject);
    if (told !== undefined) return one({ type: "skip", params: told.value }, told.next);
    return readSkip(source, at, subject);
  },
};

function readSkip(source: Source, at: number, subject: Kind): ReturnType<Family["read"]> {
  const drop = matchFirst(source, at, DROPPING);
  const isKeeping = drop === undefined;
  const head = drop ?? matchFirst(source, at, KEEPING);
  if (head === undefined || (isKeeping && !isOnly(source, at, head.next))) return undefined;
  if (matchAt(source, at, TAG_OFF) !== undefined) return undefined;
  const isPlain = isKeeping || matchAt(source, at, PLAIN) !== undefined;
  const condition = readSkipped(source, head.next, { subject, isLoose: true }, isPlain);
  if (condition === undefined || isReactionToday(source, condition)) return undefined;
  const params: Condition = isKeeping ? negate(condition.value) : condition.value;
  return one({ type: "skip", params }, readParts(source, condition.next, [TAIL], {}));
}

const NOBODY = pattern(
  "[that] (nobody|noone|no-one|none / no one|contact|lead|customer|person) [else] [who|that|which]",
);
const REACHED = "emailed|contacted|mailed|messaged|written|included|sent|left|added|kept|invited";
const WITH_IT =
  "[to|in|on|from] [this|it|that|the|an|any|these|our|anything] [one|list|selection|email|emails|message|mail|invite|invitation|batch|campaign]";
const GETS = pattern(
  `should|must|may|can|shall|will|is|are|gets|get|receives|receive|ends|stays|remains [to] [be|get|receive|up] [${REACHED}] ${WITH_IT}`,
);

const DENIED = pattern(
  `must|should|may|can|shall|will|are|is|do|does not|never [ever] [to] [be|get|receive] [${REACHED}|touched|approached|enrolled|get|receive] ${WITH_IT} [again]`,
);

/** "Anyone tagged DNC must never be emailed": they are left out. */
function readDenied(source: Source, at: number, subject: Kind): Read<Condition> | undefined {
  for (let end = at + 1; end < source.end; end++) {
    const denied = matchAt(source, end, DENIED);
    if (denied === undefined || denied.next < source.end || denied.next < end + SHORTEST_DENIAL)
      continue;
    const who = readWhom(within(source, end), at, { subject, isLoose: true });
    return who !== undefined && who.next >= end ? { ...who, next: denied.next } : undefined;
  }
  return undefined;
}

/** "… must never be emailed" */
const SHORTEST_DENIAL = 4;

/** "Nobody at Acme should get this": they are left out. */
function readNobody(source: Source, at: number, subject: Kind): Read<Condition> | undefined {
  const head = matchAt(source, at, NOBODY);
  if (head === undefined) return undefined;
  for (let end = head.next + 1; end < source.end; end++) {
    const gets = matchAt(source, end, GETS);
    if (gets === undefined || gets.next < source.end) continue;
    const who = readCondition(within(source, end), head.next, { subject, isLoose: true });
    return who !== undefined && who.next >= end ? { ...who, next: gets.next } : undefined;
  }
  return undefined;
}

const TAIL = part<object>([
  "from|of [the] list|selection|results|this|it|batch|run",
  "out",
  "alone",
  "off",
  "in peace",
  "entirely|completely|altogether",
  "after that|this",
]);

function isOnly(source: Source, at: number, next: number): boolean {
  for (let index = at; index < next; index++) {
    if (["only", "just"].includes(tokenAt(source, index).word)) return true;
  }
  return false;
}

/** Who is named, or what is asked of each: "skip if they replied", "skip: replied". */
function readSkipped(
  source: Source,
  at: number,
  scope: Scope,
  isPlain: boolean,
): Read<Condition> | undefined {
  const whom = readWhom(source, at, scope);
  if (whom !== undefined || !isPlain) return whom;
  const when = matchAt(source, at, IF);
  return readSaid(source, when?.next ?? at, scope);
}
