import { readPosition } from "../conditions/positions.ts";
import { isCommonWord, isVerb } from "../lexicon.ts";
import { readNumber } from "../readers/amounts.ts";
import { isCity } from "../readers/cities.ts";
import { isCountry } from "../readers/countries.ts";
import { readIndustry } from "../readers/industries.ts";
import { type Source, tokenAt, within, wordsOf } from "../source.ts";
import { TALK } from "../talk-words.ts";
import { VOCABULARY } from "../vocabulary.ts";

/** Names of people that are words, too. */
const GIVEN = wordsOf(
  `mark will grace hope chase rich bill rob pat sue jack drew dean earl may june april august faith joy dawn rose lily ivy ruby jade amber
  sky robin jay ray max art gene frank grant miles pierce ward wade cliff glen heath reed brook lane carol penny sandy candy sunny
  anders peters walters rogers myers`,
);

/** What several people are called: "Founders", "Journalists". */
const MANY = /(?:ers|ors|ists|ants|ents|ians|eers|ies|ees|ices|ings)$/;

/** Names that end as words for several do. */
const ENDING_IN_S = wordsOf(
  `james chris thomas lucas jess tess ines agnes silas carlos marcos nils hans lars jonas niklas mats andreas matthias tobias elias marcus
  julius iris doris francis frances alexis dennis denis boris louis luis jens klaus ross jules charles giles gus angus magnus cyrus
  nicholas nicolas douglas travis curtis phyllis janis thaddeus rasmus markus linus titus cornelius gladys alvis elvis ellis harris`,
);

const NAME = /^\p{L}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?$/u;

/** Whether one word names a person who is spoken to: no word of the grammar, no place, no kind of people. */
export function isNameAt(source: Source, at: number, mayBeSmall = false): boolean {
  const { kind, text, isCapital } = tokenAt(source, at);
  if (kind !== "word" || !NAME.test(text) || !(isCapital || mayBeSmall)) return false;
  return GIVEN.has(text.toLowerCase()) ? isCapital : isOnlyName(source, at);
}

function isOnlyName(source: Source, at: number): boolean {
  const { word, text, isCapital } = tokenAt(source, at);
  const written = text.toLowerCase();
  const isSlip = word !== written && !isCapital;
  if (/[^s]s$/.test(written) && !ENDING_IN_S.has(written)) return false;
  return !isSlip && !MANY.test(written) && !isKnown(written) && !isOfSearch(source, at);
}

function isKnown(word: string): boolean {
  return isVerb(word) || isCommonWord(word) || VOCABULARY.has(word) || TALK.has(word);
}

function isOfSearch(source: Source, at: number): boolean {
  const { text } = tokenAt(source, at);
  const word = within(source, at + 1);
  if (isCity(text) || isCountry(text)) return true;
  return [readNumber, readPosition, readIndustry].some((read) => read(word, at) !== undefined);
}
