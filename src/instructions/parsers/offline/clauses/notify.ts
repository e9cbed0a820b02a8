import type { PlanStep } from "#domain/plan.ts";

import type { Family } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, slice, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { ENTITY } from "./recipients.ts";
import { isNounLed } from "./search-nouns.ts";

const QUICK = "[quick|short|brief|little|internal|in-app|friendly|gentle]";
const NOTICE = "notification|alert|heads-up|headsup|notice|ping|nudge|shout|note|update";
const WITH = "[with] [a|an|the] [quick|short] [notification|alert|heads-up|message|note]";

const HEADS = [
  "+let <person> [also] know",
  `+give|+send|+shoot|+drop|+post|+fire|+pop [off|over|out] <person> [a|an|the] ${QUICK} ${NOTICE}`,
  `+give|+send|+shoot|+drop|+fire|+pop [off|over|out] <person> [a|an|the] ${QUICK} heads up`,
  `+send|+shoot|+drop|+give|+fire|+post|+raise|+trigger|+create|+issue|+push|+pop [off|out|over] [a|an|the] ${QUICK} ${NOTICE} to|for <person>`,
  `+get|+have [a|an|the] ${QUICK} notification|alert|heads-up|ping to|for <person>`,
  `there should|must|shall|will|needs [to] be [a|an] ${QUICK} notification|alert|heads-up|ping to|for <person>`,
  `a|an ${QUICK} notification|alert|heads-up|ping to|for <person>`,
  `+send|+drop|+give|+fire [off|out] [a|an|the] ${QUICK} heads up to|for <person>`,
  `+write|+make|+do [off|out|over] [a|an|the] ${QUICK} notification|alert|notice to|for <person>`,
  `+write|+make <person> [a|an|the] ${QUICK} notification|alert|notice`,
  "+send|+drop|+shoot|+give <person> a [quick|short] message|line|word|update",
  "+send|+drop|+shoot|+post [a|an|the] [quick|short] message|word|update to <user>",
  `+loop|+bring|+pull in <person> ${WITH}`,
  `+loop|+bring|+pull <person> in ${WITH}`,
  "+keep <person> posted|informed|updated",
  "+keep <person> in the loop [on|about|with]",
  "+notify|+alert|+inform|+tell|+warn|+ping|+remind|+advise|+nudge|+signal [to] [both] <person>",
  "+notify|+alert|+inform|+tell|+warn|+ping|+remind : [both] <user>",
  "+message|+prompt|+update|+brief|+buzz [both] <user>",
  "+send <person> [a|an] <quoted> notification|alert",
  "+raise|+flag|+report|+mention [it|this|them|that / the same] [up] to|with|for <person>",
  "+notify|+inform|+intimate|+communicate it|this|that|them [also] to <person>",
  "+notify|+inform|+intimate|+communicate the same|deal|contact|lead to <person>",
  "+flag [up] <variable> to|for|with <user>",
  `+flag ${ENTITY} [up] to|for|with <user>`,
  "+make sure <person> knows",
  "<person> knows",
  "+make <person> aware",
  "+notify|+alert [everyone|them]",
  "heads-up|alert|notification|ping to|for <person>",
  "+raise|+send|+trigger|+show [a|an|the] notification|alert",
].map(pattern);

const SAYING = [
  "[,|->] [with|by|and|using] [the|a|an|this] [short] message|text|note|notification [that] [says|saying|reads|reading|:|of|=|being] [:]",
  "[,] [that|which] says|reads|goes [:]",
  "[,] [by] [and] [to] saying|says|say|reading|telling|stating [them|him|her] [that] [:]",
  "[,] with [:]",
  "[:|–|-|,] [that|about|of|on|to|so|how|why] [:]",
].map(pattern);

export const notify: Family = {
  name: "notify",
  read: (source, at) => {
    const head = matchFirst(source, at, HEADS);
    if (head === undefined || isMailName(source, head.next)) return undefined;
    if (isFetching(source, at)) return undefined;
    const { user, quoted } = head.captures;
    const person = head.captures.person ?? user;
    if (person !== undefined && isOutside(person)) return undefined;
    if (isQuotedBehindColon(source, head.next - 1))
      return readTold(source, at, head.next - 1, undefined, undefined);
    return readTold(source, at, head.next, person, quoted);
  },
};

/** "pull VPs in Rome" gets them; "pull Ann in" tells her. */
function isFetching(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "pull", "bring") && isNounLed(source, at + 1);
}

/** "Send the partner update email": the words before it name a mail. */
function isMailName(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "email", "e-mail", "mail", "template", "newsletter");
}

/** "Notify: 'Deal won'" names nobody. */
function isQuotedBehindColon(source: Source, at: number): boolean {
  const { kind, start } = tokenAt(source, at);
  return kind === "quoted" && source.text.slice(tokenAt(source, at - 1).end, start).includes(":");
}

function readTold(
  source: Source,
  at: number,
  behind: number,
  person: string | undefined,
  quoted: string | undefined,
): ReturnType<Family["read"]> {
  const others = readOthers(source, behind);
  if (matchFirst(source, others.next, NO_MESSAGE) !== undefined) return undefined;
  if (!isMessage(source, others.next, person, person === undefined || isTelling(source, at)))
    return undefined;
  const said = readMessageBehind(source, others.next, quoted);
  const message = said.value === undefined ? {} : { message: said.value };
  const people = person === undefined ? [] : [person, ...others.value];
  const steps = people.map((to): PlanStep => ({ type: "notify", params: { to, ...message } }));
  const nobody: PlanStep = { type: "notify", params: message };
  return { value: steps.length > 0 ? steps : [nobody], next: said.next };
}

/** Where nothing can be sent to, and what begins something else. */
const NO_MESSAGE = [
  "[via|on|in|by|through|over|using|to] [the|a|our] slack|teams|sms|text|whatsapp|phone|telegram|discord|#",
  "and|then|but|or|&|+|plus|also",
].map(pattern);

function readMessageBehind(
  source: Source,
  at: number,
  quoted: string | undefined,
): Read<string | undefined> {
  const isSilent = matchFirst(source, at, REASONS) !== undefined;
  if (isSilent) return { value: quoted, next: at };
  const whole = quoted === undefined ? readQuotedWhole(source, at) : undefined;
  return whole ?? { value: quoted ?? readMessage(source, at), next: source.end };
}

/** Marks that part what is quoted from what is no more of it. */
const PARTING = [",", ";", "/", "|", "(", ")"];

/** "… with the message 'They agreed.' Thank you …", "… 'At risk' / no: …": what is quoted is the message, and what follows is not. */
function readQuotedWhole(source: Source, at: number): Read<string> | undefined {
  const { kind, text, next } = quotedAt(source, at);
  if (kind !== "quoted" || isOnlyFiller(source, next)) return undefined;
  const isSentence = /[.!?]$/.test(text) && tokenAt(source, next).isCapital;
  return isSentence || isWord(tokenAt(source, next), ...PARTING)
    ? { value: text, next }
    : undefined;
}

function quotedAt(source: Source, at: number): Token & { readonly next: number } {
  const from = skipAtOnce(source, at);
  const start = matchFirst(source, from, SAYING)?.next ?? from;
  return { ...tokenAt(source, start), next: start + 1 };
}

const EVENT = ["whenever|anytime|every|each", "as soon as", "the moment|second|minute"].map(
  pattern,
);
/** When or why they are told is nothing that is to be said. */
const REASONS = [
  "[,] when|once|if|unless|because|since",
  "[,] so that",
  "after|in|within <duration>",
].map(pattern);

function isMessage(
  source: Source,
  at: number,
  person: string | undefined,
  isTold: boolean,
): boolean {
  if (isEvent(source, at) || isQuestion(source, at, person)) return false;
  if (person === undefined && !isToNobody(source, at)) return false;
  return !isTold || isSaid(source, at);
}

/** "Notify me whenever a deal …" tells when, and nothing that is to be said. */
function isEvent(source: Source, at: number): boolean {
  return matchFirst(source, at, EVENT) !== undefined;
}

/** Without a person only what is plainly a message is one. */
function isToNobody(source: Source, at: number): boolean {
  const isOpened = isWord(tokenAt(source, at), "that", ":", "with", "saying", "-", "–", "about");
  return isOpened || tokenAt(source, at).kind === "quoted" || isOnlyFiller(source, at);
}

const ASKED = ["what", "who", "where", "which", "why", "how", "whose"];

/** "Tell me what the weather is like" asks for an answer, which no message holds. */
function isQuestion(source: Source, at: number, person: string | undefined): boolean {
  return person === "@user.creator" && isWord(tokenAt(source, at), ...ASKED);
}

function isTelling(source: Source, at: number): boolean {
  return tokenAt(source, at).lemma === "tell";
}

/** "Tell me a joke" names nothing that could be passed on. */
function isSaid(source: Source, at: number): boolean {
  return (
    at >= source.end ||
    tokenAt(source, at).kind === "quoted" ||
    isOnlyFiller(source, at) ||
    tokenAt(source, at).kind === "variable" ||
    (matchFirst(source, at, SAYING)?.next ?? at) > at
  );
}

/** "@user.ae and @user.manager": each is notified. */
function readOthers(source: Source, at: number): Read<readonly string[]> {
  const others: string[] = [];
  let next = at;
  for (;;) {
    const more = matchFirst(source, next, AND_PEOPLE);
    const other = more?.captures.variable ?? more?.captures.person;
    if (more === undefined || other === undefined || isOutside(other)) break;
    others.push(other);
    ({ next } = more);
  }
  return { value: others, next };
}

/** Contacts are written to by email; only people of the workspace are notified. */
function isOutside(person: string): boolean {
  return /^@(?:form|contact)\./.test(person) && !person.endsWith(".owner");
}

const AND_PEOPLE = [pattern("and|&|,|+ [and] [to] <variable>"), pattern("and|& [to] <person>")];

const IN_PARENTHESES = pattern("\\( [msg|message|text|note|saying] [:] <quoted> \\)");

function readMessage(source: Source, at: number): string | undefined {
  if (isOnlyFiller(source, at)) return undefined;
  const aside = matchAt(source, at, IN_PARENTHESES);
  return aside !== undefined && isOnlyFiller(source, aside.next)
    ? aside.captures.quoted
    : readSaid(source, at);
}

function readSaid(source: Source, at: number): string | undefined {
  const from = skipAtOnce(source, at);
  const open = matchFirst(source, from, SAYING);
  const start = open?.next ?? from;
  const token = tokenAt(source, start);
  if (token.kind === "quoted" && isOnlyFiller(source, start + 1)) return token.text;
  const last = tokenAt(source, source.end - 1);
  if (last.kind === "quoted" && isWord(tokenAt(source, source.end - 2), ":")) return last.text;
  const message = slice(source, start, source.end);
  return message === "" ? undefined : message.replace(/[,;]+$/, "");
}

const AT_ONCE = pattern("(right|straight away / at once / immediately|now|asap|please|too|also)");

/** "Alert @user.rep right away that …" */
function skipAtOnce(source: Source, at: number): number {
  return matchAt(source, at, AT_ONCE)?.next ?? at;
}

function isOnlyFiller(source: Source, at: number): boolean {
  let next = at;
  while (FILLER.some((word) => isWord(tokenAt(source, next), word))) next += 1;
  return next >= source.end;
}

const FILLER = [
  "please",
  ",",
  "too",
  "right",
  "away",
  "immediately",
  "now",
  "about",
  "it",
  "this",
  "straight",
  "asap",
  "as",
  "well",
  "that",
  "so",
  "pls",
  "by",
  "email",
  "in",
  "app",
  "also",
  "instead",
];
