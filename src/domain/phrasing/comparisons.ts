import type { Entity } from "../catalogue.ts";
import type { Comparison, Operator, Value } from "../plan.ts";
import type { Style } from "./style.ts";
import { fieldWords, listed, nameWords, phraseLength, quoted } from "./words.ts";

/** In a search the fields of what is searched stand without it. */
export type Place = "step" | Entity;

type Ways = readonly [string, ...string[]];

const OPERATORS: Readonly<Record<Operator, Ways>> = {
  "==": ["is", "=", "equals"],
  "!=": ["is not", "!=", "isn't"],
  ">": ["is over", "is more than", ">", "is above", "is greater than"],
  "<": ["is under", "is less than", "<", "is below"],
  ">=": ["is at least", ">="],
  "<=": ["is at most", "<="],
  contains: ["contains"],
  exists: ["exists"],
  in: ["is one of"],
};

/** What is said in other words when it is not so. */
const BOTH_WAYS: Partial<Record<Operator, readonly [yes: string, no: string]>> = {
  contains: ["contains", "does not contain"],
  exists: ["exists", "does not exist"],
  in: ["is in", "is not in"],
};

/** What people say of a flag of a contact, and of its opposite. */
const FLAGS: Readonly<Record<string, readonly [yes: Ways, no: Ways]>> = {
  replied: [
    ["the contact replied", "they replied", "the contact has replied"],
    ["the contact hasn't replied", "they haven't replied", "the contact did not reply"],
  ],
  openedEmail: [
    ["the contact opened the email", "they opened the email"],
    ["the contact hasn't opened the email", "they haven't opened the email"],
  ],
  interested: [
    ["the contact is interested", "they are interested"],
    ["the contact isn't interested", "they are not interested"],
  ],
};

/** What people say of a moment of something: since, and not since. */
const MOMENTS: Readonly<Record<string, readonly [since: string, before: string]>> = {
  createdAt: ["was created in the last", "was created more than"],
  updatedAt: ["was updated in the last", "was not updated in"],
  lastContactedAt: ["was contacted in the last", "was not contacted in"],
};

export function phraseComparison(
  comparison: Comparison,
  isNot: boolean,
  place: Place,
  style: Style,
): string {
  return (
    phraseSearched(comparison, isNot, style) ??
    phraseFlag(comparison, isNot, place, style) ??
    phraseTag(comparison, isNot, place, style) ??
    phraseMoment(comparison, isNot, place) ??
    phrasePlainly(comparison, isNot, place, style)
  );
}

function phraseSearched({ field, operator }: Comparison, isNot: boolean, style: Style) {
  if (field !== "search.results" || operator !== "exists") return undefined;
  return isNot
    ? style.pick(["the search found nothing", "search found nothing"])
    : style.pick(["the search found something", "search found something"]);
}

/** Of which entity the field is, and its name there. */
function partsOf(field: string, place: Place): readonly [entity?: string, name?: string] {
  if (place !== "step" && !field.includes(".")) return [place, field];
  const [, entity, name] = /^(contact|company|deal)\.(\w+)$/.exec(field) ?? [];
  return entity === undefined || name === undefined ? [] : [entity, name];
}

function phraseFlag(
  { field, operator, value }: Comparison,
  isNot: boolean,
  place: Place,
  style: Style,
) {
  const [entity, name = ""] = partsOf(field, place);
  if (entity !== "contact") return undefined;
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
  if (flag === undefined || typeof value !== "boolean") return undefined;
  if (operator !== "==" && operator !== "!=") return undefined;
  const isTrue = (value === (operator === "==")) !== isNot;
  return style.pick(flag[isTrue ? 0 : 1]);
}

function phraseTag(
  { field, operator, value }: Comparison,
  isNot: boolean,
  place: Place,
  style: Style,
) {
  if (operator !== "contains" || typeof value !== "string") return undefined;
  const [entity, name] = partsOf(field, place);
  if (entity === undefined || name !== "tags" || place !== "step") return undefined;
  const is = isNot ? style.pick(["isn't", "is not"]) : "is";
  return `the ${entity} ${is} tagged ${quoted(value)}`;
}

function phraseMoment({ field, operator, value }: Comparison, isNot: boolean, place: Place) {
  if (isNot || typeof value !== "string") return undefined;
  const [entity, name] = partsOf(field, place);
  const moment = name !== undefined && Object.hasOwn(MOMENTS, name) ? MOMENTS[name] : undefined;
  const words = moment === undefined ? undefined : phraseSpan(moment, operator, value);
  return words === undefined || entity === undefined ? undefined : `the ${entity} ${words}`;
}

function phraseSpan([since, before]: readonly [string, string], operator: Operator, value: string) {
  if (value === "today" && operator === ">=") return `${since.replace(/ in the last$/, "")} today`;
  if (!value.startsWith("-P")) return undefined;
  const length = phraseLength(value);
  if (operator === ">=") return `${since} ${length}`;
  if (operator !== "<") return undefined;
  return before.endsWith("more than") ? `${before} ${length} ago` : `${before} ${length}`;
}

function phrasePlainly(comparison: Comparison, isNot: boolean, place: Place, style: Style): string {
  const { field, operator, value } = comparison;
  const subject =
    place !== "step" && !field.includes(".") ? nameWords(field) : subjectOf(comparison);
  const [yes, no] = operator === "in" && Array.isArray(value) ? [] : (BOTH_WAYS[operator] ?? []);
  const said = isNot ? no : yes;
  if (said !== undefined)
    return `${subject} ${said}${operator === "exists" ? "" : ` ${phraseValue(value)}`}`;
  const words = `${subject} ${style.pick(OPERATORS[operator])} ${phraseValue(value)}`;
  return isNot ? `not (${words})` : words;
}

/** An entity itself can be in a list: "the contact". */
const subjectOf = ({ field }: Comparison): string =>
  /^(?:contact|company|deal)$/.test(field) ? `the ${field}` : fieldWords(field);

function phraseValue(value: Comparison["value"]): string {
  if (Array.isArray(value)) return listed(value.map(phraseOne), "or");
  return phraseOne(value as Value);
}

const phraseOne = (value: Value): string =>
  typeof value === "string" && !value.startsWith("@") ? quoted(value) : String(value);
