import type { Family, Part } from "../clause.ts";
import { part, readParts } from "../clause.ts";
import { matchAt, matchFirst, matchLongest, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { EACH } from "./recipients.ts";
import { isMailNoun, readTemplate } from "./template-names.ts";

interface Draft {
  template?: string;
  /** Those before it: "send the 'Intro' email and the 'Case Study' email" sends both. */
  earlier?: readonly string[];
  subject?: string;
  body?: string;
  to?: string;
}

/** Where a verb goes on: "send over", "blast out", "get … across to". */
const ALONG = "off|out|over|back|along|across|through|round|around|up";

const SENDING = [
  `+send|+resend|+drop|+shoot|+fire|+forward|+deliver|+write|+give|+pop|+push|+blast|+ship|+serve|+slip|+toss|+whip|+share [${ALONG}]`,
  `+hit|+ping|+nudge|+chase|+approach|+engage|+target|+try|+re-engage|+remind|+congratulate|+introduce|+surprise|+survey|+win|+warm|+catch|+treat|+message|+prompt|+check|+touch|+circle|+reconnect [${ALONG}|in|base] [with|ourselves|us] [${EACH}] [${ALONG}] [to] [again] with|using|via|by [+send|+email] [them|him|her|out|over]`,
  `+start|+begin|+open|+lead|+kick|+finish|+end|+close|+wrap|+conclude|+go|+round|+carry|+continue|+proceed [it|this|things|them|everything|everyone] [${ALONG}|on] [with|via|by] [+send|+email]`,
  `${EACH} should|must|will|needs|gets|get|receives|receive [to] [be|get|receive] [sent]`,
  "reach out [by|via|with|through]",
  "[have|get] [them] sent",
  `+reply|+respond|+answer [back] [to] [${EACH}] with|using|via|by|from`,
  `+trigger|+launch|+start|+compose|+draft|+prepare|+get|+have [${EACH}] [off|out]`,
  `+give (${EACH}) a|another [gentle|friendly|little|final|last] nudge|reminder|bump|prod|poke|push with|using|via`,
  `+say hello|hi|hey|thanks|goodbye|welcome [to] [${EACH}] with|using|via`,
  `+thank|+welcome|+greet|+invite [${EACH}] with|using|via|by [+send|+email] [them|him|her|out|over]`,
  `+follow|+following up [with] [${EACH}] with|using|via|by [+send|+email] [them|him|her|out|over]`,
].map(pattern);

/** "use the 'Intro' template": what is used is a template by name, or it is no email. */
const USE = pattern("+use|+apply|+go [with] [for|to] [this|the]");

const MAILING = [
  "+email|+mail [out|off|over|back]",
  "+resend [it|them|that|this] [again] [to]",
  "+get in touch [with]",
  `+contact [${EACH}] by|via|over|with|using email|mail|template`,
  "reach out to [them] [by|via|with|over] [an] email",
  "follow up [with] [them|him|her|everyone|the] [contact|contacts|lead|leads] [by|via|over|with] [an|a] [email]",
].map(pattern);

const TEXT = "[line] [:|of|is|=|being|that|reading|saying|says|reads|as] [says|reads] <quoted>";

const PARTS: readonly Part<Draft>[] = [
  part<Draft>(
    [
      `[with|using|and|,] [the|a|an|this|as] subject|subj ${TEXT}`,
      "[with|using] [the|a] subject|subj [line] [of] :|= <phrase>",
      "[with|using] [the|a] subject|subj [line] [of] <bare>",
      "subject-line|headline <quoted>",
    ],
    (draft, { quoted, phrase, bare }) => {
      draft.subject = quoted ?? phrase ?? bare ?? "";
    },
  ),
  part<Draft>(
    [
      `[with|using|and|,] [the|a|an|this|as] body|content|copy ${TEXT}`,
      `[with|and] [the|a] message|text ${TEXT}`,
      "saying|reading|stating|telling [them|him|her] [that] [:] <quoted>",
      "that|which says|reads|goes [:] <quoted>",
      "[and] say|write|put <quoted> [in|as] [the] [body|text|message]",
    ],
    (draft, { quoted }) => {
      draft.body = quoted ?? "";
    },
  ),
  part<Draft>(["saying|telling [them|him|her|me] that <rest>"], (draft, { rest }) => {
    draft.body = rest ?? "";
  }),
  part<Draft>([":|–|- <quoted>"], (draft, { quoted }) => {
    draft.template = quoted ?? "";
  }),
  part<Draft>([
    "\\(",
    "\\)",
    "\\+",
    ALONG,
    "one|once more time",
    "another time",
    "a second|third|last time",
  ]),
  part<Draft>([
    `to|at|for|with ${EACH}`,
    EACH,
    "by|via|over|through|per email|e-mail",
    `out|sent|go|goes|going|delivered [out] to ${EACH}`,
    "out|sent|go|goes|going|delivered [out]",
    ": [with]",
    "a [quick|short|little|friendly] line|note|word",
    "something|anything",
    "both",
  ]),
  part<Draft>(["to <addressee>"], (draft, { addressee: person }) => {
    draft.to = person ?? "";
  }),
];

const USING = pattern("[with|using|via|from|off|based|use] [on|of|off] [a|another copy of]");

/** A quoted name stands over one without quotes: "one last email using the 'Last Call' template". Another one has no place. */
function takeTemplate(
  source: Source,
  at: number,
  { value, next }: Read<string>,
  draft: Draft,
): boolean {
  let isBetter = draft.template === undefined || isFurther(source, at, { value, next }, draft);
  for (let index = at; index < next; index++) isBetter ||= tokenAt(source, index).kind === "quoted";
  if (isBetter) draft.template = value;
  return draft.template === value;
}

/** "… and the 'Case Study' email": joined by "and" it is one more, and no better name for the same. */
function isFurther(source: Source, at: number, { value }: Read<string>, draft: Draft): boolean {
  const isJoined = isWord(tokenAt(source, at - 1), "and", ",", "&", "plus", "then");
  return (
    isJoined &&
    value !== "" &&
    draft.template !== undefined &&
    !isWord(tokenAt(source, at), "template", "using") &&
    !isApposition(source, at)
  );
}

/** "a second email, 'Bump'": the name of the mail before it, and no other mail. */
function isApposition(source: Source, at: number): boolean {
  const isNamed = tokenAt(source, at).kind === "quoted" && isWord(tokenAt(source, at - 1), ",");
  return (
    isNamed &&
    isWord(tokenAt(source, at - 2), "email", "template", "mail") &&
    tokenAt(source, at + 1).kind !== "word"
  );
}

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
    if (isFurther(source, start, template, draft))
      draft.earlier = [...(draft.earlier ?? []), draft.template ?? ""];
    if (template.value !== "" && !takeTemplate(source, start, template, draft))
      return { next: after, hasMail };
    hasMail = true;
    next = template.next;
  }
  return { next, hasMail };
}

/** "Hi …" or a whole sentence is what the mail says, not the name of a template. */
function isProse(text: string): boolean {
  const isGreeting = /^(?:hi|hey|hello|dear)\b/i.test(text);
  return text.split(/\s+/).length > 7 || (isGreeting && /[,!]|\s\p{Ll}{3,}/u.test(text));
}

function toParams({ template, subject, body, to }: Draft): Draft {
  const rest: Draft = {
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
    ...(to === undefined ? {} : { to }),
  };
  if (template === undefined) return rest;
  return isProse(template) && rest.body === undefined
    ? { ...rest, body: template }
    : { template, ...rest };
}

const RECIPIENT = [EACH, "to <addressee>", "<addressee>"].map(pattern);

export const sendEmail: Family = {
  name: "send_email",
  read: (source, at) =>
    readMailing(source, at) ??
    readSending(source, at) ??
    readUse(source, at) ??
    readTerse(source, at),
};

const FOR_EMAIL = pattern(`to|for +email|+send|+write|+contact [to] [${EACH}]`);

/** "Use the 'Intro' template to email them". */
function readUse(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchAt(source, at, USE);
  if (head === undefined) return undefined;
  const draft: Draft = {};
  const { next, hasMail } = readBody(source, head.next, draft);
  if (!hasMail || draft.template === undefined) return undefined;
  return mail(draft, matchAt(source, next, FOR_EMAIL)?.next ?? next);
}

function readSending(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchLongest(source, at, SENDING);
  if (head === undefined) return undefined;
  const draft: Draft = {};
  const start = readDirect(source, head.next, draft);
  const { next, hasMail } = readBody(source, start, draft);
  const isSaid =
    hasMail ||
    draft.template !== undefined ||
    draft.subject !== undefined ||
    draft.body !== undefined;
  const isMail = !WEAK.has(tokenAt(source, at).lemma) || namesMail(source, head.next, next);
  return isSaid && isMail ? mailAbout(source, draft, next) : undefined;
}

/** With these a name alone ("get the Acme Report", "have the AI …") is no email. */
const WEAK = wordsOf(
  "have get start launch trigger draft prepare put give push begin open go end close",
);

function namesMail(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (tokenAt(source, at).kind === "quoted" || isMailNoun(tokenAt(source, at))) return true;
  return false;
}

/** "send @user.rep …", "send me …" */
function readDirect(source: Source, at: number, draft: Draft): number {
  const token = tokenAt(source, at);
  const isPerson = token.kind === "variable" || token.kind === "email" || isWord(token, "me");
  const match = isPerson ? matchAt(source, at, PERSON) : undefined;
  if (match?.captures.person === undefined) return at;
  draft.to = match.captures.person;
  return match.next;
}

const PERSON = pattern("<person>");

function readMailing(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, MAILING);
  if (head === undefined) return undefined;
  const draft: Draft = isWord(tokenAt(source, at), "follow") ? { template: "follow-up" } : {};
  const { next } = readBody(source, readRecipient(source, head.next, draft), draft);
  return mailAbout(source, draft, next);
}

/** "… about the deal": what it is about is the subject. */
function mailAbout(source: Source, draft: Draft, at: number): ReturnType<Family["read"]> {
  const about = draft.template === undefined ? matchAt(source, at, ABOUT) : undefined;
  const subject = about?.captures.rest;
  if (about === undefined || subject === undefined) return mail(draft, at);
  return mail({ subject, ...draft }, about.next);
}

const ABOUT = pattern("about <rest>");

function mail(draft: Draft, next: number): ReturnType<Family["read"]> {
  const names = [...(draft.earlier ?? []), draft.template];
  const drafts = names.map((template) => (template === undefined ? draft : { ...draft, template }));
  return { value: drafts.map((one) => ({ type: "send_email", params: toParams(one) })), next };
}

/** Whom: the current contact, unless somebody is named; "email 'Intro'" names the template at once. */
function readRecipient(source: Source, at: number, draft: Draft): number {
  const token = tokenAt(source, at);
  if (token.kind === "quoted" || isWord(token, "template")) return at;
  if (isWord(token, ":")) return at + 1;
  const match = matchFirst(source, at, RECIPIENT);
  if (match?.captures.addressee !== undefined) draft.to = match.captures.addressee;
  return match?.next ?? at;
}

/** "'Intro' email", "breakup email" in notes and cadences. */
function readTerse(source: Source, at: number): ReturnType<Family["read"]> {
  const template = readTemplate(source, at);
  if (template === undefined || template.value === "") return undefined;
  const draft: Draft = { template: template.value };
  const { next } = readBody(source, template.next, draft);
  return isLabel(source, next) ? undefined : mail(draft, next);
}

/** "VIP email: send 'A'" names no template, but whom it is for or which it is. */
function isLabel({ tokens }: Source, at: number): boolean {
  return [at - 1, at].some(
    (mark) => tokens[mark]?.word === ":" && tokens[mark + 1]?.lemma === "send",
  );
}
