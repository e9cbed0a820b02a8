import { matchFirst, pattern } from "../pattern.ts";
import { LANGUAGES } from "../readers/languages.ts";
import { type Source, tokenAt, within, wordsOf } from "../source.ts";
import { mayBeVerb } from "./forms.ts";

/**
 * Words by which a statement bounds what is to be done: it leaves out, approves, limits, puts off, asks for something more, or calls off
 * ("Acme is out", "legal sees it first", "a call would be good", "they cancelled it"). Such a statement is no remark.
 */

/** Who is left out, or who alone is meant. */
const LEAVING_OUT = wordsOf(
  `only except excluding exclude excluded exempt skip skipped unless instead besides rather whoever ones others rest mine myself off-limits
  off against taboo untouchable sacred opted avoid never none`,
);
/** Who has to agree, and what comes before. */
const AGREEING = wordsOf(
  "approve approves approved approval approvals permission consent okays signs sign-off mandatory required compulsory first",
);
/** How many, how often and when. */
const LIMITING = wordsOf(
  `limit limits max maximum minimum due until till handful dozen dozens capacity quota weekdays weekends tuesdays wednesdays
  thursdays fridays saturdays sundays mondays noon midnight embargo christmas easter slowly anonymously`,
);
/** What is not to go on. */
const CALLING_OFF = wordsOf(
  "cancelled canceled scrapped paused halted dropped stopped postponed discontinued stopping dropping",
);
const BOUNDS = new Set([...LEAVING_OUT, ...AGREEING, ...LIMITING, ...CALLING_OFF]);

const THING =
  "call|calls|report|copy|summary|reminder|newsletter|meeting|letter|postcard|card|visit|gift|voucher|discount|break|gap|pause|invoice|brochure|recap|follow-up|followup|text|sms|fax";
const BOUNDING = [
  `a|another|some|one|two|three [quick|short|little|good|nice|phone|personal|two|three|week|day|written|second|third] ${THING}`,
  `in|into ${[...LANGUAGES].join("|")}`,
  "is|are|was|were|be|'s|stays|left|leave|kept|keep|leaving [<bare>] [well|all] out",
  "is|are|said|says|means no <bare>",
  "a|per|each|every day|week|month",
  "two|three|four|five|six|ten touches|emails|mails|messages",
  "half|one|two|three|five|ten|some|few [of] [them|these|those] [each] is|are|'s enough|plenty|sufficient",
  "is|'s|by|from monday|tuesday|wednesday|thursday|friday|saturday|sunday",
  "would|'d like|love|loves|likes to see|read",
  "left|leave|leaving <bare> to",
  "starts|begins|resumes next monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month",
  "the other way round|around",
  "changed [my|our|his|her|their] mind",
  "in copy",
  "at most",
  "stay|stays|keep|keeps|remain|remains|go|goes out|away|clear of|from",
  "is|are|'s|was|were|am [also|already|now|still] a|an|our|my|the [big|old|new|good|paying|direct|key|major] client|clients|customer|customers|competitor|competitors|rival|rivals|partner|partners|supplier|vendor|reseller",
  "works|helps better|best|wonders",
  "works|worked with|without",
  "a|an [friendly|personal|little|good|nice|small|short|funny] tone|note|coupon|touch|subject|gif|joke|voice|signature|deadline|offer helps|works|worked|sells|never|always",
  "next week|month|quarter|year is|'s|works|will [be|do]",
  "this week|month|quarter|year is|'s|works|will [be] fine|good|ok|okay|better|best|enough|great|do|soon|early",
  "owns|own these|those|them|it|this",
  "are [already|also|now|still] clients|customers|competitors|partners|duplicates",
  "starts|begins|ends|expires|closes|start|begin tomorrow|today|tonight|at|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
  "sees|reads|checks|reviews it|them|everything|each",
  "says|said|say no",
  "just|only kidding|joking",
  "was|is a joke",
  "sorry [,] not",
].map(pattern);
/** In orders, and in talk of what happened then. */
const OF_TIMES = [
  "two|three|four|five|six|ten times",
  "on|this monday|tuesday|wednesday|thursday|friday|saturday|sunday",
].map(pattern);

export function bounds(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++) {
    if (BOUNDS.has(tokenAt(words, at).word) || isBoundAt(words, at)) return true;
    if (matchFirst(words, at, OF_TIMES) !== undefined) return true;
  }
  return false;
}

function isBoundAt(words: Source, at: number): boolean {
  return isUnwanted(words, at) || matchFirst(words, at, BOUNDING) !== undefined;
}

const UNWANTED = [
  "not [really] want|need|like|include [any]",
  "hate|hates|dislike [any]",
  "tired|sick|done|finished|working|worked|ways|allergic|care|sure|through of|with|about|to|for [any]",
  "is|are|'s|was|were|meant|made|goes|go for|to [any]",
].map(pattern);

/** Of these words some are said in talk of anything: "mine", "off", "the bigger ones". */
const IN_TALK = wordsOf(
  "ones mine myself off rather others rest first due never none christmas easter weekends noon midnight quota dropping",
);

/** Whether a word bounds what is to be done in talk that may be of anything. */
export function isBounding(words: Source, at: number): boolean {
  const { word } = tokenAt(words, at);
  return (BOUNDS.has(word) && !IN_TALK.has(word)) || isBoundAt(words, at);
}

/** Whether it says whom we have nothing to do with: "I'm done with recruiters". */
export function speaksOfMany(source: Source, from: number, to: number): boolean {
  const words = within(source, to);
  for (let at = from; at < to; at++) if (isUnwanted(words, at)) return true;
  return false;
}

/** "I don't want agencies", "it's for vegans", but not "I don't want this" */
function isUnwanted(words: Source, at: number): boolean {
  const next = matchFirst(words, at, UNWANTED)?.next;
  return next !== undefined && mayBeVerb(tokenAt(words, next).word);
}
