import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";

/** Subjects of statements, and the forms of verbs that no order has. */

const FIRST_PERSON = wordsOf("we i");
export const PRONOUNS = wordsOf(
  `we i it they this that these those there he she nobody noone somebody someone everybody everyone something nothing most you`,
);
export const DETERMINERS = wordsOf(
  "the our my their your his her its this that these those most some many all both another every each no last next quite a an",
);
export const FINITE = wordsOf(
  `is are was were 's am has have had does do did got ran met went came said saw told took made gave lost won kept left sent held heard thought
  knew felt began spoke forgot fell grew`,
);
export const MODALS = wordsOf("will would might could can may");
export const OUGHT = wordsOf("should must shall ought");
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
  return DETERMINERS.has(word) ? verbBehind(source, at + 1) : undefined;
}

const OF_THEM = pattern(
  "of (the|these|those|our|my [ones|people|leads|contacts|deals|folks] / them|you|us)",
);

function isVerbOfPronoun(source: Source, at: number, pronoun: string): boolean {
  const { word, kind } = tokenAt(source, at);
  if (kind !== "word") return false;
  if (pronoun === "you") return isWord(tokenAt(source, at), "are");
  if (FINITE.has(word) || MODALS.has(word) || OUGHT.has(word) || isPast(word)) return true;
  return FIRST_PERSON.has(pronoun) ? STATES.has(word) : /[^s]s$/.test(word);
}

/** What somebody feels or has in mind. */
const STATES = wordsOf(
  `keep reckon guess suppose bet figure doubt imagine like love hate know think believe hope feel care miss say see understand realize realise fear mean want need wish try plan aim expect prefer`,
);

export function isPast(word: string): boolean {
  return /[^e]ed$/.test(word) && word.length > 4;
}

function verbBehind(source: Source, from: number): Verb | undefined {
  for (let at = from; at < Math.min(source.end, from + LONGEST_SUBJECT); at++) {
    if (tokenAt(source, at).kind !== "word") return undefined;
    const verb = skipAdverbs(source, at);
    const { word } = tokenAt(source, verb);
    const isVerb = FINITE.has(word) || MODALS.has(word) || isPast(word);
    if (at > from && (isVerb || isThirdPerson(source, verb))) return { at: verb, isOfUs: false };
  }
  return undefined;
}

/** They end like a verb of somebody and are none. */
const NO_VERBS = wordsOf(
  "this its his as us plus perhaps besides always across towards versus sales",
);

/** "the quarter ends", "my boss keeps asking": behind a plural no verb has an s. */
function isThirdPerson(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1).word;
  const after = tokenAt(source, at + 1);
  const isOfOne = !before.endsWith("s") || before.endsWith("ss");
  return (
    !NO_VERBS.has(tokenAt(source, at).word) &&
    /[^s]s$/.test(tokenAt(source, at).word) &&
    isOfOne &&
    (after.kind === "word" || after.word === "")
  );
}

function skipAdverbs(source: Source, at: number): number {
  let next = at;
  while (ADVERBS.has(tokenAt(source, next).word) && next < at + 2) next += 1;
  return next;
}
