import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, slice, type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";

const NOUNS = wordsOf(
  "email emails e-mail e-mails mail mailing mailings blast template templates message",
);
const ALONE = wordsOf(
  `follow-up f/u reminder bump nudge intro breakup break-up check-in followup newsletter welcome thank-you introduction recap
  teaser digest survey announcement pitch invitation-email`,
);
const DETERMINERS = wordsOf("the a an our my your this that their another one its");
const MANNER =
  wordsOf(`short quick friendly personalized personalised brief nice polite warm-hearted simple plain little personal gentle-tone
  custom tailored concise casual formal new single automated automatic manual proper lovely kind email`);
const FOREIGN =
  wordsOf(`whatsapp sms slack text telegram voice voicemail video fax postcard letter gift mms messenger instagram twitter facebook
  teams push linkedin direct-message dm handwritten invoice contract calendar signal wechat discord`);
const NO_NAME = wordsOf(
  `unsend recall translate cancel postpone delete same until they he she we you i us my wait not never do does no have has is are was will should every when then else but to and or with using via from them him her everyone each saying that who if unless about subject on for by in at it template`,
);

/** "the gentle bump email", "our Door Is Open template", "an email", "a follow-up": a name before its noun. */
function readNamed(source: Source, at: number): Read<string> | undefined {
  const start = DETERMINERS.has(tokenAt(source, at).word) ? at + 1 : at;
  return (
    readNumbered(source, start) ??
    readQuotedName(source, start) ??
    readBeforeNoun(source, start) ??
    readAlone(source, start)
  );
}

const USUAL = ["normal", "usual", "standard", "regular", "same", "new", "other", "short", "quick"];

/** "the normal 'Portfolio' one" */
function skipUsual(source: Source, at: number): number {
  return isWord(tokenAt(source, at), ...USUAL) ? at + 1 : at;
}

function readQuotedName(source: Source, at: number): Read<string> | undefined {
  const start = skipUsual(source, at);
  const { kind, text } = tokenAt(source, start);
  if (kind !== "quoted") return undefined;
  if (isWord(tokenAt(source, start + 1), "one")) return { value: text, next: start + 2 };
  return isNoun(source, start + 1)
    ? { value: text, next: skipNouns(source, start + 1) }
    : undefined;
}

const LONGEST_NAME = 7;

function readBeforeNoun(source: Source, from: number): Read<string> | undefined {
  const start = skipManner(source, from);
  const isThe = isWord(tokenAt(source, start - 1), "the", "our", "my", "that");
  for (let next = start; next <= start + LONGEST_NAME; next++) {
    if (isNoun(source, next)) return readName(source, start, next);
    const token = tokenAt(source, next);
    if (!mayBeName(token) && !(isThe && isSaying(token))) return undefined;
  }
  return undefined;
}

/** "the see you soon email": behind "the" these are words of a name. */
const SAYING = wordsOf("you we i us me it is are was do how what see not no never we're");

function isSaying({ kind, word }: Token): boolean {
  return kind === "word" && SAYING.has(word);
}

function mayBeName(token: Token): boolean {
  if (token.kind === "mark") return token.word === "-" || token.word === "&";
  if (token.kind !== "word") return token.kind === "number" || token.kind === "ordinal";
  const isGrammar = NO_NAME.has(token.word) || DETERMINERS.has(token.word);
  return !FOREIGN.has(token.word) && (token.isCapital || !isGrammar);
}

const MOST_ADJECTIVES = 2;
const NUMBER = pattern("[#|no|number] <number>");

/** "a follow-up", "a gentle nudge": these name a template by themselves. */
function readAlone(source: Source, from: number): Read<string> | undefined {
  const start = skipManner(source, from);
  for (let at = start; at <= start + MOST_ADJECTIVES; at++) {
    const next = endOfAlone(source, at);
    if (next !== undefined) return aloneUpTo(source, start, at, next);
    if (!mayBeName(tokenAt(source, at)) || tokenAt(source, at).kind !== "word") return undefined;
  }
  return undefined;
}

function endOfAlone(source: Source, at: number): number | undefined {
  const token = tokenAt(source, at);
  if (token.kind !== "word") return undefined;
  const isSplit =
    isWord(token, "follow", "check", "break") && isWord(tokenAt(source, at + 1), "up", "in");
  const isThanks = isWord(token, "thank") && isWord(tokenAt(source, at + 1), "you");
  return isSplit || isThanks ? at + 2 : ALONE.has(token.word) ? at + 1 : undefined;
}

function aloneUpTo(
  source: Source,
  start: number,
  at: number,
  next: number,
): Read<string> | undefined {
  if (isWord(tokenAt(source, next), "task", "call", "with", "meeting")) return undefined;
  const isNote = isWord(tokenAt(source, next), "note", "message", "template");
  const name = slice(source, start, at) === "" ? "" : `${slice(source, start, at)} `;
  const { kind, word, isCapital } = tokenAt(source, at);
  const isPlain = kind === "word" && next === at + 1 && !isCapital;
  const last = isPlain ? word : slice(source, at, next).replace(/\s+/, "-");
  const number = isNote ? undefined : matchAt(source, next, NUMBER);
  return number === undefined
    ? { value: name + spellOut(last), next: isNote ? next + 1 : next }
    : { value: slice(source, start, number.next), next: number.next };
}

function spellOut(name: string): string {
  return name.toLowerCase() === "f/u" ? "follow-up" : name;
}

function isNoun(source: Source, at: number): boolean {
  const token = tokenAt(source, at);
  return token.kind === "word" && NOUNS.has(token.word);
}

/** A word that says it is a mail: "email", "template", "follow-up". */
export function isMailNoun({ kind, word }: Token): boolean {
  return kind === "word" && (NOUNS.has(word) || ALONE.has(word));
}

function readName(source: Source, start: number, noun: number): Read<string> {
  const from = skipManner(source, start);
  const next = skipNouns(source, noun);
  const number =
    from < noun && isWord(tokenAt(source, noun), "email") ? endOfNumber(source, next) : next;
  if (number > next) return { value: slice(source, from, number), next: number };
  return { value: from < noun ? spellOut(slice(source, from, noun)) : "", next };
}

/** "onboarding email 2": its number belongs to the name. */
function endOfNumber(source: Source, at: number): number {
  const number = matchAt(source, at, NUMBER);
  return number !== undefined &&
    tokenAt(source, number.next).kind !== "word" &&
    tokenAt(source, number.next - 1).kind === "number"
    ? number.next
    : at;
}

function skipManner(source: Source, at: number): number {
  let next = at;
  while (isManner(source, next)) next += 1;
  const isMore = isWord(tokenAt(source, next), "and", ",") && isManner(source, next + 1);
  return isMore ? skipManner(source, next + 1) : next;
}

/** "Email 2", "email #3", "Email A": a number names it. */
const NUMBERED = ["email|e-mail [#|no|number] <number>", "email|e-mail [#|no|number]"].map(pattern);

function readNumbered(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, NUMBERED);
  if (match === undefined) return undefined;
  const { text, kind, isCapital } = tokenAt(source, match.next);
  if (match.captures.number !== undefined)
    return kind === "word" ? undefined : { value: slice(source, at, match.next), next: match.next };
  const isLetter =
    isCapital && text.length === 1 && tokenAt(source, match.next + 1).kind !== "word";
  return isLetter ? { value: slice(source, at, match.next + 1), next: match.next + 1 } : undefined;
}

function isManner(source: Source, at: number): boolean {
  const { word, isCapital } = tokenAt(source, at);
  return MANNER.has(word) && !isCapital && !isNoun(source, at);
}

function skipNouns(source: Source, at: number): number {
  let next = at;
  while (isNoun(source, next)) next += 1;
  return next;
}

/** A name after its noun: "template 'Intro'", "the email called Intro". */
const NAMED_AFTER = [
  "[the|our|a|an] <quoted> letter|note|card|flyer|brochure|leaflet|invitation|invite|announcement|update|notice by|via|over|through|as [an] email|e-mail",
  "[the|our|a|an] [email] template|email [called|named|titled|:|,] <quoted>",
  "[the|our|a] [email] template [called|named|titled|:] <bare>",
  "[the|our] <quoted>",
].map(pattern);

/** "Send the Case Study": only a name in capitals is taken for a template's without its noun. */
function isTitleCase(name: string): boolean {
  return (
    /^\p{Lu}/u.test(name) && !name.split(/\s+/).some((word) => FOREIGN.has(word.toLowerCase()))
  );
}

/** A template by its name, or "" where only "an email" is said. */
export function readTemplate(source: Source, at: number): Read<string> | undefined {
  const before = readNamed(source, at);
  const after = readNamedAfter(source, at);
  if (after === undefined) return before;
  const isLonger = before !== undefined && before.value !== "" && before.next >= after.next;
  return isLonger ? before : after;
}

function readNamedAfter(source: Source, at: number): Read<string> | undefined {
  const match = matchFirst(source, at, NAMED_AFTER);
  if (match !== undefined) {
    const { quoted, bare = "" } = match.captures;
    return { value: quoted ?? bare, next: skipNouns(source, match.next) };
  }
  const plain = readNamed(source, at) === undefined ? matchFirst(source, at, PLAIN) : undefined;
  const name = plain?.captures.bare;
  if (plain === undefined || name === undefined || !isTitleCase(name)) return undefined;
  return { value: name, next: plain.next };
}

const PLAIN = [pattern("the|our <bare>")];
