import { skipCourtesy } from "../courtesy.ts";
import { isBareStart } from "../links.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { readKnownField } from "../readers/fields.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { isBeginning, isSearchAt } from "./beginnings.ts";
import { bounds } from "./bounding.ts";
import { ENTITIES, mentions, saysMore, selects } from "./hiding.ts";
import { isAnnouncement } from "./meta.ts";
import { names } from "./naming.ts";
import { isRemark } from "./remarks.ts";
import { isStatement, isTold } from "./statements.ts";

/** What is said in front of a clause to say why, what for, or on which occasion: each returns where the clause begins, or `at`. */

const LONGEST = 24;

/** Behind the first of these marks that a clause begins behind. */
function clauseBehind(source: Source, at: number, marks: readonly string[]): number | undefined {
  for (let next = at; next < Math.min(source.end, at + LONGEST); next++)
    if (isWord(tokenAt(source, next), ...marks) && isOpening(source, next + 1)) return next + 1;
  return undefined;
}

/** "…, here's what I had in mind." */
function isOpening(source: Source, at: number): boolean {
  return isBeginning(source, at) || isAnnouncement(source, at);
}

const BECAUSE = [
  "[just] because|since|as|considering|seeing|given [as|how|that]",
  "now that",
  "in case you|anyone missed|wondered|forgot [it]",
].map(pattern);

/** "Since they came to our webinar, …", "Now that the site is live, …". */
export function skipBecause(source: Source, at: number): number {
  const because = matchFirst(source, at, BECAUSE);
  const next =
    because === undefined ? undefined : clauseBehind(source, because.next, [",", ":", "–"]);
  if (because === undefined || next === undefined) return at;
  return isStatement(source, because.next, next - 1, true) ? next : at;
}

const OCCASIONS = [
  "as discussed|agreed|mentioned|planned|requested|usual|promised|before|ever|always|a",
  "as <bare> said|asked|suggested|mentioned|requested|wanted",
  "per",
  "with",
  "thanks|due|owing to",
  "in light|view|honour|honor|anticipation|preparation|spirit|time of|for",
  "after|following [such] [the|our|my|a|this] [really|very|so] last|yesterday|recent|great|wonderful|fantastic|successful|good|busy|long",
  "before|over|during [the|our|this|next] holidays|summer|winter|weekend|christmas|quarter|year|season|break",
  "on the back|heels|occasion of",
  "before sending|doing|contacting|emailing|starting anything|anyone|anybody|out",
  "to|for my|your|our knowledge|information|reference|part",
].map(pattern);

/** "With the holidays coming up, …", "After a great event last week, …". */
export function skipOccasion(source: Source, at: number): number {
  const occasion = matchFirst(source, at, OCCASIONS);
  const next =
    occasion === undefined ? undefined : clauseBehind(source, occasion.next, [",", ":", "–"]);
  if (occasion === undefined || next === undefined) return at;
  const [from, to] = [at + 1, next - 1];
  const isBound = bounds(source, from, to) || names(source, at, to) || namesField(source, from, to);
  return isBound || saysMore(source, from, to) ? at : next;
}

/** "With a phone number, call them" asks what they have. */
function namesField(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (readKnownField(source, at) !== undefined) return true;
  return false;
}

const PURPOSE = pattern("[in] [order|as] to");

/** "To wake up our old pipeline, …" */
export function skipPurpose(source: Source, at: number): number {
  const purpose = matchAt(source, at, PURPOSE);
  if (purpose === undefined || isSomebody(source, purpose.next)) return at;
  const next = firstBehind(source, purpose.next);
  if (next === undefined || isQuoting(source, at, next)) return at;
  if (isSparing(source, purpose.next, next - 1)) return at;
  return selects(source, at, next - 1) || bounds(source, at, next - 1) ? at : next;
}

const SPARING = wordsOf("spare avoid leave keep protect exclude skip omit ignore bypass not");

/** "To spare Acme, …" */
function isSparing(source: Source, from: number, to: number): boolean {
  return SPARING.has(tokenAt(source, from).word) && names(source, from, to);
}

const DETERMINERS = wordsOf(
  "the a an all every each any some no our my your their this that these those whoever whom",
);

/** "To the customers who replied, …" names people, not what for. */
function isSomebody(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at);
  return DETERMINERS.has(word) || ENTITIES.has(word);
}

/** Behind the first comma or colon, where a clause begins there: behind a second one something else would be told first. */
function firstBehind(source: Source, at: number): number | undefined {
  for (let next = at; next < Math.min(source.end, at + LONGEST); next++)
    if (isWord(tokenAt(source, next), ",", ":", "–"))
      return isBeginning(source, next + 1) ? next + 1 : undefined;
  return undefined;
}

function isQuoting(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (tokenAt(source, at).kind === "quoted" || tokenAt(source, at).kind === "variable")
      return true;
  return false;
}

const SO = ["so", ":", "–", "hence", "therefore", "but", "and"];

/** "We want to win them back, so …", "It's short notice, but …": a statement, and what is to be done about it. */
export function skipStatement(source: Source, at: number): number {
  if (isBareStart(source, skipCourtesy(source, at))) return at;
  const joint = jointAt(source, at);
  if (joint === undefined) return at;
  const end = isWord(tokenAt(source, joint - 1), ",") ? joint - 1 : joint;
  const isReason = isWord(tokenAt(source, joint), "so", "hence", "therefore", ":");
  const isSaid = isStatement(source, at, end, isReason) || isToldOf(source, at, end, joint + 1);
  return isSaid || isRemark(source, at, end) ? joint + 1 : at;
}

/** The first comma or small word that something to do begins behind. */
function jointAt(source: Source, at: number): number | undefined {
  for (let next = at + 2; next < Math.min(source.end, at + LONGEST); next++) {
    const token = tokenAt(source, next);
    const isComma = isWord(token, ",") && !isWord(tokenAt(source, next + 1), ...SO);
    if ((isComma || isWord(token, ...SO)) && isBeginning(source, next + 1)) return next;
  }
  return undefined;
}

/** "We've got a lot of quiet leads, so find …": what is told of those who are looked for then. */
function isToldOf(source: Source, at: number, end: number, next: number): boolean {
  return isSearchAt(source, next) && isTold(source, at, end);
}

const FOR = pattern("for|re|about|regarding");
const REASONS = wordsOf(
  "reasons purposes sake compliance clarity context event launch summit roadshow campaign webinar conference quarter holidays season promo promotion push drive effort initiative project sprint blitz rollout tour trip",
);

/** "For the roadshow: …", "For compliance reasons, …" */
export function skipSake(source: Source, at: number): number {
  const sake = matchAt(source, at, FOR);
  const next = sake === undefined ? undefined : clauseBehind(source, sake.next, [":", ",", "–"]);
  if (next === undefined || mentions(source, at + 1, next - 1)) return at;
  const last = next - 2;
  const isNamed = isWord(tokenAt(source, next - 1), ":") && !isSomebodyNamed(source, last);
  const isReason = REASONS.has(tokenAt(source, last).word) || isNamed;
  return isReason && !saysMore(source, at + 1, last) && !selects(source, at, next - 1) ? next : at;
}

const MEN = wordsOf("men women people folks children youngsters ladies guys");

/** "For hot ones:", "For women:", "For Acme:" say whom it is for; "For the case-study hunt:" says what for. */
function isSomebodyNamed(source: Source, at: number): boolean {
  const { word, text, isCapital } = tokenAt(source, at);
  return isCapital || MEN.has(word) || /[^s]s$/i.test(text);
}
