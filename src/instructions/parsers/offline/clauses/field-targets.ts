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
  let entity: Kind | undefined = isTheirs(source, at, context) ? "contact" : undefined;
  let isCustom = false;
  while (isBeforeName(source, next)) {
    const { word } = tokenAt(source, next);
    entity = KINDS[word] ?? entity;
    isCustom ||= word === "custom";
    next += 1;
  }
  return readFieldName(source, next, entity, isCustom, context);
}

function isTheirs(source: Source, at: number, { subject }: Context): boolean {
  const token = tokenAt(source, at);
  return isWord(token, "his", "her") || (isWord(token, "their") && subject === "contact");
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
  const target = { entity, field: match[3] ?? "" };
  return { value: match[2] === undefined ? target : { ...target, custom: true }, next: at + 1 };
}

function readFieldName(
  source: Source,
  at: number,
  entity: Kind | undefined,
  isCustom: boolean,
  { subject }: Context,
): Read<Target> | undefined {
  const field = nameOf(source, at, isCustom);
  if (field === undefined) return undefined;
  const place = matchAt(source, field.next, OF_ENTITY);
  const word = place === undefined ? "" : tokenAt(source, place.next - 1).word;
  const owner =
    entity ?? KINDS[word.replace(/s$/, "")] ?? (isCustom ? subject : ownerOf(field.value, subject));
  const target: Target = { entity: owner, field: field.value };
  const after = place?.next ?? field.next;
  const next = isWord(tokenAt(source, after), "field", "value") ? after + 1 : after;
  return { value: isCustom ? { ...target, custom: true } : target, next };
}

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
  "contacts leads people companies deals where who whose with to as them it the a and for him her everyone all in on up over they",
);
const IS_SET = pattern("to|=|:|as|field|from");

const TAIL = part<object>([
  `for|on|of ${ENTITY}`,
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

export function update({ entity, field, custom }: Target, value: Value): PlanStep {
  const params = { entity, field, value };
  return { type: "update_field", params: custom === true ? { ...params, custom } : params };
}
