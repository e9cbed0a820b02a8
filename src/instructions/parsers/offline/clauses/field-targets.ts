import type { PlanStep, Value } from "#domain/plan.ts";

import { type Context, one, part, readParts } from "../clause.ts";
import { matchAt, pattern } from "../pattern.ts";
import { camelCase, type Kind, ownerOf, readKnownField } from "../readers/fields.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { wordTable } from "../word-table.ts";
import { ENTITY } from "./recipients.ts";

/** Which field of whom is set. */
export interface Target {
  readonly entity: Kind;
  readonly field: string;
  readonly custom?: boolean;
  /** Whether it is said whose it is. */
  readonly isOwned?: boolean;
}

export const KINDS: Readonly<Record<string, Kind>> = wordTable({
  contact: "contact",
  lead: "contact",
  person: "contact",
  prospect: "contact",
  company: "company",
  account: "company",
  organisation: "company",
  organization: "company",
  deal: "deal",
  opportunity: "deal",
  opp: "deal",
  contacts: "contact",
  leads: "contact",
  companies: "company",
  companys: "company",
  accounts: "company",
  deals: "deal",
});

export const DETERMINERS = wordsOf(
  "the a their its his her this that these those each every our all",
);

/** "the contact's status", "the custom company field 'segment'", "deal.stage", "their title". */
export function readTarget(source: Source, at: number, context: Context): Read<Target> | undefined {
  const path = readPath(source, at);
  if (path !== undefined) return path;
  let next = at;
  while (DETERMINERS.has(tokenAt(source, next).word)) next += 1;
  let entity = ownerBefore(source, at, context);
  let isCustom = false;
  while (isBeforeName(source, next)) {
    const { word } = tokenAt(source, next);
    entity = KINDS[word] ?? entity;
    isCustom ||= word === "custom";
    next += 1;
  }
  const behind = next > at ? readPath(source, next) : undefined;
  if (behind !== undefined) return behind;
  return readFieldName(source, next, entity, isCustom, context);
}

/** "their title" is a person's, "its tier" that of what was named last. */
function ownerBefore(source: Source, at: number, { subject, it }: Context): Kind | undefined {
  const token = tokenAt(source, at);
  if (isWord(token, "its")) return it === "contact" ? undefined : it;
  const isTheirs = isWord(token, "his", "her") || (isWord(token, "their") && subject === "contact");
  return isTheirs ? "contact" : undefined;
}

/** "custom", "company", "'s", "field": what stands before a field's own name ("lead score" is a name itself). */
function isBeforeName(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  const known = readKnownField(source, at);
  if (known !== undefined && known.next > at + 1) return false;
  return (
    isWord(token, "custom", "'s", "field", "fields", "property", "attribute", "called", "named") ||
    isKind(token)
  );
}

function isKind(token: Token): boolean {
  return token.kind === "word" && Object.hasOwn(KINDS, token.word);
}

function readPath(source: Source, at: number): Read<Target> | undefined {
  const token = tokenAt(source, at);
  const match = /^@?(contact|company|deal)\.(custom\.)?(\w+)$/.exec(token.text);
  if (match === null || (token.kind !== "word" && token.kind !== "variable")) return undefined;
  const entity = KINDS[match[1] ?? ""] ?? "contact";
  const target = { entity, field: match[3] ?? "", isOwned: true };
  return { value: match[2] === undefined ? target : { ...target, custom: true }, next: at + 1 };
}

interface Name {
  readonly field: string;
  readonly isCustom: boolean;
}

/** A field's name, and whether it is said before or behind it that it is a custom one. */
function readName(source: Source, at: number, isCustomBefore: boolean): Read<Name> | undefined {
  const named = nameOf(source, at, isCustomBefore);
  if (named === undefined) return undefined;
  const custom = matchAt(source, named.next, CUSTOM);
  const { text, kind } = tokenAt(source, at);
  const isCustom = isCustomBefore || custom !== undefined;
  const field = isCustom && kind === "quoted" ? text : named.value;
  return { value: { field, isCustom }, next: custom?.next ?? named.next };
}

function readFieldName(
  source: Source,
  at: number,
  entity: Kind | undefined,
  isCustomBefore: boolean,
  { subject }: Context,
): Read<Target> | undefined {
  const name = readName(source, at, isCustomBefore);
  if (name === undefined) return undefined;
  const { field, isCustom } = name.value;
  const behind = matchAt(source, name.next, OF_ENTITY)?.next ?? name.next;
  const said = entity ?? entityIn(source, name.next, behind);
  const owner = said ?? (isCustom ? subject : ownerOf(field, subject));
  const target: Target = { entity: owner, field, isOwned: said !== undefined };
  const next = skipNoun(source, behind);
  return { value: isCustom ? { ...target, custom: true } : target, next };
}

function skipNoun(source: Source, at: number): number {
  return isWord(tokenAt(source, at), "field", "value") ? at + 1 : at;
}

/** "the 'source' custom field" */
const CUSTOM = pattern("custom field|property|attribute");

const OF_ENTITY = pattern(
  "[field] of|on|for [the|this|that|each|their] contact|company|deal|lead|account|opportunity|contacts|companies|deals",
);

function nameOf(source: Source, at: number, isCustom: boolean): Read<string> | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "quoted")
    return { value: isCustom ? token.text : camelCase(token.text), next: at + 1 };
  const known = readKnownField(source, at);
  if (known !== undefined) return known;
  for (const length of [1, 2, 3]) {
    const isWords = Array.from({ length }, (_, index) => tokenAt(source, at + index)).every(
      ({ kind, word }) => kind === "word" && !NO_FIELD.has(word),
    );
    if (isWords && matchAt(source, at + length, IS_SET) !== undefined) {
      return { value: camelCase(slice(source, at, at + length)), next: at + length };
    }
  }
  return undefined;
}

const NO_FIELD = wordsOf(
  "contacts leads people companies deals where who whose with to as them it the a and for him her everyone all in on up over they down off away out back along aside forward one each every both",
);
const IS_SET = pattern("to|=|:|as|field|from");

const TAIL = part<object>([
  `for|on|of|to (${ENTITY} / the same)`,
  "stage|status",
  "in the|our crm",
  "for me",
  "in the|our pipeline",
  "everywhere",
]);

export function finish(
  source: Source,
  planStep: PlanStep,
  next: number,
): Read<readonly PlanStep[]> {
  return one(planStep, readParts(source, next, [TAIL], {}));
}

const WHOSE = pattern(
  "on|of|for|in|at [the|this|that|each|every|their] contact|company|deal|lead|account|opportunity ['s] [record|profile]",
);

/** "… to 'Strategic' on the company": whose field it is, said behind its value. */
export function setTarget(
  source: Source,
  target: Target,
  { value, next }: Read<Value>,
): Read<readonly PlanStep[]> {
  const whose = target.isOwned === true ? undefined : matchAt(source, next, WHOSE);
  const entity = whose === undefined ? undefined : entityIn(source, next, whose.next);
  const whole = entity === undefined ? target : { ...target, entity };
  return finish(source, update(whole, value), whose?.next ?? next);
}

/** The entity that is named between two places. */
export function entityIn(source: Source, from: number, to: number): Kind | undefined {
  for (let at = from; at < to; at++) {
    const kind = KINDS[tokenAt(source, at).word];
    if (kind !== undefined) return kind;
  }
  return undefined;
}

export function update({ entity, field, custom }: Target, value: Value): PlanStep {
  const params = { entity, field, value };
  return { type: "update_field", params: custom === true ? { ...params, custom } : params };
}

/** "the next stage": which that is nobody says. */
export const RELATIVE = /^(?:next|previous|following|same)\b/;
