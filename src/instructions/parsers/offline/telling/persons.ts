import { selects } from "../asides/hiding.ts";
import { isNameAt } from "../asides/names.ts";
import { isCommonWord, isVerb } from "../lexicon.ts";
import { isBareStart } from "../links.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { TALK } from "../talk-words.ts";
import type { Token } from "../tokens.ts";
import { VOCABULARY } from "../vocabulary.ts";
import { isDeed } from "./deeds.ts";
import type { Kind, Place } from "./parts.ts";

/** Who writes, and to whom: said before all that is to be done, or behind it. */
export function isOfPersons(
  part: Source,
  at: number,
  place: Place,
  before: Kind | undefined,
): boolean {
  if (place.isOpening) return isOpeningWords(part, at, before);
  return place.isClosing && isClosingWords(part, at, before);
}

function isOpeningWords(part: Source, at: number, before: Kind | undefined): boolean {
  const isCalled = before !== undefined || isGreeted(part, at) || isSpokenOf(part, at);
  if (isAlone(part, at) && isCalled) return true;
  return isIntroduced(part, at) || isCompany(part, at, before) || isStrangeGreeting(part, at);
}

function isClosingWords(part: Source, at: number, before: Kind | undefined): boolean {
  return isSigned(part, at) || isSignature(part, at, before) || isStrangeFarewell(part, at);
}

const isAlone = (part: Source, at: number): boolean =>
  part.end === at + 1 && isNameAt(part, at, true);

const SELF = ["it|this is|'s", "its", "i am|'m", "my name is|'s"].map(pattern);
const WHENCE = wordsOf("from in at here again speaking writing typing");

/** "it's Claire", "Gustavo from Curitiba", "zoe again" */
function isIntroduced(part: Source, at: number): boolean {
  const said = matchFirst(part, at, SELF)?.next ?? at;
  return said > at ? isSelf(part, said) : isNameAt(part, at, true) && isPlaced(part, at);
}

function isSelf(part: Source, at: number): boolean {
  const { text, isCapital } = tokenAt(part, at);
  const isName = (isCapital && /^\p{L}+$/u.test(text)) || isNameAt(part, at, true);
  const isTwo = tokenAt(part, at + 1).isCapital && part.end > at + 1;
  const next = isTwo ? at + 2 : at + 1;
  return isName && (part.end === next || WHENCE.has(tokenAt(part, next).word));
}

function isPlaced(part: Source, at: number): boolean {
  const isFrom = WHENCE.has(tokenAt(part, at + 1).word) && !selects(part, at, part.end);
  return isFrom || isWord(tokenAt(part, part.end - 1), "here", "again", "speaking");
}

const LONGEST_COMPANY = 4;

/** "Mike again, Brightside Dental Supply": where the writer works. */
function isCompany(part: Source, at: number, before: Kind | undefined): boolean {
  const name = part.tokens.slice(at, part.end);
  const isShort = name.length > 1 && name.length <= LONGEST_COMPANY;
  return before === "talk" && isShort && name.every(({ isCapital }) => isCapital);
}

const LONGEST_STRANGE = 3;

/** "Dzień dobry, …", "Bună Andreea!": the text's first words, in whatever language; "Acme, Globex: …" greets nobody. */
function isStrangeGreeting(part: Source, at: number): boolean {
  const mark = part.tokens[part.end];
  const isParted = mark !== undefined && isWord(mark, ",", "!", "–") && at === 0;
  const isMany = /[^s]s$/i.test(tokenAt(part, part.end - 1).text);
  const isNamed = part.end > at + 1 && isNameAt(part, part.end - 1);
  const isTold = isNamed || isForeign(part, at);
  return isParted && isTold && isStrange(part, at) && !isMany && !isListOfNames(part);
}

/** Behind the first of them another name, and the mark that ends it. */
function isListOfNames(part: Source): boolean {
  const whole: Source = { ...part, end: nextMark(part, part.end + 1) };
  return whole.end - part.end <= 2 && tokenAt(whole, part.end + 1).isCapital;
}

/** "Buziaki, Zosia", "cảm ơn anh!": the text's last words. */
function isStrangeFarewell(part: Source, at: number): boolean {
  const name = part.tokens.slice(part.end).filter(({ kind }) => kind !== "mark");
  const isNamed = name.length > 0 && name.length <= 2 && name.every(({ isCapital }) => isCapital);
  const isTold = isNamed || (name.length === 0 && isForeign(part, at));
  return isTold && isStrange(part, at) && isBehindSentence(part, at);
}

function isBehindSentence(part: Source, at: number): boolean {
  return at > 0 && (isEnd(part, at - 1) || isWord(tokenAt(part, at - 1), "–", "-"));
}

/** With a letter that English has not: "Schönen Feierabend!" */
function isForeign(part: Source, at: number): boolean {
  return part.tokens.slice(at, part.end).some(({ text }) => /[^\p{ASCII}’]/u.test(text));
}

/** Few words of which none is English, or a name's. */
function isStrange(part: Source, at: number): boolean {
  const words = part.tokens.slice(at, part.end);
  return words.length <= LONGEST_STRANGE && words.every(isUnknown);
}

function isUnknown({ kind, text, word }: Token): boolean {
  const isLetters = kind === "word" && /^[\p{L}'’-]+$/u.test(text);
  const isSaid = isVerb(word) || isCommonWord(word) || VOCABULARY.has(word) || TALK.has(word);
  return isLetters && !isSaid && !isDeed(word) && !isCity(text) && !isCountry(text);
}

function nextMark({ tokens }: Source, from: number): number {
  let at = from;
  while (at < tokens.length && tokens[at]?.kind !== "mark") at += 1;
  return at;
}

const CALLED = ["alright", "right", "ok", "okay", "oi", "yo", "so"];
const GREETED = ["hi", "hello", "hey", "heya", "hiya", "morning", "evening"];

/** "Stefan, who covers Bavaria, …" */
function isSpokenOf(part: Source, at: number): boolean {
  const whole: Source = { ...part, end: part.tokens.length };
  return isWord(tokenAt(whole, at + 1), ",") && isWord(tokenAt(whole, at + 2), "who");
}

/** "Hi, Mike", "Alright Kev" */
function isGreeted(part: Source, at: number): boolean {
  if (isWord(tokenAt(part, at - 1), ...CALLED)) return true;
  const isApart = isWord(tokenAt(part, at - 1), ",");
  return isApart && isWord(tokenAt(part, at - 2), ...GREETED);
}

const SIGNING = wordsOf(
  "thanks thx cheers regards best love merci danke gracias grazie ta wishes yours hugs soon later night care lot lots much again advance",
);

/** "Kind regards, Ingrid" */
function isSigned(part: Source, at: number): boolean {
  const isBehind = isWord(tokenAt(part, at - 1), ",") && SIGNING.has(tokenAt(part, at - 2).word);
  return isBehind && part.end === at + 1 && isNameAt(part, at, true);
}

const LONGEST_NAME = 2;

/** "…, Lena" behind talk, or in a line or a sentence of its own, at the end of all. */
function isSignature(part: Source, at: number, before: Kind | undefined): boolean {
  const name = part.tokens.slice(at, part.end);
  const isName =
    name.length <= LONGEST_NAME &&
    name.every(({ kind, isCapital }) => kind === "word" && isCapital);
  const isLast = part.tokens.slice(part.end).every(({ kind }) => kind === "mark");
  return isName && isLast && (before !== undefined || isBehindTalk(part, at - 1));
}

/** Whether a line, or a sentence that says nothing to do, ends here. */
function isBehindTalk(part: Source, end: number): boolean {
  if (tokenAt(part, end).text === "\n" || isWord(tokenAt(part, end), "–", "-")) return true;
  if (end < 1 || tokenAt(part, end).kind !== "mark") return false;
  let at = end - 1;
  while (at >= 0 && !isEnd(part, at)) {
    if (saysToDo(part, at)) return false;
    at -= 1;
  }
  return at >= 0 && at < end - 1;
}

function isEnd(part: Source, at: number): boolean {
  const { kind, text } = tokenAt(part, at);
  return kind === "mark" && /[.!?\n;]/.test(text);
}

function saysToDo(part: Source, at: number): boolean {
  const { kind } = tokenAt(part, at);
  return kind === "quoted" || kind === "variable" || isBareStart(part, at);
}
