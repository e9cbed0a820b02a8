import { isWord, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Rule, say, look, fieldEnd, isOpen, isValue } from "./rule.ts";

export const SET = wordsOf("status stage owner tier segment priority plan source score lead");

export const OWNERS = wordsOf("contact company deal lead account");

/** The field that notes give a value, behind the word for whose it is. */
interface Target {
  readonly owner: readonly Token[];
  readonly field: number;
  /** Where its arrow stands, or its colon. */
  readonly end: number;
}

/** "status → Active", "contact status: Active", "contact: stage → Demo": a field gets a value. */
export const writeSetting: Rule = (tokens, at) => {
  const target = readTarget(tokens, at);
  if (target === undefined || !isValue(tokens, target.end + 1)) return undefined;
  const { owner, field, end } = target;
  const verb = isSetBefore(tokens, at) ? [] : say("set", look(tokens, at), true);
  const before = [...verb, ...owner];
  const said = [...before, ...tokens.slice(field, end), ...say("to", look(tokens, end))];
  return { taken: end + 1 - at, tokens: said };
};

/** "set the status → Active" has its verb. */
function isSetBefore(tokens: readonly Token[], at: number): boolean {
  const verb = isWord(look(tokens, at - 1), "the", "their", "its") ? at - 2 : at - 1;
  return isWord(look(tokens, verb), "set", "change", "update");
}

function readTarget(tokens: readonly Token[], at: number): Target | undefined {
  const isOwned = OWNERS.has(look(tokens, at).word);
  const field = isOwned ? ownedField(tokens, at) : at;
  const end = fieldEnd(tokens, field);
  const isAlone = isOpen(tokens, at) || (at === 0 && field === at + 2);
  const isBegun = isAlone || isSetBefore(tokens, at);
  if (end === undefined || !isBegun || !isWord(look(tokens, end), ...ARROWS[isOwned ? 1 : 0]))
    return undefined;
  return { owner: tokens.slice(at, Math.min(field, at + 1)), field, end };
}

/** What stands before the value of a field alone, and of a field with its owner. */
const ARROWS = [["->"], ["->", ":"]] as const;

/** Behind "contact" and "contact:"; "lead score" and "deal stage" are fields themselves. */
function ownedField(tokens: readonly Token[], at: number): number {
  if (isWord(look(tokens, at + 1), ":")) return at + 2;
  return fieldEnd(tokens, at) === undefined ? at + 1 : at;
}
