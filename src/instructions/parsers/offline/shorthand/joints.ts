import { readPosition } from "../conditions/positions.ts";
import { isBareStart } from "../links.ts";
import { isCity } from "../readers/cities.ts";
import { isWord, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Rule, say, look, fieldEnd, OPERATORS, SEPARATING, LONGEST_NAMES } from "./rule.ts";

/** "opened & no reply" is "opened and no reply"; between two names it may be part of one: "Johnson & Johnson". */
export const writeAnd: Rule = (tokens, at) => {
  const [before, here, after] = [look(tokens, at - 1), look(tokens, at), look(tokens, at + 1)];
  const isBetween = here.isApart && after.isApart && before.word !== "" && after.kind !== "mark";
  if (!isBetween || isInName(tokens, at)) return undefined;
  return { taken: 1, tokens: say("and", here) };
};

function isInName(tokens: readonly Token[], at: number): boolean {
  const areNames = look(tokens, at - 1).isCapital && look(tokens, at + 1).isCapital;
  if (!areNames || isTagged(tokens, at) || areSeveral(tokens, at)) return false;
  const end = fieldEnd(tokens, at + 1);
  return end === undefined || !isWord(look(tokens, end), ...OPERATORS, "is", "contains");
}

/** "VPs & CFOs", "Oslo & Bergen" */
function areSeveral(tokens: readonly Token[], at: number): boolean {
  const isRole = readPosition({ text: "", tokens, end: at }, at - 1) !== undefined;
  return isRole || (isWord(look(tokens, at - 2), "in") && isCity(look(tokens, at - 1).word));
}

/** "Oslo/Bergen" */
export const writeOr: Rule = (tokens, at) => {
  const areCities = isCity(look(tokens, at - 1).word) && look(tokens, at + 1).isCapital;
  return areCities
    ? { taken: 1, tokens: say("or", { ...look(tokens, at), isApart: true }) }
    : undefined;
};

/** "if opened | replied": in a condition a bar is "or". */
export const writeBar: Rule = (tokens, at) => {
  const isClause = isBareStart({ text: "", tokens, end: tokens.length }, at + 1);
  if (isClause || look(tokens, at + 1).kind === "mark") return undefined;
  for (let before = at - 1; before >= 0 && at - before < LONGEST_NAMES; before--) {
    const token = look(tokens, before);
    if (isWord(token, "if", "unless")) return { taken: 1, tokens: say("or", look(tokens, at)) };
    if (isWord(token, ...SEPARATING, ":")) return undefined;
  }
  return undefined;
};

const TAGS = wordsOf("tag tags tagged label labels labelled labeled");

/** "tagged A & B", "the tags A, B & C" */
function isTagged(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 1; before >= 0 && at - before < LONGEST_NAMES; before--) {
    const token = look(tokens, before);
    if (TAGS.has(token.word)) return true;
    if (!token.isCapital && token.kind !== "quoted" && !isWord(token, "&", ",", "and", ":"))
      return false;
  }
  return false;
}
