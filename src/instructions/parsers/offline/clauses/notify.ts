import type { PlanStep } from "#domain/plan.ts";

import type { Family } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, slice, type Source, tokenAt } from "../source.ts";

const HEADS = [
  "+let <person> know",
  "+give <person> a [quick] heads-up|headsup|shout|nudge|notice|notification",
  "+give <person> a [quick] heads up",
  "+send|+shoot|+drop|+give|+fire [off] [a|an|the] [quick|slack|internal|in-app|short] notification|alert|heads-up|notice|ping to <person>",
  "+send|+shoot|+drop|+give|+post <person> [a|an|the] [quick|internal|in-app|short] notification|alert|heads-up|notice|ping",
  "+send|+drop|+shoot|+give <person> a [quick|short] message|line|word|update",
  "+loop|+bring in <person> [with] [a|an] [notification|alert|heads-up|message]",
  "+loop|+bring <person> in [with] [a|an] [notification|alert|heads-up|message]",
  "+notify|+alert|+inform|+tell|+warn|+ping|+remind|+advise|+nudge|+signal [to] <person>",
  "+send <person> [a|an] <quoted> notification|alert",
  "+raise|+flag [it|this|them|that] to|with|for <person>",
  "+make sure <person> knows",
  "+notify|+alert [everyone|them]",
  "heads-up to <person>",
  "+keep <person> posted|informed|updated",
].map(pattern);

const SAYING = [
  "[,] [with|by|and|using] [the|a|an|this] [short] message|text|note|notification [that] [says|saying|reads|reading|:|of] [:]",
  "[,] [by] [and] [to] saying|says|say|reading|telling|stating [them|him|her] [that] [:]",
  "[,] with [:]",
  "[:|–|-|,] [that|about|of|on|to|so|how|why] [:]",
].map(pattern);

export const notify: Family = {
  name: "notify",
  read: (source, at) => {
    const head = matchFirst(source, at, HEADS);
    if (head === undefined) return undefined;
    const { person, quoted } = head.captures;
    if (person !== undefined && isOutside(person)) return undefined;
    const others = readOthers(source, head.next);
    const said = readMessageBehind(source, others.next, quoted);
    if (!isMessage(source, others.next, person, isTelling(source, at))) return undefined;
    const message = said.value === undefined ? {} : { message: said.value };
    const people = person === undefined ? [] : [person, ...others.value];
    const steps = people.map((to): PlanStep => ({ type: "notify", params: { to, ...message } }));
    const nobody: PlanStep = { type: "notify", params: message };
    return { value: steps.length > 0 ? steps : [nobody], next: said.next };
  },
};

function readMessageBehind(
  source: Source,
  at: number,
  quoted: string | undefined,
): Read<string | undefined> {
  const isSilent = matchFirst(source, at, REASONS) !== undefined;
  if (isSilent) return { value: quoted, next: at };
  return { value: quoted ?? readMessage(source, at), next: source.end };
}

const EVENT = ["whenever|anytime|every|each", "as soon as", "the moment|second|minute"].map(
  pattern,
);
/** When or why they are told is nothing that is to be said. */
const REASONS = ["[,] when|once|if|unless|because|since", "[,] so that"].map(pattern);

function isMessage(
  source: Source,
  at: number,
  person: string | undefined,
  isTold: boolean,
): boolean {
  if (isEvent(source, at) || isQuestion(source, at, person)) return false;
  return !isTold || isSaid(source, at);
}

/** "Notify me whenever a deal …" tells when, and nothing that is to be said. */
function isEvent(source: Source, at: number): boolean {
  return matchFirst(source, at, EVENT) !== undefined;
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
    matchFirst(source, at, SAYING) !== undefined
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

const AND_PEOPLE = [pattern("and|&|, [and] <variable>"), pattern("and|& <person>")];

const IN_PARENTHESES = pattern("\\( [msg|message|text|note|saying] [:] <quoted> \\)");

function readMessage(source: Source, at: number): string | undefined {
  if (isOnlyFiller(source, at)) return undefined;
  const aside = matchAt(source, at, IN_PARENTHESES);
  return aside !== undefined && isOnlyFiller(source, aside.next)
    ? aside.captures.quoted
    : readSaid(source, at);
}

function readSaid(source: Source, at: number): string | undefined {
  const open = matchFirst(source, at, SAYING);
  const start = open?.next ?? at;
  const token = tokenAt(source, start);
  if (token.kind === "quoted" && isOnlyFiller(source, start + 1)) return token.text;
  const last = tokenAt(source, source.end - 1);
  if (last.kind === "quoted" && isWord(tokenAt(source, source.end - 2), ":")) return last.text;
  const message = slice(source, start, source.end);
  return message === "" ? undefined : message.replace(/[,;]+$/, "");
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
