import { lemmaOf } from "../lexicon.ts";
import { isWord, wordsOf } from "../source.ts";
import { look, type Rule, say } from "./rule.ts";

const HOWEVER = ["however", "always", "further", "also", "though"];
const LEFT_OUT = wordsOf("skip exclude omit ignore leave disregard remove");
const BE = ["be", "are", "is", "get", "gets"];
const ENDS = ["", ".", ";", "\n", "!", "->"];
const LONGEST = 30;

/**
 * "…, provided, however, that any contact tagged 'X' shall be skipped": what is done behind it is a clause of its own, and no condition of
 * what stands before it. "Provided, however, that they have replied" is one.
 */
export const writeProviso: Rule = (tokens, at) => {
  let next = at + 1;
  while (isWord(look(tokens, next), ",", ...HOWEVER)) next += 1;
  if (!isWord(look(tokens, next), "that")) return undefined;
  const here = look(tokens, at);
  const mark = { ...here, kind: "mark", word: ";", lemma: ";", text: ";" } as const;
  if (leavesOut(tokens, next)) return { taken: next + 1 - at, tokens: [mark] };
  return next === at + 1 ? undefined : { taken: next - at, tokens: [here] };
};

/** "…, except if they are tagged 'X'": unless they are. */
export const writeUnless: Rule = (tokens, at) =>
  isWord(look(tokens, at + 1), "if", "when", "where")
    ? { taken: 2, tokens: say("unless", look(tokens, at)) }
    : undefined;

/** Whether somebody "shall be skipped", "is left out" there. */
function leavesOut(tokens: Parameters<Rule>[0], from: number): boolean {
  for (let at = from; at < from + LONGEST; at++) {
    const token = look(tokens, at);
    if (isWord(token, ...ENDS)) return false;
    if (isWord(token, ...BE) && LEFT_OUT.has(lemmaOf(look(tokens, at + 1).word))) return true;
  }
  return false;
}
