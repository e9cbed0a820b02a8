import {
  writeArrow,
  writeChannel,
  writeDetails,
  writeFollowed,
  writeWith,
} from "./shorthand/details.ts";
import { writeAnd, writeBar, writeOr } from "./shorthand/joints.ts";
import { dropFigure } from "./shorthand/numbers.ts";
import { writeProviso, writeUnless } from "./shorthand/provisos.ts";
import type { Rewrite, Rule } from "./shorthand/rule.ts";
import {
  dropLike,
  dropPlease,
  KINDS,
  writeComma,
  writeLongAgo,
  writePossessive,
  writeWhere,
} from "./shorthand/searches.ts";
import { OWNERS, SET, writeSetting } from "./shorthand/settings.ts";
import { writeLink, writeSign, writeSigned } from "./shorthand/tags.ts";
import type { Token } from "./tokens.ts";
import { wordTable } from "./word-table.ts";

/**
 * Notes leave out the words between their marks. They are put back before anything is read, so that the grammar knows one
 * way only: "deals stage=Demo" is "deals where stage=Demo", "-tag cold" is "remove tag cold", "status → Active" is "set
 * status to Active". Each word that is put in keeps the place of the mark it stands for.
 */
export function writeOut(tokens: readonly Token[]): readonly Token[] {
  const written: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const rewrite = token.kind === "quoted" ? undefined : readRewrite(tokens, at, token.word);
    written.push(...(rewrite?.tokens ?? [token]));
    at += rewrite?.taken ?? 1;
  }
  return written;
}

function readRewrite(tokens: readonly Token[], at: number, word: string): Rewrite | undefined {
  for (const rule of RULES[word] ?? []) {
    const rewrite = rule(tokens, at);
    if (rewrite !== undefined) return rewrite;
  }
  return undefined;
}

const OF_MANY: readonly Rule[] = [writePossessive, writeWhere];

const OF_ONE: readonly Rule[] = [writeSetting];

/** By the word or mark that each begins with. */
const RULES: Readonly<Record<string, readonly Rule[]>> = wordTable({
  "&": [writeAnd],
  like: [dropLike],
  please: [dropPlease],
  kindly: [dropPlease],
  pls: [dropPlease],
  ";": [writeComma],
  "-": [writeSign],
  add: [writeLink],
  remove: [writeLink],
  "+": [writeSign],
  "/": [writeOr],
  "|": [writeBar],
  "->": [writeArrow],
  linkedin: [writeChannel],
  followed: [writeFollowed],
  provided: [writeProviso],
  except: [writeProviso, writeUnless],
  w: [writeWith],
  "(": [dropFigure, writeDetails],
  ">": [writeLongAgo],
  "<": [writeLongAgo],
  "<=": [writeLongAgo],
  ">=": [writeLongAgo],
  tag: [writeSigned],
  tags: [writeSigned],
  ...Object.fromEntries(Object.keys(KINDS).map((word) => [word, OF_MANY])),
  people: OF_MANY,
  ...Object.fromEntries([...SET, ...OWNERS].map((word) => [word, OF_ONE])),
});
