import { isFiniteForm, isParticiple, MODALS } from "../asides/forms.ts";
import { ENTITIES, hidesAct, saysMore, selects } from "../asides/hiding.ts";
import { isNameAt } from "../asides/names.ts";
import { names } from "../asides/naming.ts";
import { isDone, isForSomebody } from "../asides/tasks.ts";
import { DETERMINERS, PRONOUNS, verbOf } from "../asides/verbs.ts";
import { isHabit } from "../asides/wishes.ts";
import { isBareStart, isInflectedStart } from "../links.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { isDeed } from "./deeds.ts";
import { type Kind, type Place, SUBJECTS } from "./parts.ts";

/** A subject and a verb that no order has: told, unless it claims something of those who are worked on, or names who could be left out. */
export function kindOfStatement(part: Source, at: number, place: Place): Kind | undefined {
  if (isDeedDone(part, at)) return undefined;
  if (DOING.has(tokenAt(part, at).word)) return kindOfDoing(part, at, place);
  const subject = skipCircumstance(part, at);
  if (subject > at) return kindOfStatement(part, subject, place);
  const verb = verbOf(part, at)?.at ?? finiteBehind(part, at);
  if (verb === undefined) return isOfPeople(part, at, place) ? "told" : undefined;
  return hidesAct(part, at, verb) ? undefined : kindOfVerb(part, at, verb, place);
}

function kindOfVerb(part: Source, at: number, verb: number, place: Place): Kind {
  const isWork = isHabitOf(part, verb) || isPlanned(part, verb) || isClaim(part, at, verb, place);
  return isWork ? "work" : "told";
}

const PLANNING = wordsOf("of about and for by like suggest consider imagine propose recommend or");

/** "I'm thinking of finding contacts in Rome" */
function isPlanned(part: Source, verb: number): boolean {
  return hasGerundBehind(part, verb + 1, PLANNING);
}

/** Whether a verb that begins steps stands there in its -ing form, behind one of these words. */
export function hasGerundBehind(part: Source, from: number, words: ReadonlySet<string>): boolean {
  for (let at = from; at < part.end; at++) {
    const isGerund = tokenAt(part, at).word.endsWith("ing") && isInflectedStart(part, at);
    if (isGerund && words.has(tokenAt(part, at - 1).word)) return true;
  }
  return false;
}

/** "people sign up for the trial and then vanish", before anything is to be done about it. */
function isOfPeople(part: Source, at: number, { isOpening }: Place): boolean {
  const isMany = isWord(tokenAt(part, at), "people", "folks") && part.end > at + 1;
  return isOpening && isMany && !hidesAct(part, at + 1, part.end) && !saysMore(part, at, part.end);
}

const CIRCUMSTANCES = wordsOf(
  "since after during in at on over last this following between from under with",
);
const TELLERS = wordsOf("i we he she it my our everyone everybody nobody somebody someone");
const LONGEST_CIRCUMSTANCE = 8;

/** "Since the migration in March our data …", "Last quarter everyone …": where the subject begins. */
function skipCircumstance(part: Source, at: number): number {
  if (!CIRCUMSTANCES.has(tokenAt(part, at).word)) return at;
  for (let next = at + 2; next < Math.min(part.end, at + LONGEST_CIRCUMSTANCE); next++) {
    const isOfSome = isWord(tokenAt(part, next + 1), "of") && isWord(tokenAt(part, next + 2), "us");
    const isSubject = isOfSome || TELLERS.has(tokenAt(part, next).word);
    if (!isSubject || PREPOSITIONS.has(tokenAt(part, next - 1).word)) continue;
    return hidesAct(part, at, next) || selects(part, at, next) ? at : next;
  }
  return isWord(tokenAt(part, at), "since") ? at + 1 : at;
}

function kindOfDoing(part: Source, at: number, { isOpening }: Place): Kind {
  return isOpening || !names(part, at, part.end) ? "told" : "work";
}

/** What I did: no order has the form. */
const DOING = wordsOf(
  `got ran met went came said saw told took made gave lost won kept held heard thought knew stole felt began spoke forgot fell broke drove
  ate sat stood paid woke bought brought caught dealt flew slept spent talked chatted bumped realised realized promised agreed joined
  started moved visited noticed discussed`,
);

/** "Reset the password that …" */
function isDeedDone(part: Source, at: number): boolean {
  return isDeed(tokenAt(part, at).word) && isObject(tokenAt(part, at + 1).word);
}

const OBJECTS = wordsOf("them him her me us it everyone everybody anyone");

export function isObject(word: string): boolean {
  return DETERMINERS.has(word) || PRONOUNS.has(word) || OBJECTS.has(word);
}

/** "Bob polishes the trophies" */
function isHabitOf(part: Source, verb: number): boolean {
  const said = { at: verb, isOfUs: false };
  const isTalking = isWord(tokenAt(part, verb), "turns", "says", "asks");
  return isDone(part, said) || (!isTalking && isHabit(part, said));
}

export const OF_CONTACTS = wordsOf(
  "they these those everyone everybody anyone anybody them theirs some most many half all",
);
const PRESENT = wordsOf("is are 's 're have has");

function isClaim(part: Source, at: number, verb: number, place: Place): boolean {
  if (isForSomebody(part, verb) || isOfMany(part, at, verb, place)) return true;
  if (!isOfUs(part, at, verb, place) && selectsMany(part, verb)) return true;
  const isOfPerson = isNameAt(part, at) && verb === at + 1;
  return names(part, isOfPerson ? verb : at, part.end) && isSaidOfNamed(part, at, verb);
}

/** What I say, and what befell us, is about nobody else: "Our director saw how many of them went silent". */
function isOfUs(part: Source, at: number, verb: number, { isOpening }: Place): boolean {
  const isOurs = isOpening && isWord(tokenAt(part, at), "my", "our") && isPastAt(part, verb);
  return isOurs || isWord(tokenAt(part, at), "i");
}

/** "They are in Rome", "Customers get a call" */
function isOfMany(part: Source, at: number, verb: number, { isOpening }: Place): boolean {
  const isThem = OF_CONTACTS.has(tokenAt(part, at).word);
  const isOfContacts = mentionsMany(part, at, verb) || selects(part, at, verb);
  if (!isThem && !isOfContacts) return false;
  if (saysMore(part, at, part.end) || names(part, at, part.end)) return true;
  if (isWord(tokenAt(part, verb), "get", "gets", "receive", "receives")) return true;
  return !isPastAt(part, verb) && (isOfContacts || !isOpening);
}

function isPastAt(part: Source, at: number): boolean {
  const { word } = tokenAt(part, at);
  return isFiniteForm(word) && !PRESENT.has(word);
}

/** "We already mailed Acme", "It worked at Acme", "Our rival is Acme" */
function isSaidOfNamed(part: Source, at: number, verb: number): boolean {
  const isOfSeveral = part.tokens
    .slice(at, part.end)
    .some(({ text }) => /^\p{Lu}{2,}s$/u.test(text));
  if (isOfSeveral || isDecided(part, at)) return true;
  if (isWord(tokenAt(part, at), "it", "that", "this")) return true;
  return !isPastAt(part, verb) && (isPlaceAt(part, at) || tokenAt(part, verb + 1).isCapital);
}

/** "Milan is covered" */
function isPlaceAt(part: Source, at: number): boolean {
  const { text, isCapital } = tokenAt(part, at);
  return isCapital && (isCity(text) || isCountry(text));
}

const DECIDING = wordsOf("already not never no meant");

/** Whether it denies something, or says that it is done already. */
export function isDecided(part: Source, from: number): boolean {
  return part.tokens.slice(from, part.end).some(({ word }) => DECIDING.has(word));
}

function selectsMany(part: Source, from: number): boolean {
  const isMany = part.tokens
    .slice(from, part.end)
    .some(({ word, text }) => /\p{L}{2,}[^s]s$/u.test(text) || ENTITIES.has(word));
  return isMany && selects(part, from, part.end);
}

/** Whether they speak of contacts, companies or deals as such. */
export function mentionsMany(part: Source, from: number, to: number): boolean {
  return part.tokens.slice(from, to).some(({ word }) => ENTITIES.has(word) || ONES.has(word));
}
const ONES = wordsOf("ones");

const LONGEST_SUBJECT = 8;
const RELATIVE = wordsOf("who which whom whose that where");
export const PREPOSITIONS = wordsOf(
  `with without on in at to of from about for by like than who which where that whose over after before since during between under near
  around across through into via per inside`,
);

/** A verb in a form that no order has, behind words that could be its subject. */
function finiteBehind(part: Source, at: number): number | undefined {
  if (!mayBeSubject(part, at)) return undefined;
  for (let next = at + 1; next < Math.min(part.end, at + LONGEST_SUBJECT); next++) {
    if (RELATIVE.has(tokenAt(part, next).word) || isSaidOf(part, next)) return undefined;
    if (!isFiniteAt(part, next, at)) continue;
    return SUBJECTS.has(tokenAt(part, next - 1).word) && next - 1 > at ? undefined : next;
  }
  return verbOfPronoun(part, at);
}

function mayBeSubject(part: Source, at: number): boolean {
  const { word } = tokenAt(part, at);
  const isOrder = isDeed(word) && !isWord(tokenAt(part, at + 1), "is", "was", "has", "'s");
  return !PREPOSITIONS.has(word) && !isOrder && !word.endsWith("ly");
}

const TELLING = wordsOf("'re 've keeps says thinks reckons feels starts opens closes begins ends");

function isFiniteAt(part: Source, at: number, from: number): boolean {
  const { word, kind } = tokenAt(part, at);
  const isOther = kind !== "word" || word.includes("-") || isOfThose(part, at, from);
  if (isOther || isWord(tokenAt(part, at + 1), "by")) return false;
  return word === "'s" ? isShortIs(part, at) : isFiniteForm(word) || isTelling(part, at);
}

/** "the people invited", but not "Lars decided", "my colleagues finished it" */
function isOfThose(part: Source, at: number, from: number): boolean {
  const isOurs = isWord(tokenAt(part, from), "my", "our", "his", "her");
  return isParticiple(part, at) && !isNameAt(part, at - 1) && !isOurs;
}

/** "it's", "Carla's late" */
function isShortIs(part: Source, at: number): boolean {
  return SUBJECTS.has(tokenAt(part, at - 1).word) || isNameAt(part, at - 1);
}

function isTelling(part: Source, at: number): boolean {
  const { word } = tokenAt(part, at);
  const isSortOf = (word === "sort" || word === "kind") && isWord(tokenAt(part, at + 1), "of");
  return MODALS.has(word) || TELLING.has(word) || isSortOf;
}

/** "I trust", "he volunteerd" */
function verbOfPronoun(part: Source, at: number): number | undefined {
  const verb = tokenAt(part, at + 1).word;
  const isOfMe = isWord(tokenAt(part, at), "i") && !isBareStart(part, at + 1);
  const isOfOne = isWord(tokenAt(part, at), "he", "she") && !verb.endsWith("s") && !isDeed(verb);
  return verb !== "" && (isOfOne || isOfMe) ? at + 1 : undefined;
}

/** "the vendors my team met": who is meant, and not what they did. */
function isSaidOf(part: Source, at: number): boolean {
  const isWhose = isWord(
    tokenAt(part, at),
    "i",
    "we",
    "you",
    "he",
    "she",
    "they",
    "my",
    "our",
    "your",
  );
  const before = tokenAt(part, at - 1).word;
  return isWhose && before !== "and" && !PREPOSITIONS.has(before) && !isFiniteForm(before);
}
