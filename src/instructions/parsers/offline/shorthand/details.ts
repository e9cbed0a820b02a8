import { isWord, wordsOf } from "../source.ts";
import { type Rule, look, LONGEST_NAMES, isOpen, isValue } from "./rule.ts";

const HEADS = wordsOf("email tag untag label task todo");

/** "email → 'X'", "task → call Ann": an arrow behind a word that is nothing without what follows. */
export const writeArrow: Rule = (tokens, at) => {
  const { word } = look(tokens, at - 1);
  const isAlone = at === 1 || isOpen(tokens, at - 1);
  if (!isAlone || !HEADS.has(word)) return undefined;
  const isTask = word === "task" || word === "todo";
  const isObject = isTask || look(tokens, at + 1).kind === "quoted" || word !== "email";
  if (!isObject || !(isTask || isValue(tokens, at + 1))) return undefined;
  return { taken: 1, tokens: [{ ...look(tokens, at), word: ":", lemma: ":", text: ":" }] };
};

const DETAILS = wordsOf("due owner assignee assign assigned deadline");

/** "task: call Ann (due 2d)": its details, in parentheses. */
export const writeDetails: Rule = (tokens, at) => {
  if (!DETAILS.has(look(tokens, at + 1).word)) return undefined;
  let close = at + 1;
  while (close - at < LONGEST_NAMES && !isWord(look(tokens, close), ")", "")) close += 1;
  if (!isWord(look(tokens, close), ")")) return undefined;
  const comma = { ...look(tokens, at), word: ",", lemma: ",", text: "," };
  return { taken: close + 1 - at, tokens: [comma, ...tokens.slice(at + 1, close)] };
};
