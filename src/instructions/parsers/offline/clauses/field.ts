import type { PlanStep, Value } from "#domain/plan.ts";

import { type Context, type Family, one, part, readParts } from "../clause.ts";
import { type Match, matchAt, matchFirst, pattern } from "../pattern.ts";
import { camelCase, type Kind, ownerOf, readKnownField } from "../readers/fields.ts";
import { readValue } from "../readers/values.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { wordTable } from "../word-table.ts";
import { EACH, ENTITY } from "./recipients.ts";

interface Target {
  readonly entity: Kind;
  readonly field: string;
  readonly custom?: boolean;
}

const CHANGE = pattern(
  "+set|+change|+update|+switch|+move|+put|+edit|+flip|+turn|+modify|+mark|+make|+fill|+adjust|+raise|+bump [over|back|in|up]",
);
const TO = ["from <text> to|into", "to|as|=|:|equal|with|is|into|on|from [to|be]"].map(pattern);

export const updateField: Family = {
  name: "update_field",
  read: (source, at, context) => {
    const reads = [readStage, readSetting, readMarking, readOwner, readNote].map((read) =>
      read(source, at, context),
    );
    return reads.reduce((best, read) =>
      read !== undefined && read.next > (best?.next ?? at) ? read : best,
    );
  },
};

function readSetting(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const head = matchAt(source, at, CHANGE);
  const target = head === undefined ? undefined : readTarget(source, head.next, context);
  if (target === undefined) return undefined;
  const to = matchFirst(source, target.next, TO);
  if (to === undefined) return undefined;
  const start = isWord(tokenAt(source, to.next), "be", "the", "a") ? to.next + 1 : to.next;
  const value = readNewValue(source, start);
  if (value === undefined) return undefined;
  return finish(source, update(target.value, value.value), value.next);
}

function readNewValue(source: Source, at: number): Read<Value> | undefined {
  const direct = readValue(source, at);
  if (direct !== undefined) return direct;
  const token = tokenAt(source, at);
  return token.kind === "word" && !isWord(token, "the", "a")
    ? { value: token.text, next: at + 1 }
    : undefined;
}

const OWNER = [
  "+assign|+set|+make|+change|+update [the|an] [contact|deal|company] [the] owner [to|as|=|is|:|be] <person>",
  "+make|+set <person> [the] [contact|deal|company] owner",
].map(pattern);

/** "assign owner Sarah" */
function readOwner(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, OWNER);
  const person = match?.captures.person;
  if (match === undefined || person === undefined) return undefined;
  const entity = KINDS[tokenAt(source, at + 1).word] ?? KINDS[tokenAt(source, at + 2).word];
  return finish(
    source,
    update({ entity: entity ?? context.subject, field: "owner" }, person),
    match.next,
  );
}

/** "status = Engaged", "deal stage = Discovery": as notes have it, without a verb. */
function readNote(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const target = readTarget(source, at, context);
  if (target === undefined || !isWord(tokenAt(source, target.next), "=", ":=")) return undefined;
  const value = readNewValue(source, target.next + 1);
  return value === undefined
    ? undefined
    : finish(source, update(target.value, value.value), value.next);
}

const TAIL = part<object>([
  `for|on|of ${ENTITY}`,
  "stage|status",
  "in the|our crm",
  "for me",
  "in the|our pipeline",
  "everywhere",
]);

function finish(source: Source, planStep: PlanStep, next: number): Read<readonly PlanStep[]> {
  return one(planStep, readParts(source, next, [TAIL], {}));
}

function update({ entity, field, custom }: Target, value: Value): PlanStep {
  const params = { entity, field, value };
  return { type: "update_field", params: custom === true ? { ...params, custom } : params };
}

const KINDS: Readonly<Record<string, Kind>> = wordTable({
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
});

const DETERMINERS = wordsOf("the a their its his her this that these those each every our all");

/** "the contact's status", "the custom company field 'segment'", "deal.stage", "their title". */
function readTarget(source: Source, at: number, context: Context): Read<Target> | undefined {
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
  return isWord(token, "custom", "'s", "field", "fields", "called", "named") || isKind(token);
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

const NO_FIELD = wordsOf("to as them it the a and for him her everyone all in on up over they");
const IS_SET = pattern("to|=|:|as|field");

const DEAL =
  "[the|this|that|each|every|all|these|those|any|their|our] deal|deals|opportunity|opportunities|opp|opps [stage]";

const STAGES = [
  `+move|+push|+advance|+bump|+progress|+shift|+change|+switch|+put|+transfer|+promote|+set|+drag|+update|+send (${DEAL}) [along|over|on|forward|back|up|ahead|'s] [stage] to|into|in|as [the|a] <text> [stage|column]`,
  "+move|+push|+advance|+bump|+progress|+shift [it|them|those|these] [all] [along|over|on|forward|back] to|into|in [the] [stage] [:] <text> [stage|column]",
  `+mark|+set|+flag|+close (${DEAL}) [out] as|to|: <text>`,
].map(pattern);

/** "move the deal to Negotiation", "push it into the Contract stage". */
function readStage(source: Source, at: number, { subject }: Context): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, STAGES);
  const value = match?.captures.text;
  if (match === undefined || value === undefined) return undefined;
  const isIt = isWord(tokenAt(source, at + 1), "it", "them", "those", "these", "to", "into");
  if (isIt && subject !== "deal")
    return subject === "contact" && hasStage(source, match)
      ? toStage(source, value, match.next)
      : undefined;
  return toStage(source, value, match.next);
}

function hasStage(source: Source, match: Match): boolean {
  for (let at = match.from; at < match.next; at++)
    if (isWord(tokenAt(source, at), "stage")) return true;
  return false;
}

function toStage(source: Source, value: string, next: number): Read<readonly PlanStep[]> {
  return finish(
    source,
    update({ entity: "deal", field: "stage" }, value.replace(/\s+stage$/i, "")),
    next,
  );
}

const MARKS = [
  `+mark|+flag|+set|+classify|+move|+label|+list|+change|+update|+switch|+turn|+put [${ENTITY}] [status] [as|to|:|down|over|into] [a|an|being|be] [status] <text>`,
].map(pattern);

/** "mark the contact as Qualified" sets the status. */
function readMarking(source: Source, at: number, { subject }: Context): ReturnType<Family["read"]> {
  const isMark = ["mark", "flag", "classify"].includes(tokenAt(source, at).lemma);
  const match = isMark ? matchFirst(source, at, MARKS) : undefined;
  if (match?.captures.text === undefined) return undefined;
  const named =
    matchAt(source, at + 1, pattern(`(${EACH})`)) === undefined
      ? KINDS[entityWord(source, at + 1)]
      : "contact";
  const isPronoun = isWord(
    tokenAt(source, at + 1),
    "it",
    "them",
    "those",
    "these",
    "each",
    "everyone",
  );
  return finish(
    source,
    update(
      { entity: isPronoun ? subject : (named ?? subject), field: "status" },
      match.captures.text,
    ),
    match.next,
  );
}

function entityWord(source: Source, at: number): string {
  const { word } = tokenAt(source, DETERMINERS.has(tokenAt(source, at).word) ? at + 1 : at);
  return word === "companies"
    ? "company"
    : word === "opportunities"
      ? "opportunity"
      : word.replace(/s$/, "");
}
