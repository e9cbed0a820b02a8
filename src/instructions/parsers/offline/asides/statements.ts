import { matchFirst, pattern } from "../pattern.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "../source.ts";
import { bounds } from "./bounding.ts";
import { isFiniteForm } from "./forms.ts";
import { hidesAct, saysMore } from "./hiding.ts";
import { names } from "./naming.ts";
import { DETERMINERS, PRONOUNS, verbOf } from "./verbs.ts";
import { kindOf } from "./wishes.ts";

/**
 * A statement tells how things are, or what is hoped for, and asks for nothing: somebody or something, a verb in a form that no order
 * has, and words that a plan could not hold ("we ran a webinar", "the quarter ends soon", "we want to win them back").
 */

/** What may stand before it: "so the thing is, we …". */
const LEADS = [
  "(fyi|note|btw|ps|context|background|heads-up [:|,|–|-|.] / [just] a|as|one [quick] heads|note|heads-up|fyi|remark [up] [:|,|–|-] / as you|i|we know|said|heard|mentioned|discussed|agreed|see , / for context|reference|info|background|information [:|,])",
  "[so|well|look|listen|ok|okay|and|but] [,] the thing|point|deal|problem|issue|situation|story|reason|truth|fact [here] is [that|this] [,|:]",
  "[so|well|look|listen|ok|okay|and|but] [,] here is|'s the thing|point|deal|problem|issue|situation|story|reason [:|,]",
  "[just] so|as you know ,|–|-|:",
  "[please] note|remember|mind [that]",
  "let us|'s be honest|frank|fair|clear|real ,|:|–",
  "so|well|look|listen|honestly|frankly|basically|ok|okay|and|but|right|anyway|sadly|unfortunately|luckily|apparently|lately|recently|obviously|hmm|oh|now [,]",
  "to be honest|fair|frank|clear [,|:|–]",
].map(pattern);

const MOST_LEADS = 3;

export function skipLeads(source: Source, at: number): number {
  let next = at;
  for (let turn = 0; turn < MOST_LEADS; turn++) {
    const lead = matchFirst(source, next, LEADS);
    if (lead === undefined || lead.next >= source.end) return next;
    ({ next } = lead);
  }
  return next;
}

/** "we never followed up with those who opened it": what we did, whoever it was done to. */
export function isTold(source: Source, at: number, end: number): boolean {
  const words = within(source, end);
  const start = skipLeads(words, at);
  const verb = verbOf(words, start);
  if (verb?.isOfUs !== true || kindOf(words, start, verb) !== "told") return false;
  const { word } = tokenAt(words, verb.at);
  return isFiniteForm(word) && !hidesAct(words, start, end) && !isOrdering(words, start);
}

/** Whether these words are a statement that holds nothing for a plan; what is only wished is one as the reason for what follows. */
export function isStatement(source: Source, at: number, end: number, isReason = false): boolean {
  const words = within(source, end);
  const start = skipLeads(words, at);
  const verb = verbOf(words, start);
  const kind = verb === undefined ? "asked" : kindOf(words, start, verb);
  if (kind === "asked" || (kind === "wish" && !isReason) || isOrdering(words, start)) return false;
  if (bounds(words, start, end) || names(words, start, end)) return false;
  return VAGUE.has(tokenAt(words, start).word)
    ? !hidesAct(words, start, end)
    : !saysMore(words, start, end);
}

/** Of these nothing can be asked. */
const VAGUE = wordsOf("most many half some lots loads plenty nobody noone");

const JOINTS = wordsOf(", and but so then ; – : or");
/** What may go on behind a comma, beside names, pronouns and forms of verbs that order nothing. */
const GOING_ON = wordsOf(
  `which who whom whose where that as like even too though although unfortunately sadly luckily so and but or in on at for from with by to of about
  over since because while especially including not no right really very`,
);

/** "we ran a webinar, polish the trophies": an order behind a joint, known or not. */
export function isOrdering(words: Source, from: number): boolean {
  for (let at = from + 1; at < words.end; at++) {
    if (!JOINTS.has(tokenAt(words, at).word) || JOINTS.has(tokenAt(words, at + 1).word)) continue;
    const { word, kind } = tokenAt(words, at + 1);
    if (kind !== "word" || isPlain(word) || isSoMuch(words, at)) continue;
    if (DETERMINERS.has(tokenAt(words, at + 2).word) || PRONOUNS.has(tokenAt(words, at + 2).word))
      return true;
    if (!isWord(tokenAt(words, at), "and", "or")) return true;
  }
  return false;
}

/** "we lose them so fast": how, and not what follows from it. */
function isSoMuch(words: Source, at: number): boolean {
  return isWord(tokenAt(words, at), "so") && at + 2 >= words.end;
}

function isPlain(word: string): boolean {
  const isKnown = GOING_ON.has(word) || PRONOUNS.has(word) || DETERMINERS.has(word);
  return isKnown || isFiniteForm(word) || /(?:ing|ly)$/.test(word);
}
