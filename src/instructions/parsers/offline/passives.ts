import { matchFirst, pattern } from "./pattern.ts";
import { isWord, type Source, tokenAt } from "./source.ts";
import type { Token } from "./tokens.ts";

const MODALS = [
  "should|must|shall|can|will|ought|need|needs|has|have [to] [all|also|then|each|now] be|get [all|also|then|each]",
  "to be",
  "is|are|was|were|gets|get|being [all|also|then|each|now|automatically|immediately|always]",
].map(pattern);

const RECEIVING = [
  "should|must|shall|will|to [all|also|then|each] get|receive",
  "gets|get|receives|receive",
].map(pattern);

const LONGEST_SUBJECT = 24;

/**
 * "The deal should be moved to Legal" is "move the deal to Legal", "contacts who … should get the 'Nudge' email" is "send contacts who …
 * the 'Nudge' email": the same words with the verb in front, or undefined where nothing is said that way.
 */
export function toActive(source: Source, at: number): Source | undefined {
  for (let modal = at + 1; modal < Math.min(source.end, at + LONGEST_SUBJECT); modal++) {
    const passive = matchFirst(source, modal, MODALS);
    const verb = passive === undefined ? undefined : tokenAt(source, passive.next);
    if (passive !== undefined && verb !== undefined && isParticiple(verb)) {
      return reorder(source, at, modal, passive.next + 1, verb.lemma);
    }
    const receiving = matchFirst(source, modal, RECEIVING);
    if (receiving !== undefined) {
      const given = hasTag(source, receiving.next) ? "give" : "send";
      return reorder(source, at, modal, receiving.next, given);
    }
  }
  return undefined;
}

function hasTag(source: Source, at: number): boolean {
  for (let next = at; next < source.end; next++)
    if (isWord(tokenAt(source, next), "tag", "tags", "label")) return true;
  return false;
}

function isParticiple({ kind, word, lemma }: Token): boolean {
  return kind === "word" && word !== lemma && !word.endsWith("ing");
}

function reorder(source: Source, at: number, modal: number, rest: number, verb: string): Source {
  const { tokens } = source;
  const before = tokenAt(source, modal);
  const front: Token = { ...before, kind: "word", word: verb, lemma: verb, text: verb };
  const reordered = [
    ...tokens.slice(0, at),
    front,
    ...tokens.slice(at, modal),
    ...tokens.slice(rest, source.end),
  ];
  return { ...source, tokens: reordered, end: reordered.length };
}
