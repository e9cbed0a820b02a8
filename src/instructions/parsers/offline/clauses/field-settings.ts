import type { PlanStep, Value } from "#domain/plan.ts";

import type { Context, Family } from "../clause.ts";
import { isVerb } from "../lexicon.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readDate } from "../readers/dates.ts";
import { readKnownField } from "../readers/fields.ts";
import { readText, readValue } from "../readers/values.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import { DETERMINERS, finish, KINDS, readTarget, setTarget, type Target } from "./field-targets.ts";
import { ENTITY } from "./recipients.ts";

const CHANGE = pattern(
  `+set|+change|+update|+switch|+move|+put|+edit|+flip|+turn|+modify|+mark|+make|+fill|+adjust|+raise|+bump|+reset|+assign|+revert|+lower|+drop|+reduce|+increase|+decrease|+boost|+lift|+cut|+correct|+overwrite|+bring|+take|+push|+advance|+record|+note|+log|+amend|+alter [over|back|in|up|down] [${ENTITY} :|with|so [that]]`,
);
const LABEL = pattern("field update|change :|-|–");
const TO = [
  "from <text> [over|up|down] to|into",
  "[over|up|down|back] to|as|=|:|equal|with|is|into|from|at [to|be] [the] [new] value [of|:]",
  "[over|up|down|back] to|as|=|:|equal|with|is|into|from|at [to|be]",
].map(pattern);

export function readSetting(
  source: Source,
  at: number,
  context: Context,
): ReturnType<Family["read"]> {
  const head = matchAt(source, at, CHANGE) ?? matchAt(source, at, LABEL);
  const target = head === undefined ? undefined : readTarget(source, head.next, context);
  if (head === undefined || target === undefined || !isField(source, head.next, target))
    return undefined;
  const value = readTo(source, target.next) ?? readPlainly(source, head.next, target.next);
  return value === undefined
    ? undefined
    : withMore(source, setTarget(source, target.value, value), context);
}

const SET_AGAIN = pattern("+set|+change|+switch|+update|+reset it|that [back|over]");

/** "set the record type to Channel, otherwise set it to Direct": the field that was set last. */
export function readSameField(
  source: Source,
  at: number,
  { setting }: Context,
): ReturnType<Family["read"]> {
  const again = setting?.type === "update_field" ? matchAt(source, at, SET_AGAIN) : undefined;
  const value = again === undefined ? undefined : readTo(source, again.next);
  if (setting?.type !== "update_field" || value === undefined) return undefined;
  return finish(
    source,
    { ...setting, params: { ...setting.params, value: value.value } },
    value.next,
  );
}

/** The value with what stands before it: "to 'Active'", "from New over to Active". */
function readTo(source: Source, at: number): Read<Value> | undefined {
  if (isOnValue(source, at)) return readNewValue(source, at + 1);
  const to = matchFirst(source, at, TO);
  if (to === undefined || isSource(source, to.next)) return undefined;
  return readNewValue(source, isArticle(source, to.next) ? to.next + 1 : to.next);
}

/** "Change the status on 'Active'", as several languages put it; "on Monday" and "on LinkedIn" are no values. */
function isOnValue(source: Source, at: number): boolean {
  const { kind } = tokenAt(source, at + 1);
  return isWord(tokenAt(source, at), "on") && (kind === "quoted" || kind === "number");
}

/** Behind these whatever is named is a field; behind other verbs only what is one ("lower the lead score"). */
const SETTING = wordsOf(
  "set change update edit amend alter switch flip modify reset overwrite correct adjust fill",
);

function isField(source: Source, from: number, { value, next }: Read<Target>): boolean {
  const isSaid = value.isOwned === true || value.custom === true;
  return isSaid || SETTING.has(tokenAt(source, from - 1).lemma) || isNamed(source, from, next);
}

function isNamed(source: Source, from: number, to: number): boolean {
  const isSet = SETTING.has(tokenAt(source, from - 2).lemma);
  return isSet || isKnown(source, from, to) || tokenAt(source, to - 1).kind === "quoted";
}

/** "Update the phone from Apollo" names no value; "from @form.phone" does. */
function isSource(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at - 1), "from") && tokenAt(source, at).kind !== "variable";
}

/** "Set status Active": a field that everybody knows, and a value that is plainly one. */
function readPlainly(source: Source, from: number, at: number): Read<Value> | undefined {
  const isPlain = isPlainValue(source, at) && isKnown(source, from, at);
  return isPlain ? readNewValue(source, at) : undefined;
}

export function isPlainValue(source: Source, at: number): boolean {
  const { kind, isCapital } = tokenAt(source, at);
  const isFlag = isWord(tokenAt(source, at), "true", "false");
  return kind === "quoted" || kind === "number" || isCapital || isFlag;
}

const AND = pattern("and|,|&|plus [and|also] [+set|+change|+update]");

/** "… to Webinar and the status to Active": more fields of the same verb. */
function withMore(
  source: Source,
  first: Read<readonly PlanStep[]>,
  context: Context,
): Read<readonly PlanStep[]> {
  const isPast = isWord(tokenAt(source, first.next - 1), "and", ",", "&");
  const start = matchAt(source, first.next, AND)?.next ?? (isPast ? first.next : undefined);
  const [last] = first.value.slice(-1);
  const it = last?.type === "update_field" ? last.params.entity : context.it;
  const target = start === undefined ? undefined : readTarget(source, start, { ...context, it });
  const value = target === undefined ? undefined : readTo(source, target.next);
  if (target === undefined || value === undefined) return first;
  const more = setTarget(source, target.value, value);
  return withMore(source, { value: [...first.value, ...more.value], next: more.next }, context);
}

/** "to a customer", but not "to A". */
function isArticle(source: Source, at: number): boolean {
  const isLast = tokenAt(source, at + 1).kind !== "word";
  return (
    isWord(tokenAt(source, at), "be", "the", "a") && !(isLast || tokenAt(source, at).isCapital)
  );
}

/** "+49 30 1234567": written in groups, and no number to count with. */
function readDigits(source: Source, at: number): Read<Value> | undefined {
  let next = isWord(tokenAt(source, at), "+") ? at + 1 : at;
  const first = next;
  while (tokenAt(source, next).kind === "number" || isWord(tokenAt(source, next), "-", "(", ")"))
    next += 1;
  const groups = source.tokens.slice(first, next).filter(({ kind }) => kind === "number").length;
  return groups > 2 || (first > at && groups > 0)
    ? { value: slice(source, at, next), next }
    : undefined;
}

const INSIDE = ["to", "and", "&", "for", "in", "with", "on"];

/** "VP of Sales and Marketing", "Ready to Buy": a name goes on with the next capital, where no other field begins. */
function widen(source: Source, at: number, read: Read<Value>): Read<Value> {
  const { next } = read;
  const following = tokenAt(source, next + 1);
  const isName = typeof read.value === "string" && tokenAt(source, at).isCapital;
  const isMore = isWord(tokenAt(source, next), ...INSIDE) && following.isCapital;
  if (!isName || !isMore || isVerb(following.word)) return read;
  const more = readText(source, next + 1);
  if (more === undefined || matchFirst(source, more.next, TO) !== undefined) return read;
  return widen(source, at, { value: slice(source, at, more.next), next: more.next });
}

/** Nothing is counted for a field. */
const COUNTED = /^(?:the )?(?:number|count|sum|average|total) of\b/i;

/** "the next one", "nobody": which value that is would have to be found out first. */
const RELATIVE = wordsOf("next previous following same nobody noone whoever someone somebody");

function isRelative(source: Source, at: number): boolean {
  const { kind, word, isCapital } = tokenAt(source, at);
  return kind === "word" && !isCapital && RELATIVE.has(word);
}

/** "the number of deals", "the company's owner" */
function isWorkedOut(source: Source, at: number, { value, next }: Read<Value>): boolean {
  const isOfAnother = source.tokens.slice(at, next).some(({ word }) => word === "'s");
  return isOfAnother || COUNTED.test(String(value));
}

function readNewValue(source: Source, at: number): Read<Value> | undefined {
  const digits = readDate(source, at) === undefined ? readDigits(source, at) : undefined;
  if (digits !== undefined) return digits;
  const direct = isRelative(source, at) ? undefined : readValue(source, at);
  if (direct !== undefined)
    return isWorkedOut(source, at, direct) ? undefined : widen(source, at, direct);
  if (isRelative(source, at)) return undefined;
  const token = tokenAt(source, at);
  return token.kind === "word" && !isWord(token, "the", "a")
    ? { value: token.text, next: at + 1 }
    : undefined;
}

const INTO = pattern(
  "+put|+write|+record|+enter|+store|+log|+copy|+add|+set [the] [value] [of|:] <value> in|into|to|under",
);

/** "Put 'Gold' into the custom field 'tier'". */
export function readInto(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const match = matchAt(source, at, INTO);
  const value = match?.captures.value;
  const target = match === undefined ? undefined : readTarget(source, match.next, context);
  if (match === undefined || value === undefined || target === undefined) return undefined;
  const isSaid = target.value.custom === true || isFieldNamed(source, match.next, target.next);
  return isSaid ? setTarget(source, target.value, { value, next: target.next }) : undefined;
}

function isFieldNamed(source: Source, from: number, to: number): boolean {
  return source.tokens.slice(from, to).some((token) => isWord(token, "field"));
}

/** Of several ("deals stage = Demo") it is said whom to find, not what to set. */
function isEntity(word: string): boolean {
  return KINDS[word] !== undefined && !word.endsWith("s");
}

/** Whether the words up to a place are a field that everybody knows, with at most its entity before it. */
function isKnown(source: Source, from: number, to: number): boolean {
  let at = from;
  while (at < to && readKnownField(source, at)?.next !== to) {
    const { word } = tokenAt(source, at);
    if (!DETERMINERS.has(word) && !isEntity(word) && word !== "'s") break;
    at += 1;
  }
  if (readKnownField(source, at)?.next === to) return true;
  return to === from + 1 && tokenAt(source, from).text.includes(".");
}

/** "status = Engaged", "deal stage = Discovery": as notes have it, without a verb. */
export function readNote(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const target = readTarget(source, at, context);
  if (target === undefined || !isWord(tokenAt(source, target.next), "=", ":")) return undefined;
  if (target.value.field === "email" && isWord(tokenAt(source, target.next), ":")) return undefined;
  if (!isKnown(source, at, target.next)) return undefined;
  const value = readNewValue(source, target.next + 1);
  return value === undefined ? undefined : setTarget(source, target.value, value);
}
