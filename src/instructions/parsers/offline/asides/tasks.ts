import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { isPast, TELLING } from "./forms.ts";
import { type Verb } from "./verbs.ts";

/** Whether a statement says something to do, or for whom, however it is told. */

/** What should come about, and not what to do. */
export const GOALS = wordsOf(
  `win revive grow clean improve keep warm thank celebrate know hear avoid lose catch nurture engage re-engage wake reactivate boost fill
  focus understand stay be get see help turn bring reconnect rekindle reduce increase learn welcome treat have forget miss annoy bother
  spam bore chase close sell speed tidy qualify recover rescue save convert reward impress hate love support ease simplify streamline monitor prevent protect`,
);

export const BEING = wordsOf(
  `be see know hear try sound seem look feel come lose annoy bother bug trouble disturb hassle interrupt miss jinx risk forget rush overdo push scare waste say admit complain learn
  read do go happen stop think believe wait work die talk speak deal meet start settle recover sleep live move use`,
);
const BEHIND_TO = wordsOf(
  `the a an my our your his her their its this that these those it them me us you him everybody everyone work school bed sleep market date
  life people customers clients`,
);

/** "it's time to polish the trophies": something to do that is neither a goal nor befalls somebody. */
export function hasTask(source: Source, from: number): boolean {
  for (let at = from; at + 1 < source.end; at++) {
    if (!isWord(tokenAt(source, at), "to") || FORGETTING.has(tokenAt(source, at - 1).word))
      continue;
    const isEased = isWord(tokenAt(source, at + 1), "just", "really", "not", "always");
    if (isTaskAt(source, isEased ? at + 2 : at + 1)) return true;
  }
  return false;
}

/** An unknown verb with an object. */
function isTaskAt(source: Source, at: number): boolean {
  const { word, kind, isCapital } = tokenAt(source, at);
  const isKnown = BEING.has(word) || GOALS.has(word) || BEHIND_TO.has(word);
  return kind === "word" && !isCapital && !isKnown && tokenAt(source, at + 1).kind === "word";
}

const MISSED =
  "forget forgetting forgot fail failed failing struggle struggled neglected missed love hate";
/** Behind these somebody speaks of what was not done, whatever it was: "I keep forgetting to email them". */
export const MISSING = wordsOf(MISSED);
/** Behind these nobody is asked to do it: "I was meaning to polish them". */
const FORGETTING = wordsOf(`${MISSED} meaning loved hated used tried trying managed chance`);

const TO_OTHERS = pattern("is|are|was|goes|go|be [only|also|all|just] for|to|in|from");

/** "this is for Rome", "it is in German" */
export function isForSomebody(words: Source, at: number): boolean {
  const next = matchAt(words, at, TO_OTHERS)?.next;
  return next !== undefined && (tokenAt(words, next).isCapital || isPerson(words, next));
}

const PERSONS = wordsOf("them him her everyone everybody anyone those");

function isPerson(words: Source, at: number): boolean {
  return PERSONS.has(tokenAt(words, at).word);
}

const OBJECTS = wordsOf(
  "the a an our their his her its all every each them it this that these those",
);
/** What is felt, said or happens: nobody is to do it. */
const HAPPENING = new Set([
  ...TELLING,
  ...wordsOf(
    `hopes fears wins hits ends starts launches opens closes costs beats breaks drives runs leads spends got looking asking forgetting losing
    missing hearing getting having wondering telling saying nagging chasing bugging reminding pestering seeing finding`,
  ),
]);
const PASSIVE = pattern(
  "would|could|can|will|may|might|should|must [not] [all|also|just|really] be|get",
);
const TIME = pattern("is|'s [about|high] time we|they|you|somebody|someone");

/** "my team polishes the trophies", "we keep polishing the trophies", "they would be polished": something is done to something. */
export function isDone(words: Source, { at }: Verb): boolean {
  if (hasPassive(words, at) || matchAt(words, at, TIME) !== undefined) return true;
  const verb = isWord(tokenAt(words, at), "keep", "keeps", "kept") ? at + 1 : at;
  const { word } = tokenAt(words, verb);
  if (isWord(tokenAt(words, verb), "do", "does")) return OBJECTS.has(tokenAt(words, verb + 1).word);
  if (HAPPENING.has(word) || matchAt(words, verb, CARING) !== undefined) return false;
  const isActive = /[^s]s$|ing$/.test(word);
  return isActive && OBJECTS.has(tokenAt(words, verb + 1).word);
}

function hasPassive(words: Source, from: number): boolean {
  for (let at = from; at < words.end; at++) {
    const be = matchAt(words, at, PASSIVE)?.next;
    if (be !== undefined && isPast(tokenAt(words, be).word)) return true;
  }
  return false;
}

/** What the whole is there for: "this agent looks after new leads". */
export const CARING = pattern(
  "(looks after|for|at / takes care / keeps / follows up / makes sure / handles / covers / concerns / helps / manages / deals with)",
);
