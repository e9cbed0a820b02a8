import { isWord } from "../source.ts";
import type { Token } from "../tokens.ts";
import { wordTable } from "../word-table.ts";
import { type Rule, say, look, fieldEnd, SEPARATING, isClosed, isOpen } from "./rule.ts";

/** "+tag hot -tag cold": the second sign begins a clause of its own. */
export const writeLink: Rule = (tokens, at) => {
  const here = look(tokens, at);
  const isSign = SIGNS[here.text] !== undefined && at > 0;
  const isJoined = isWord(look(tokens, at - 1), ...SEPARATING, ":", "and", "&", "then");
  return isSign && !isJoined ? { taken: 1, tokens: [...say("and", here, true), here] } : undefined;
};

const SIGNS: Readonly<Record<string, string>> = wordTable({ "+": "add", "-": "remove" });

/** "tags: -open, +dq" */
export const writeSigned: Rule = (tokens, at) => {
  const written: Token[] = [];
  let next = isWord(look(tokens, at + 1), ":") ? at + 2 : at + 1;
  let taken = 0;
  for (;;) {
    const sign = look(tokens, next);
    const verb = SIGNS[sign.word];
    const tag = look(tokens, next + 1);
    const isSigned = verb !== undefined && !tag.isApart && tag.kind !== "mark";
    if (!isSigned) break;
    if (taken > 0) written.push(...say("and", sign, true));
    const place = taken > 0 ? sign : look(tokens, at);
    written.push(...say(verb, place), ...say("tag", tag, true), tag);
    taken = next + 2 - at;
    next += isWord(look(tokens, next + 2), ",", "and", "&") ? 3 : 2;
  }
  return taken === 0 ? undefined : { taken, tokens: written };
};

/** "+hot; -cold": tags by their signs alone. */
export const writeSign: Rule = (tokens, at) => {
  const [sign, tag] = [look(tokens, at), look(tokens, at + 1)];
  const verb = SIGNS[sign.word];
  const isAlone =
    isOpen(tokens, at) && isClosed(tokens, at + 2) && !isWord(look(tokens, at - 1), "\n");
  const isTag = tag.kind === "word" && !tag.isApart && fieldEnd(tokens, at + 1) === undefined;
  if (verb === undefined || !isAlone || !isTag) return undefined;
  return { taken: 2, tokens: [...say(verb, sign), ...say("tag", tag, true), tag] };
};
