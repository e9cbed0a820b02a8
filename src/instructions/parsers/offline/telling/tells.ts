import { hidesAct, selects } from "../asides/hiding.ts";
import { names } from "../asides/naming.ts";
import { DETERMINERS, PRONOUNS } from "../asides/verbs.ts";
import { skipCourtesy } from "../courtesy.ts";
import { isBareStart } from "../links.ts";
import { isBeyond } from "../refusals.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { isGreeting, isTalk } from "./chat.ts";
import { isDeed } from "./deeds.ts";
import { type Kind, partsOf, type Place, skipTalkLeads } from "./parts.ts";
import { isOfPersons } from "./persons.ts";
import {
  isObject,
  kindOfStatement,
  mentionsMany,
  OF_CONTACTS,
  PREPOSITIONS,
} from "./statements.ts";
import { speaksOfWork } from "./work.ts";

/**
 * Whether words that nothing can be done about tell, greet, thank or sign, and nothing in them could be an order, a wish or a condition.
 * Somebody may have meant something by them all the same: whatever is passed over because of this has to be told.
 */
export function tells(source: Source, from: number, to: number, place: Place): boolean {
  const words = within(source, to);
  if (speaksOfWork(words, from)) return false;
  const isAsked = isWord(source.tokens[to] ?? tokenAt(source, source.end), "?");
  let before: Kind | undefined;
  for (const { from: start, to: end } of partsOf(words, from)) {
    const part = within(words, end);
    const kind = kindOfPart(part, skipTalkLeads(part, start), place, before);
    if (kind === "work" || (isAsked && kind === "told")) return false;
    if (kind !== "greeting" && before !== "told") before = kind;
  }
  return true;
}

function kindOfPart(part: Source, at: number, place: Place, before: Kind | undefined): Kind {
  if (at >= part.end || isGreeting(part, at)) return "greeting";
  if (isTalk(part, at) || isOfPersons(part, at, place, before)) return "talk";
  return kindOfStatement(part, at, place) ?? kindOfFragment(part, at, place, before);
}

const NO_ASPECTS = wordsOf(
  "string spring bring sling morning evening nothing anything everything something",
);

/** "Writing this from Singapore": no order has the form. */
function isAspect(part: Source, at: number): boolean {
  const { word } = tokenAt(part, at);
  return word.length > 5 && word.endsWith("ing") && !NO_ASPECTS.has(word);
}

/** Words without a verb of their own are told only behind what is, or where they open the text in a form that no order has. */
function kindOfFragment(part: Source, at: number, place: Place, before: Kind | undefined): Kind {
  const isDoing = isAspect(part, at);
  if (isDoing && place.isOpening && !hidesAct(part, at + 1, part.end)) return "told";
  if (mayBeOrder(part, at) || holdsWork(part, at, place, before)) return "work";
  const isTold = isDoing ? isSaidOf(place, before) : isBehind(place, before) && isMore(part, at);
  return isTold ? "told" : "work";
}

const isBehind = ({ isOpening }: Place, before: Kind | undefined): boolean =>
  before === "told" || (isOpening && before !== undefined);

const isSaidOf = ({ isFirst }: Place, before: Kind | undefined): boolean =>
  isFirst || before !== undefined;

/** One word alone could be one more of what is listed before. */
function isMore(part: Source, at: number): boolean {
  return PREPOSITIONS.has(tokenAt(part, at).word) || part.end - at > 1;
}

function holdsWork(part: Source, at: number, place: Place, before: Kind | undefined): boolean {
  if (OF_CONTACTS.has(tokenAt(part, at).word)) return true;
  if (names(part, at, part.end) && (!place.isOpening || before === undefined)) return true;
  return (
    hidesAct(part, at, part.end) ||
    selects(part, at, part.end) ||
    mentionsMany(part, at, part.end) ||
    isBeyond(part, at, part.end)
  );
}

/** A verb first, known or not, or a word with what could be done to something. */
function mayBeOrder(part: Source, at: number): boolean {
  const { word, isCapital } = tokenAt(part, at);
  if (isBareStart(part, skipCourtesy(part, at)) || isDeed(word)) return true;
  if (PRONOUNS.has(word) || DETERMINERS.has(word) || PREPOSITIONS.has(word)) return false;
  const next = tokenAt(part, at + 1);
  const isNamed = next.isCapital && !isCapital;
  return isObject(next.word) || isNamed || /[^s]s$/.test(next.word);
}
