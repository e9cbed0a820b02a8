import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { WHOLES } from "../wholes.ts";

/** Forms of verbs that no order has. */

const FINITE = wordsOf(
  `is are was were 's am has have had does do did got ran met went came said saw told took made gave lost won kept left sent held heard thought
  knew stole felt began spoke forgot fell grew froze hurt broke chose drove ate rang sat stood paid swore taught threw woke wore built bought
  brought caught dealt drew fought flew hid led lent meant rose sang slept spent stuck struck swept understood became died sold`,
);
export const MODALS = wordsOf("will would might could can may");
export const OUGHT = wordsOf("should must shall ought");

export function isPast(word: string): boolean {
  return /[^e]ed$/.test(word) && word.length > 4;
}

export function isFiniteForm(word: string): boolean {
  return FINITE.has(word) || isPast(word);
}

/** They end like a verb of somebody and are none. */
const NO_VERBS = wordsOf(
  "this its his as us plus perhaps besides always across towards versus sales",
);

export function mayBeVerb(word: string): boolean {
  return /[^s]s$/.test(word) && !NO_VERBS.has(word);
}

/** Whether somebody or something named before it does or is this. */
export function isVerbOfNoun(source: Source, at: number): boolean {
  const { word } = tokenAt(source, at);
  if (isOwner(source, at) || isParticiple(source, at)) return false;
  return MODALS.has(word) || isFiniteForm(word) || isThirdPerson(source, at);
}

/** "this year's vendors" */
function isOwner(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "'s") && /[^s]s$/.test(tokenAt(source, at + 1).word);
}

/** What many do by themselves, and not who was done something to. */
const PAST_OF_MANY = wordsOf(
  "loved liked hated enjoyed wanted needed hoped complained seemed looked worked helped changed ended started moved happened stopped failed",
);

/** "the vendors invited to the fair", "the people invited": who is meant, and not what they did. */
export function isParticiple(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1).word;
  const isOfMany = /[^s]s$/.test(before) || MANY.has(before);
  const { word } = tokenAt(source, at);
  return isPast(word) && isOfMany && !PAST_OF_MANY.has(word);
}

const MANY = wordsOf("people men women folks everyone everybody anyone anybody those these most");

/** What somebody feels or says, or how things are: a closed list, for with any other s a word could be many of something ("the old vendors"). */
export const TELLING = wordsOf(
  `loves hates knows thinks believes feels misses says tells keeps makes gives means seems looks has is was does needs wants
  remembers forgets understands deserves enjoys appreciates loses reaches begins covers concerns affects helps saves takes hurts celebrates owns
  sees hears gets`,
);
const BEFALLING = wordsOf(
  `works agrees insists matters sucks rocks fails nears approaches passes expires arrives comes goes happens grows sleeps cares worries complains asks
  ends closes hopes depends runs kills wonders lacks sounds bothers annoys bugs pays stays gives`,
);

/** "the quarter ends", "my boss keeps asking": behind a plural no verb has an s. */
function isThirdPerson(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1).word;
  const { word } = tokenAt(source, at);
  const isOfOne = !before.endsWith("s") || before.endsWith("ss");
  const isKnown = TELLING.has(word) || BEFALLING.has(word) || isSoon(source, at);
  return isOfOne && (isKnown || (OF_WHOLE.test(before) && mayBeVerb(word)));
}

/** "this workflow re-engages those who …": there are no several of it. */
const OF_WHOLE = new RegExp(String.raw`^(?:${WHOLES})$`);

/** "our trial launches soon" */
function isSoon(source: Source, at: number): boolean {
  return mayBeVerb(tokenAt(source, at).word) && isWord(tokenAt(source, at + 1), "soon");
}
