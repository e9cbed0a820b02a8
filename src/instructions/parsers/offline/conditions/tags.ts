import type { Condition } from "#domain/plan.ts";

import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readKnownField } from "../readers/fields.ts";
import { readList, readTag } from "../readers/values.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { isPresent } from "./comparators.ts";
import { readLead } from "./leads.ts";
import { readOperator } from "./quantities.ts";
import { compare, exists, joinAll, joinAny, nameField, negateIf, type Scope } from "./scope.ts";

/** What is said of tags: "tagged VIP", "the tags A and B", "a VIP tag", "the tag VIP is set". */

const TAGS = ["tag|tags|label|labels [of|:|called|named] <list>"].map(pattern);
const TAG_BEFORE = ["<quoted> tag|tags|label", "<bare> tag|label"].map(pattern);
const COMPARED_TAGS = pattern(
  "tag|tags contain|include|containing|contains|includes|including|that|in",
);

export function readHeldTag(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const field = nameField(scope, "tags");
  const before = matchFirst(source, at, TAG_BEFORE);
  const name = before?.captures.quoted ?? before?.captures.bare;
  if (before !== undefined && name !== undefined) {
    return { value: compare(field, "contains", name), next: before.next };
  }
  if (matchAt(source, at, COMPARED_TAGS) !== undefined) return undefined;
  return matchFirst(source, at, TAGS) === undefined ? undefined : tagged(source, at + 1, field);
}

/** "those already tagged": with whatever. */
const AFTER_ANY = new Set(["", ",", ".", ";", "->", "?", ")"]);
const TAGGED = pattern("tagged|labelled|labeled [as|with|either]");

/** "tagged VIP", "tagged 'A' or 'B'". */
export function readTagged(
  source: Source,
  at: number,
  scope: Scope,
  isNegated: boolean,
): Read<Condition> | undefined {
  const open = matchAt(source, at, TAGGED);
  if (open === undefined) return undefined;
  const field = nameField(scope, "tags");
  const isAny = open.next === at + 1 && AFTER_ANY.has(tokenAt(source, open.next).word);
  const found = isAny
    ? { value: exists(field), next: open.next }
    : tagged(source, open.next, field);
  return found === undefined
    ? undefined
    : { value: negateIf(isNegated, found.value), next: found.next };
}

const ON_THEM = [
  "[the] tag|label <text>",
  "[the] <quoted> tag|label",
  "[the] <bare> tag|label",
].map(pattern);
const THERE = pattern(
  "present|there|set|exists|exist|applied|on|assigned|given|missing|absent [to|on] [the|them|it|him|her|this] [contact|lead|company|deal]",
);
const LACKING = wordsOf("missing absent");

function readTagNamed(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, ON_THEM);
  const name = match?.captures.text ?? match?.captures.quoted ?? match?.captures.bare;
  return match === undefined || name === undefined ? undefined : { value: name, next: match.next };
}

/** "the tag VIP is present", "the VIP tag is missing". */
export function readTagPresence(
  source: Source,
  at: number,
  scope: Scope,
): Read<Condition> | undefined {
  const named = readTagNamed(source, at);
  if (named === undefined) return undefined;
  const { value: name, next } = named;
  const lead = readLead(source, next);
  const there = matchAt(source, lead.next, THERE);
  const { word } = tokenAt(source, lead.next);
  if (there === undefined || !(lead.hasCopula || word.startsWith("exist"))) return undefined;
  const held = compare(nameField(scope, "tags"), "contains", name);
  return { value: negateIf(LACKING.has(word) !== lead.isNegated, held), next: there.next };
}

const BEFORE_NAME = wordsOf("of : called named as with either");

/** "VIP", "A or B" (any of them), "A and B" (all of them). */
function tagged(source: Source, at: number, field: string): Read<Condition> | undefined {
  const start = BEFORE_NAME.has(tokenAt(source, at).word) ? at + 1 : at;
  const first = readSlashed(source, start);
  if (first === undefined) return undefined;
  const list = readList(source, start, readTagName);
  const values = list?.value ?? [first.value];
  const next = list?.next ?? first.next;
  const isAny = Array.from({ length: next - start }, (_, index) =>
    tokenAt(source, start + index),
  ).some((token) => isWord(token, "or", "/"));
  const parts = values.map((value) => compare(field, "contains", value));
  return { value: isAny ? joinAny(parts) : joinAll(parts), next };
}

/** "hot/warm" are two tags, "A/B Test" is one. */
function readSlashed(source: Source, at: number): Read<string> | undefined {
  const slash =
    isWord(tokenAt(source, at + 1), "/") && isWhole(source, at) && isWhole(source, at + 2);
  return readTag(slash ? within(source, at + 1) : source, at);
}

const SHORTEST = 3;

/** One word with nothing of its own behind it. */
function isWhole(source: Source, at: number): boolean {
  const { kind, text } = tokenAt(source, at);
  const after = tokenAt(source, at + 1);
  const isAlone = after.kind !== "word" || !after.isCapital;
  return kind === "word" && text.length >= SHORTEST && isAlone;
}

const NO_TAG = wordsOf("tagged opened replied in with who not their they the interested created");

function readTagName(source: Source, at: number): Read<string> | undefined {
  const { word, kind, text } = tokenAt(source, at);
  const isPath = (kind === "word" && /\w\.\w/.test(text)) || kind === "variable";
  const isOther = isPath || NO_TAG.has(word) || isFieldCompared(source, at);
  return isOther ? undefined : readSlashed(source, at);
}

/** `memory.touches` */
const PATH = /^\p{L}\w*[.[]/u;

/** "tagged A and city is B": a field that is compared is no tag. */
function isFieldCompared(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  if (token.kind === "word" && PATH.test(token.text)) return true;
  const field = readKnownField(source, at);
  if (field === undefined) return false;
  const lead = readLead(source, field.next);
  return (
    lead.hasCopula ||
    readOperator(source, field.next) !== undefined ||
    isPresent(source, field.next, lead)
  );
}
