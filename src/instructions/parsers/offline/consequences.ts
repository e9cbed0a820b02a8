import { isStart } from "./links.ts";
import { isPassive } from "./passives.ts";
import { isWord, type Source, tokenAt, within, wordsOf } from "./source.ts";

const SUBJECTS = ["the", "this", "that", "their", "our", "a", "an", "it", "they", "everyone"];
const ACTS = wordsOf(
  `tag move hand send email enrich notify create add remove set assign mark change pass route transfer book schedule save invite alert tell
  put push give`,
);
const LONGEST_ACT = 12;

/** "When a deal is updated and its value is over 50k, the deal is moved to Legal": where the event ends and what is done begins. */
export function untilConsequence(source: Source, from: number): Source {
  for (let at = from; at < source.end; at++) {
    if (isWord(tokenAt(source, at), ",") && isConsequence(source, at + 1))
      return within(source, at);
  }
  return source;
}

function isConsequence(source: Source, at: number): boolean {
  const { kind } = tokenAt(source, at);
  const isSubject = kind === "variable" || isWord(tokenAt(source, at), ...SUBJECTS);
  return isSubject && hasAct(source, at) && isPassive(source, at);
}

function hasAct(source: Source, from: number): boolean {
  for (let at = from + 1; at < from + LONGEST_ACT; at++) {
    const { kind, lemma, word } = tokenAt(source, at);
    if (kind === "word" && ACTS.has(lemma) && (lemma !== word || word === "set")) return true;
    if (kind === "mark" && word !== "'") return false;
  }
  return false;
}

const NOUNS = ["task", "todo", "to-do", "email", "tag", "label", "linkedin", "reminder", "call"];

/** In "new deal -> task: …" the arrow leads to what is done, in "deal -> Won" to a stage. */
export function hasActBehindArrow(source: Source, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (!isWord(tokenAt(source, at), "->")) continue;
    const isNoun = isWord(tokenAt(source, at + 1), ...NOUNS);
    if ((isNoun && isWord(tokenAt(source, at + 2), ":")) || isStart(source, at + 1)) return true;
  }
  return false;
}
