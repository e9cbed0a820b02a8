import type { Context, Family } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Kind, ownerOf } from "../readers/fields.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import { isPlainValue, readInto, readNote, readSameField, readSetting } from "./field-settings.ts";
import { DETERMINERS, entityIn, finish, KINDS, RELATIVE, update } from "./field-targets.ts";
import { EACH, ENTITY } from "./recipients.ts";
import { readStage } from "./stages.ts";

export const updateField: Family = {
  name: "update_field",
  read: (source, at, context) => {
    const reads = [
      readSameField,
      readStage,
      readSetting,
      readInto,
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

const CONVERSION = [
  `+convert|+promote|+upgrade|+turn (${ENTITY}) [over] [to|into] [a|an|the] <text>`,
  `+put|+move|+set (${ENTITY}) [in|into|to|on] [the] status [of|:] <text>`,
  "+move|+shift [the|this|that|each|every] contact|contacts|lead|leads|prospect to|into [the] <text>",
  "+move|+shift|+set them|him|her|everyone|each [all] [over|on] to|into [the] <text>",
  "+set [the|this|that|each|every] contact|lead|prospect|company|account to|as [a|an|the] <text>",
  "+set them|him|her|everyone [all] to|as [a|an|the] <text>",
  `+make (${ENTITY}) [a|an|the] <text>`,
  `+put (${ENTITY}) down as [a|an|the] <text>`,
].map(pattern);

/** Nobody can be put into these. */
const IN_LIST =
  /\b(?:list|sequence|campaign|segment|folder|group|pipeline|bucket|queue|audience|cadence|workflow|database|crm)$/i;

/** "convert the lead to a customer", "put them in status Nurture", "move the contact to Nurture". */
function readConversion(
  source: Source,
  at: number,
  { subject }: Context,
): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, CONVERSION);
  if (match?.captures.text === undefined || IN_LIST.test(match.captures.text)) return undefined;
  const { text } = match.captures;
  if (text.startsWith("'s ") || RELATIVE.test(text)) return undefined;
  if (tokenAt(source, at).lemma === "make" && !isPlainValue(source, match.next - 1))
    return undefined;
  const entity = KINDS[entityWord(source, at + 1)] ?? subject;
  return finish(source, update({ entity, field: "status" }, text), match.next);
}

const GIFT = [
  "+give|+assign [a|an|the] <known> of <value>",
  `+give|+assign [${ENTITY}] [a|an|the] <known> of <value>`,
  `+give (${ENTITY}) a|an|the <known> <value>`,
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
  "+make|+set <person> [the] [contact|deal|company] ['s] owner",
  "+transfer|+assign|+give|+hand|+change|+move|+pass [over] [the] ownership [of] [the|this] [contact|deal|company] [over] to <person>",
].map(pattern);

/** "assign owner Sarah" */
function readOwner(source: Source, at: number, context: Context): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, OWNER);
  const person = match?.captures.person;
  if (match === undefined || person === undefined) return undefined;
  const entity = entityIn(source, at + 1, valueStart(source, at, match.next)) ?? context.subject;
  return finish(source, update({ entity, field: "owner" }, person), match.next);
}

/** Where the value begins: "to the company's owner" says nothing of whose owner is set. */
function valueStart(source: Source, from: number, to: number): number {
  for (let at = from; at < to; at++) if (isWord(tokenAt(source, at), "to", "as", "=")) return at;
  return to;
}

const MARKS = [
  `+mark|+flag|+set|+classify|+move|+label|+list|+change|+update|+switch|+turn|+put [${ENTITY}] [status] [as|to|:|down|over|into] [a|an|being|be] [status] <text>`,
].map(pattern);

/** "mark the contact as Qualified" sets the status. */
function readMarking(
  source: Source,
  at: number,
  { subject, it }: Context,
): ReturnType<Family["read"]> {
  const isMark = ["mark", "flag", "classify"].includes(tokenAt(source, at).lemma);
  const match = isMark ? matchFirst(source, at, MARKS) : undefined;
  if (match?.captures.text === undefined) return undefined;
  const entity = markedAt(source, at + 1, { subject, it });
  const field = entity === "deal" ? "stage" : "status";
  return finish(source, update({ entity, field }, match.captures.text), match.next);
}

const EACH_ONE = pattern(`(${EACH})`);
const THESE = ["them", "those", "these", "each", "everyone"];

/** Who is marked: "it" is what was named last, "them" what the plan works on. */
function markedAt(
  source: Source,
  at: number,
  { subject, it }: Pick<Context, "subject" | "it">,
): Kind {
  const token = tokenAt(source, at);
  if (isWord(token, "it")) return it;
  if (isWord(token, ...THESE)) return subject;
  if (matchAt(source, at, EACH_ONE) !== undefined) return "contact";
  return KINDS[entityWord(source, at)] ?? subject;
}

function entityWord(source: Source, at: number): string {
  const { word } = tokenAt(source, DETERMINERS.has(tokenAt(source, at).word) ? at + 1 : at);
  return word === "companies"
    ? "company"
    : word === "opportunities"
      ? "opportunity"
      : word.replace(/s$/, "");
}
