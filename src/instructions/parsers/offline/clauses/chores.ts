import type { Family } from "../clause.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { type Source, tokenAt } from "../source.ts";
import { BOOKED, hasMeeting, isWithContact, readArranged, readListed } from "./bookings.ts";
import { type Draft, readTitle, toTask } from "./task-details.ts";

type Reading = ReturnType<Family["read"]>;

const WHOM =
  "(them|him|her / [each|every|all|the|these|those|both|any] [and] [every] [one] [of] [the|these|those|them] contact|contacts|lead|leads|prospect|prospects|customer|customers|person|people|one|deal|deals|company|companies|account|accounts|owner / each|all|everyone|everybody|both [of] [them|these|those] / <variable>)";
const BOOK = "+schedule|+book|+arrange|+organize|+organise|+plan|+queue|+line|+pencil|+slot";

/** Verbs of a person's own work, kept in front of the title. */
const CHORES = [
  `${BOOK} [up|in|them] [in] a|an|the|another`,
  `${BOOK} ${WHOM} [in|up] [for|on|a|an]`,
  "+set up a|an|another",
  "+schedule|+book|+arrange <bare>",
  `+call|+ring|+phone|+dial [back|up] ${WHOM} [up|back]`,
  "+call|+ring|+phone their|his|her|the office|team|number|assistant|boss",
  "[a] [phone|quick|follow-up|discovery|intro|kickoff|final|second|sales|short] call with|to",
  `+give ${WHOM} a [quick|short|follow-up|courtesy] call|ring|shout|bell`,
  `follow up [with] [${WHOM}] by|over|via [the] phone`,
  "follow up with a [quick|short|phone] call",
].map(pattern);

/** In a cadence "day 5: call" is told whom. */
const CALLS = ["[a|the|another|one] [phone|quick|follow-up|last|final] call"].map(pattern);

const MACHINE = String.raw`(?:ai|(?:\w+-)?bots?|[\w-]*diall?ers?|robots?|robo-?calls?|voice agents?|automat(?:ed|ic) (?:\w+ )?(?:calls?|voice|messages?|system))`;
/** Nobody's work: a machine would have to do it, or who reads this. */
const BY_MACHINE = new RegExp(
  String.raw`\b(?:with|by|via|using|through)\b.*\b${MACHINE}\b|\b(?:leave|play|drop)\b.*\bpre-?recorded\b|\b(?:yourself|on your own)\b`,
  "i",
);

/** "Call them tomorrow", "book a demo with …": tasks without the word. */
export function readChore(source: Source, at: number): Reading {
  const alone = matchFirst(source, at, CALLS);
  if (alone !== undefined && alone.next >= source.end) return toTask({ title: "Call" }, alone.next);
  const head = matchFirst(source, at, CHORES);
  if (head === undefined) return readArranged(source, at) ?? readListed(source, at);
  const isBooked = BOOKED.has(tokenAt(source, at).lemma);
  if (isBooked && !(hasMeeting(source, at) || isWithContact(source, at))) return undefined;
  const draft: Draft = {};
  const end = readTitle(source, at, draft, false);
  if (draft.title === undefined || BY_MACHINE.test(draft.title)) return undefined;
  return toTask({ ...draft, title: toBase(source, at, draft.title) }, end);
}

/** "booking a demo" is the task "book a demo". */
function toBase(source: Source, at: number, title: string): string {
  const { text, lemma, word } = tokenAt(source, at);
  return lemma === word ? title : lemma + title.slice(text.length);
}
