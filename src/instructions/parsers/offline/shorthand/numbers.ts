import { readPlainNumber } from "../readers/amounts.ts";
import { isWord } from "../source.ts";
import { look, type Rule } from "./rule.ts";

/** "thirty (30) days", as contracts have it: the same number twice is one. */
export const dropFigure: Rule = (tokens, at) => {
  const figure = look(tokens, at + 1);
  const isAlone = figure.kind === "number" && isWord(look(tokens, at + 2), ")");
  if (!isAlone) return undefined;
  const source = { text: "", tokens, end: at };
  const said = [at - 3, at - 2, at - 1].find((from) => readPlainNumber(source, from)?.next === at);
  const value = said === undefined ? undefined : readPlainNumber(source, said)?.value;
  return value === figure.value ? { taken: 3, tokens: [] } : undefined;
};
