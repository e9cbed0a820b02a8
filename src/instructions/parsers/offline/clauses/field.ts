import type { Value } from "#domain/plan.ts";

import type { Context, Family } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readDate } from "../readers/dates.ts";
import { ownerOf, readKnownField } from "../readers/fields.ts";
import { readValue } from "../readers/values.ts";
import { isWord, type Read, slice, type Source, tokenAt } from "../source.ts";
import { DETERMINERS, finish, KINDS, readTarget, update } from "./field-targets.ts";
import { EACH, ENTITY } from "./recipients.ts";
import { readStage } from "./stages.ts";

const CHANGE = pattern(
  "+set|+change|+update|+switch|+move|+put|+edit|+flip|+turn|+modify|+mark|+make|+fill|+adjust|+raise|+bump|+reset|+assign|+revert [over|back|in|up]",
);
const TO = ["from <text> to|into", "to|as|=|:|equal|with|is|into|on|from [to|be]"].map(pattern);

export const updateField: Family = {
  name: "update_field",
  read: (source, at, context) => {
    const reads = [
      readStage,
      readSetting,
      readMarking,
      readConversion,
      readGift,
      readOwner,
      readNote,
    ].map((read) => read(source, at, context));
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
  const start = isArticle(source, to.next) ? to.next + 1 : to.next;
  const value = readNewValue(source, start);
  if (value === undefined) return undefined;
  return finish(source, update(target.value, value.value), value.next);
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

function readNewValue(source: Source, at: number): Read<Value> | undefined {
  const digits = readDate(source, at) === undefined ? readDigits(source, at) : undefined;
  if (digits !== undefined) return digits;
  const direct = readValue(source, at);
  if (direct !== undefined) return direct;
  const token = tokenAt(source, at);
  return token.kind === "word" && !isWord(token, "the", "a")
    ? { value: token.text, next: at + 1 }
    : undefined;
}

const CONVERSION = [
  `+convert|+promote|+upgrade|+turn (${ENTITY}) [over] [to|into] [a|an|the] <text>`,
  `+put|+move|+set (${ENTITY}) [in|into|to|on] [the] status [of|:] <text>`,
  "+move|+shift [the|this|that|each|every] contact|contacts|lead|leads|prospect to|into [the] <text>",
].map(pattern);

/** "convert the lead to a customer", "put them in status Nurture", "move the contact to Nurture". */
function readConversion(
  source: Source,
  at: number,
  { subject }: Context,
): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, CONVERSION);
  if (match?.captures.text === undefined) return undefined;
  const entity = KINDS[entityWord(source, at + 1)] ?? subject;
  return finish(source, update({ entity, field: "status" }, match.captures.text), match.next);
}

const GIFT = [
  "+give|+assign [a|an|the] <known> of <value>",
  `+give|+assign [${ENTITY}] [a|an|the] <known> of <value>`,
].map(pattern);

/** "give them a lead score of 75". */
function readGift(source: Source, at: number, { subject }: Context): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, GIFT);
  const { known, value } = match?.captures ?? {};
  if (match === undefined || known === undefined || value === undefined) return undefined;
  return finish(
    source,
    update({ entity: ownerOf(known, subject), field: known }, value),
    match.next,
  );
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
function readNote(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const target = readTarget(source, at, context);
  if (target === undefined || !isWord(tokenAt(source, target.next), "=", ":")) return undefined;
  if (target.value.field === "email" && isWord(tokenAt(source, target.next), ":")) return undefined;
  if (!isKnown(source, at, target.next)) return undefined;
  const value = readNewValue(source, target.next + 1);
  return value === undefined
    ? undefined
    : finish(source, update(target.value, value.value), value.next);
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
