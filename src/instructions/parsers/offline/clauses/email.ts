import type { Family, Part } from "../clause.ts";
import { one, part, readParts } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { type Read, type Source, isWord, slice, tokenAt, wordsOf } from "../source.ts";
import { EACH } from "./recipients.ts";

interface Draft {
  template?: string;
  subject?: string;
  body?: string;
  to?: string;
}

const SENDING = [
  "+send|+resend|+drop|+shoot|+fire|+forward|+deliver|+write|+give|+pop|+push [off|out|over|back]",
  `${EACH} should|must|will|needs|gets|get|receives|receive [to] [be|get|receive] [sent]`,
  "reach out [by|via|with|through]",
  "[have|get] [them] sent",
].map(pattern);

const MAILING = [
  "+email|+mail [out|off|over|back]",
  "reach out to [them] [by|via|with|over] [an] email",
  "follow up [with] [them|him|her|everyone|the] [contact|contacts|lead|leads] [by|via|over|with] [an|a] [email]",
].map(pattern);

const NOUNS = wordsOf("email emails e-mail mail template templates message");
const ALONE = wordsOf(
  "follow-up f/u reminder bump nudge intro breakup check-in followup newsletter welcome",
);
const DETERMINERS = wordsOf("the a an our my your this that their another one its");
const MANNER =
  wordsOf(`short quick friendly personalized personalised brief nice polite warm-hearted simple plain little personal gentle-tone
  custom tailored concise casual formal new single automated proper lovely kind email`);
const FOREIGN =
  wordsOf(`whatsapp sms slack text telegram voice voicemail video fax postcard letter gift mms messenger instagram twitter facebook
  teams push linkedin direct-message dm handwritten invoice contract calendar signal wechat discord`);
const NO_NAME =
  wordsOf(`not never do does no have has is are was will should every when then else but to and or with using via from them him her everyone each saying that who if unless about subject on for by in at no
  him it template`);

/** "the gentle bump email", "our Door Is Open template", "an email", "a follow-up": a name before its noun. */
function readNamed(source: Source, at: number): Read<string> | undefined {
  const start = DETERMINERS.has(tokenAt(source, at).word) ? at + 1 : at;
  for (let next = start; next <= start + 7; next++) {
    const token = tokenAt(source, next);
    if (isNoun(source, next)) return named(source, start, next);
    if (token.kind === "quoted" && next === start && isNoun(source, next + 1)) {
      return { value: token.text, next: skipNouns(source, next + 1) };
    }
    const isName =
      token.kind === "word" ||
      token.kind === "number" ||
      token.kind === "ordinal" ||
      ["-", "&"].includes(token.word);
    if (!isName || FOREIGN.has(token.word) || (NO_NAME.has(token.word) && !token.isCapital)) break;
  }
  const after = skipManner(source, start);
  const token = tokenAt(source, after);
  return ALONE.has(token.word) &&
    token.kind === "word" &&
    !isWord(tokenAt(source, after + 1), "task", "call")
    ? { value: token.word === "f/u" ? "follow-up" : token.text, next: after + 1 }
    : undefined;
}

function isNoun(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return token.kind === "word" && NOUNS.has(token.word);
}

function named(source: Source, start: number, noun: number): Read<string> {
  const from = skipManner(source, start);
  const name = from < noun ? slice(source, from, noun) : "";
  return {
    value: name.toLowerCase() === "f/u" ? "follow-up" : name,
    next: skipNouns(source, noun),
  };
}

function skipManner(source: Source, at: number): number {
  let next = at;
  while (
    !isNoun(source, next) &&
    MANNER.has(tokenAt(source, next).word) &&
    !tokenAt(source, next).isCapital
  )
    next += 1;
  if (isWord(tokenAt(source, next), "and", ",") && MANNER.has(tokenAt(source, next + 1).word))
    return skipManner(source, next + 1);
  return next;
}

function skipNouns(source: Source, at: number): number {
  let next = at;
  while (isNoun(source, next)) next += 1;
  return next;
}

/** A name after its noun: "template 'Intro'", "the email called Intro". */
const NAMED_AFTER = [
  "[the|our|a|an] [email] template|email [called|named|titled|:|,] <quoted>",
  "[the|our|a] [email] template [called|named|titled|:] <bare>",
  "[the|our] <quoted>",
  "the|our <bare>",
].map(pattern);

const TEXT = "[line] [:|of|is|=|that|reading|saying|says|reads|as] [says|reads] <quoted>";

const PARTS: readonly Part<Draft>[] = [
  part<Draft>(
    [
      `[with|using|and|,] [the|a|an|this|as] subject ${TEXT}`,
      "[with|using] [the|a] subject [line] [:|of|=] <bare>",
      "subject-line|headline <quoted>",
    ],
    (draft, { quoted, bare }) => {
      draft.subject = quoted ?? bare ?? "";
    },
  ),
  part<Draft>(
    [
      `[with|using|and|,] [the|a|an|this|as] body|content|copy ${TEXT}`,
      `[with|and] [the|a] message|text ${TEXT}`,
      "saying|reading|stating|telling [them|him|her] [that] [:] <quoted>",
      "that|which says|reads|goes [:] <quoted>",
    ],
    (draft, { quoted }) => {
      draft.body = quoted ?? "";
    },
  ),
  part<Draft>([": <quoted>"], (draft, { quoted }) => {
    draft.template ??= quoted ?? "";
  }),
  part<Draft>([`to ${EACH}`, EACH, "by|via|over email"]),
  part<Draft>(["to <person>"], (draft, { person }) => {
    draft.to = person ?? "";
  }),
];

const USING = pattern("with|using|via|from|off|based|use [on|of|off]");

/** Reads templates among the other parts; the first that is named wins. */
function readBody(
  source: Source,
  at: number,
  draft: Draft,
): { readonly next: number; readonly hasMail: boolean } {
  let next = at;
  let hasMail = false;
  for (let turn = 0; turn < 12; turn++) {
    const after = readParts(source, next, PARTS, draft);
    const start = matchAt(source, after, USING)?.next ?? after;
    const template = readTemplate(source, start);
    if (template === undefined) return { next: after, hasMail };
    if (template.value !== "") draft.template ??= template.value;
    hasMail = true;
    next = template.next;
  }
  return { next, hasMail };
}

function readTemplate(source: Source, at: number): Read<string> | undefined {
  const after = matchFirst(source, at, NAMED_AFTER);
  const name = after?.captures.quoted ?? after?.captures.bare;
  const named = readNamed(source, at);
  if (after === undefined || name === undefined) return named;
  const isPlainWords =
    after.captures.bare !== undefined && !mentionsTemplate(source, at, after.next);
  if (isPlainWords && (named !== undefined || !isTitleCase(name))) return named;
  if (named !== undefined && named.value !== "" && named.next >= after.next) return named;
  return { value: name, next: skipNouns(source, after.next) };
}

function mentionsTemplate(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isNoun(source, at)) return true;
  return false;
}

/** "Send the Case Study": only a name in capitals is taken for a template's without its noun. */
function isTitleCase(name: string): boolean {
  return (
    /^\p{Lu}/u.test(name) && !name.split(/\s+/).some((word) => FOREIGN.has(word.toLowerCase()))
  );
}

/** "Hi …" or a whole sentence is what the mail says, not the name of a template. */
function isProse(text: string): boolean {
  return text.split(/\s+/).length > 7 || text.includes("@") || /^(?:hi|hey|hello|dear)\b.*\s.*[\s,!]/i.test(text);
}

function toParams({ template, ...rest }: Draft): Draft {
  if (template === undefined) return rest;
  return isProse(template) && rest.body === undefined
    ? { ...rest, body: template }
    : { template, ...rest };
}

const RECIPIENT = [EACH, "to <person>", "<person>"].map(pattern);

export const sendEmail: Family = {
  name: "send_email",
  read: (source, at) => readMailing(source, at) ?? readSending(source, at) ?? readTerse(source, at),
};

function readSending(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, SENDING);
  if (head === undefined) return undefined;
  const draft: Draft = {};
  const direct = matchAt(source, head.next, pattern("<person>"));
  const isTo =
    direct !== undefined && ["variable", "email"].includes(tokenAt(source, head.next).kind);
  const isMe = isWord(tokenAt(source, head.next), "me");
  if (isTo || isMe) draft.to = direct?.captures.person ?? "";
  const { next, hasMail } = readBody(
    source,
    isTo || isMe ? (direct?.next ?? head.next) : head.next,
    draft,
  );
  return hasMail ? one({ type: "send_email", params: toParams(draft) }, next) : undefined;
}

function readMailing(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, MAILING);
  if (head === undefined) return undefined;
  const draft: Draft = isWord(tokenAt(source, at), "follow") ? { template: "follow-up" } : {};
  const recipient = matchFirst(source, head.next, RECIPIENT);
  const isQuoted =
    tokenAt(source, head.next).kind === "quoted" ||
    isWord(tokenAt(source, head.next), "template", ":");
  if (!isQuoted && recipient?.captures.person !== undefined) draft.to = recipient.captures.person;
  const start = isQuoted ? skipColon(source, head.next) : (recipient?.next ?? head.next);
  const { next } = readBody(source, start, draft);
  const about = matchAt(source, next, pattern("about <rest>"));
  if (about?.captures.rest !== undefined) draft.subject ??= about.captures.rest;
  return one({ type: "send_email", params: toParams(draft) }, about?.next ?? next);
}

function skipColon(source: Source, at: number): number {
  return tokenAt(source, at).word === ":" ? at + 1 : at;
}

/** "'Intro' email", "breakup email" in notes and cadences. */
function readTerse(source: Source, at: number): ReturnType<Family["read"]> {
  const draft: Draft = {};
  const template = readNamed(source, at);
  if (template === undefined || template.value === "") return undefined;
  draft.template = template.value;
  return one(
    { type: "send_email", params: toParams(draft) },
    readBody(source, template.next, draft).next,
  );
}
