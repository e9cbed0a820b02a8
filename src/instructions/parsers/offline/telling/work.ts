import { isBounding } from "../asides/bounding.ts";
import { isPast, mayBeVerb, TELLING } from "../asides/forms.ts";
import { BEING, GOALS } from "../asides/tasks.ts";
import { DETERMINERS } from "../asides/verbs.ts";
import { isBareStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { readSchedule } from "../triggers/schedule.ts";
import { isDeed } from "./deeds.ts";
import { isDuty, skipHarmless } from "./duties.ts";

/**
 * Whether words speak of work wherever it stands in them: values, conditions, days that come again, who is left out, what somebody has to
 * do, and verbs where an order has them.
 */
export function speaksOfWork(words: Source, from: number): boolean {
  for (let at = from; at < words.end; at++) {
    const harmless = skipHarmless(words, at);
    if (harmless > at) at = harmless - 1;
    else if (isBounding(words, at) || SIGNS.some((isSign) => isSign(words, at, from))) return true;
  }
  return false;
}

const MARKS = wordsOf(", . ! ? - – ( ) … ' * & / \" ¡ ¿ “ ” „ « »");
const BEFORE_LIMIT = ["limit", "max", "top", "first", "over", "under", "than"];

/** Quotes, variables, money, times and signs: nobody talks with them. */
function isValue(words: Source, at: number): boolean {
  const { kind, word, text } = tokenAt(words, at);
  if (kind === "mark") return !MARKS.has(word) && /[\p{P}\p{Sm}\p{Sc}]/u.test(word);
  if (kind === "number")
    return !/^\d+$/.test(text) || isWord(tokenAt(words, at - 1), ...BEFORE_LIMIT);
  return kind !== "word" && kind !== "ordinal";
}

const MEANS = wordsOf(
  `template templates subject apollo trigger triggers filter filters except excluding exclude only unless instead skip whoever
  excluded`,
);
const GREETED = ["hi", "hello", "salam", "morning"];

function isMeans(words: Source, at: number): boolean {
  return MEANS.has(tokenAt(words, at).word) && !isWord(tokenAt(words, at - 1), ...GREETED);
}

const CONDITIONS = wordsOf("if when whenever until till once unless while upon");
const WITHIN_CLAUSE = wordsOf("once while");
const SPEAKERS = wordsOf("i we you he she ever possible this that");
const IN_TALK = pattern(
  "if|when [it] is|'s|works|helps|exists|comes|suits|rains|was [a] [ok|okay|fine|possible|not|too|to|already]",
);

/** "After a deal was polished" */
const EVENT = pattern("after|on|following a|an|any|each|every|another");

/** "if they …", but not "when I land" */
function isCondition(words: Source, at: number, from: number): boolean {
  const { word } = tokenAt(words, at);
  if (at === from && matchAt(words, at, EVENT) !== undefined) return true;
  if (!CONDITIONS.has(word) || SPEAKERS.has(tokenAt(words, at + 1).word)) return false;
  const isSaid = isWord(tokenAt(words, at - 1), "at", "as", "just", "a");
  if (isSaid || matchAt(words, at, IN_TALK) !== undefined) return false;
  return at === from || !WITHIN_CLAUSE.has(word);
}

const EVERY = wordsOf("every each daily weekly monthly hourly nightly quarterly");
const OF_NOUNS = wordsOf("daily weekly monthly hourly nightly quarterly");

function isRepeated(words: Source, at: number, from: number): boolean {
  if (at > from && OF_NOUNS.has(tokenAt(words, at).word)) return isLast(words, at);
  if (at !== from && !EVERY.has(tokenAt(words, at).word)) return false;
  if (isWord(tokenAt(words, at), "today", "tonight", "yesterday")) return false;
  return EVERY.has(tokenAt(words, from).word) || readSchedule(words, at) !== undefined;
}

/** "… weekly", but not "the weekly rhythm" */
function isLast(words: Source, at: number): boolean {
  const { kind, word } = tokenAt(words, at + 1);
  return kind !== "word" || word === "and" || word === "or";
}

/** Behind these a verb is what somebody does or is to do. */
const BEFORE_VERB = wordsOf(
  "to could can would will 'd 'll might may and or then also just not you they we people",
);
/** Behind these nobody is asked to do it: "sorry to bug you", "how to get going". */
const GOVERNORS = wordsOf(
  `sorry happy glad nice good great lovely pleasure able keen excited eager one ones how what where why used trying tried try managed manage
  going back up chance much lot something anything nothing hate hated loved love forget forgot forgetting meaning got hard easy quick slow
  late early ready too enough about failed refused refuses likes like due bit last shame pity began started starting begun continue continued
  hoped planning planned rushing lucky honoured honored`,
);
/** What people do in talk. */
const LIGHT = wordsOf(
  `get have see take go come look keep use like want help hear start begin stop leave show miss forget slip pass hit hold`,
);

function isOrdered(words: Source, at: number, from: number): boolean {
  if (at === from || tokenAt(words, at).kind !== "word") return false;
  if (isDeedBehind(words, at)) return true;
  if (!BEFORE_VERB.has(tokenAt(words, at - 1).word) || !isBareStart(words, at)) return false;
  return isWord(tokenAt(words, at - 1), "to") ? isToDo(words, at) : !isOfTalk(words, at);
}

/** "… and polish the trophies" */
function isDeedBehind(words: Source, at: number): boolean {
  const isJoined = isWord(tokenAt(words, at - 1), "and", "or", "then");
  const object = tokenAt(words, at + 1);
  return (
    isJoined && isDeed(tokenAt(words, at).word) && (OBJECTS.has(object.word) || object.isCapital)
  );
}

function isToDo(words: Source, at: number): boolean {
  const { word } = tokenAt(words, at);
  return !GOVERNORS.has(tokenAt(words, at - 2).word) && !GOALS.has(word) && !BEING.has(word);
}

/** "I could use a hand", "they get forgotten" */
function isOfTalk(words: Source, at: number): boolean {
  return isWord(tokenAt(words, at - 2), "i") || LIGHT.has(tokenAt(words, at).word);
}

const OBJECTS = new Set([
  ...DETERMINERS,
  ...wordsOf("them him her it everyone everybody anyone me us"),
]);

/** Behind these nobody does it, whatever it is. */
const UNDONE = wordsOf(
  "how what where why used tried trying managed failed refused forgot forget forgetting hate hated sorry meaning",
);

/** "to polish the trophies": a verb that nobody knows, with what it is done to. */
function isUnknownTask(words: Source, at: number): boolean {
  const isTo = isWord(tokenAt(words, at), "to") && !UNDONE.has(tokenAt(words, at - 1).word);
  if (!isTo || !OBJECTS.has(tokenAt(words, at + 2).word)) return false;
  const { word, kind, isCapital } = tokenAt(words, at + 1);
  const isHarmless = BEING.has(word) || GOALS.has(word) || DETERMINERS.has(word);
  return kind === "word" && !isCapital && !isHarmless && !word.endsWith("ing");
}

const PASSIVE = pattern("could|can|will|may|might|would|to [not] [all|also|just|really] be|get");

function isToBeDone(words: Source, at: number): boolean {
  const be = matchAt(words, at, PASSIVE)?.next;
  return be !== undefined && isPast(tokenAt(words, be).word);
}

const SAYING = wordsOf("says say said asks asked wants told tells wrote");

/** "Sam says order pizza" */
function isSaidToDo(words: Source, at: number): boolean {
  if (!SAYING.has(tokenAt(words, at).word)) return false;
  const isTo = isWord(tokenAt(words, at + 1), "me", "us", "that", "to", "just");
  return isDeed(tokenAt(words, isTo ? at + 2 : at + 1).word);
}

const DOERS = wordsOf(
  "somebody someone he she everybody everyone anybody anyone it team bot agent",
);

/** "I hope somebody polishes the trophies" */
function isDoneBy(words: Source, at: number): boolean {
  const { word } = tokenAt(words, at);
  const isActive = mayBeVerb(word) && !TELLING.has(word) && DOERS.has(tokenAt(words, at - 1).word);
  return isActive && OBJECTS.has(tokenAt(words, at + 1).word);
}

const WHO_DOES_NOT = wordsOf("i we he she it they you that this people nobody why");

/** "don't …" tells somebody; "I don't …" tells of somebody. */
function isForbidden(words: Source, at: number): boolean {
  const isDenied = isWord(tokenAt(words, at), "do") && isWord(tokenAt(words, at + 1), "not");
  return isDenied && !WHO_DOES_NOT.has(tokenAt(words, at - 1).word);
}

const SIGNS: readonly ((words: Source, at: number, from: number) => boolean)[] = [
  isValue,
  isMeans,
  isCondition,
  isRepeated,
  isDuty,
  isForbidden,
  isOrdered,
  isUnknownTask,
  isToBeDone,
  isSaidToDo,
  isDoneBy,
];
