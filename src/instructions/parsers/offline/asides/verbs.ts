import { matchAt, pattern } from "../pattern.ts";
import { type Source, tokenAt, wordsOf } from "../source.ts";
import { isFiniteForm, isParticiple, isVerbOfNoun, mayBeVerb, MODALS, OUGHT } from "./forms.ts";
import { isNameAt } from "./names.ts";

/** Subjects of statements, and where their verbs stand. */

const FIRST_PERSON = wordsOf("we i");
export const PRONOUNS = wordsOf(
  `we i it they this that these those there he she nobody noone somebody someone everybody everyone something nothing most you`,
);
export const DETERMINERS = wordsOf(
  "the our my their your his her its this that these those most some many all both another every each no last next quite a an",
);
const ADVERBS = wordsOf(
  "just really never always also already still both all finally recently only actually even currently probably usually ever now clearly simply rarely hardly often not too very",
);
const LONGEST_SUBJECT = 6;

export interface Verb {
  readonly at: number;
  readonly isOfUs: boolean;
}

/** The verb of a statement, behind its subject. */
export function verbOf(source: Source, at: number): Verb | undefined {
  const { word, kind } = tokenAt(source, at);
  if (kind !== "word") return undefined;
  if (PRONOUNS.has(word)) {
    const verb = skipAdverbs(source, matchAt(source, at + 1, OF_THEM)?.next ?? at + 1);
    if (isVerbOfPronoun(source, verb, word)) return { at: verb, isOfUs: FIRST_PERSON.has(word) };
  }
  if (DETERMINERS.has(word)) return verbBehind(source, at + 1);
  const named = somebodyEnd(source, at);
  return named > at ? verbOfSomebody(source, named) : undefined;
}

/** Who is spoken of without an article: "client said yes", "marketing loves it". */
const PEOPLE = wordsOf(
  `client customer boss mgmt management marketing sales finance legal support hr ops procurement leadership everybody nobody mum mom dad wife
  husband kids ceo cfo cto coo team weather traffic internet life `,
);
/** "half of these", "lots of them" */
const QUANTITY = pattern(
  "(half|some|most|many|lots|loads|plenty|few / a few|lot|couple|bunch) of them|these|those|it|us",
);

function somebodyEnd(source: Source, at: number): number {
  const quantity = matchAt(source, at, QUANTITY);
  if (quantity !== undefined) return quantity.next;
  const isNamed = isNameAt(source, at) && isSaidOfName(source, skipAdverbs(source, at + 1));
  return PEOPLE.has(tokenAt(source, at).word) || isNamed ? at + 1 : at;
}

const OF_NAMES = wordsOf(
  "loves hates knows thinks believes hopes says wants needs has is was does had will would 's",
);
const BEHIND_VERB = wordsOf(
  "to for on at in with about from by it me him them so yes no off out up",
);

/** "Lars decided that …", but not "Polish trophies": a word with a capital may be an order that nobody knows. */
function isSaidOfName(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at);
  if (OF_NAMES.has(word)) return true;
  const after = tokenAt(source, at + 1).word;
  const isBefore = after === "" || BEHIND_VERB.has(after) || PRONOUNS.has(after);
  return isFiniteForm(word) && isBefore;
}

function verbOfSomebody(source: Source, at: number): Verb | undefined {
  const verb = skipAdverbs(source, at);
  const isVerb = tokenAt(source, verb).kind === "word" && isVerbOfNoun(source, verb);
  return isVerb ? { at: verb, isOfUs: false } : undefined;
}

const OF_THEM = pattern(
  "of (the|these|those|our|my [ones|people|leads|contacts|deals|folks] / them|you|us)",
);

function isVerbOfPronoun(source: Source, at: number, pronoun: string): boolean {
  const { word, kind } = tokenAt(source, at);
  if (kind !== "word") return false;
  if (pronoun === "you") return TOLD_OF_YOU.has(word);
  if (MODALS.has(word) || OUGHT.has(word)) return true;
  if (isFiniteForm(word)) return !isParticiple(source, at);
  if (FIRST_PERSON.has(pronoun)) return STATES.has(word);
  return PLURAL.has(pronoun) ? FELT_BY_MANY.has(word) : mayBeVerb(word);
}

const PLURAL = wordsOf("they these those most");
const FELT_BY_MANY = wordsOf(
  "need hate love know think believe feel hope forget trust deserve worry complain pay matter keep",
);

/** What befalls somebody, and nobody does to them: "they need to settle in". */
export const NEEDING = pattern(
  "need|needs (to settle|recover|rest|sleep|think|decide|breathe|adjust|digest|calm|grow / [some|a] [bit|little] [of] [more] time|space|rest|room)",
);

const TOLD_OF_YOU = wordsOf("are were said told promised knew know asked mentioned rock");

/** What somebody feels or has in mind, or what happens to them. */
const STATES = wordsOf(
  `forget lose loose miss fail struggle suffer owe hear remember wonder worry agree spend waste live work travel enjoy appreciate swear promise trust
  keep reckon guess suppose bet figure doubt imagine like love hate know think believe hope feel care say see understand realize realise
  fear mean want need wish try plan aim expect prefer`,
);

/** Within a subject these begin what is said of it: "the resellers we met", "the vendors that my team visited". */
const OF_SUBJECT = wordsOf("i we you he she they that who which whom whose my our the a an");
const WHO = wordsOf("i we you he she they");
const PREPOSITIONS = wordsOf("in at from with of on to by for about");

function verbBehind(source: Source, from: number): Verb | undefined {
  let isOfSubject = false;
  for (let at = from; at < Math.min(source.end, from + LONGEST_SUBJECT); at++) {
    if (tokenAt(source, at).kind !== "word") return undefined;
    isOfSubject ||= isSaidOfSubject(source, at, from);
    const verb = skipAdverbs(source, at);
    if (at === from || !isVerbOfNoun(source, verb)) continue;
    if (!isOfSubject) return { at: verb, isOfUs: false };
    isOfSubject = false;
    at = verb;
  }
  return undefined;
}

function isSaidOfSubject(source: Source, at: number, from: number): boolean {
  const { word } = tokenAt(source, at);
  if (at === from) return WHO.has(word);
  return OF_SUBJECT.has(word) && !PREPOSITIONS.has(tokenAt(source, at - 1).word);
}

function skipAdverbs(source: Source, at: number): number {
  let next = at;
  while (ADVERBS.has(tokenAt(source, next).word) && next < at + 2) next += 1;
  return next;
}
