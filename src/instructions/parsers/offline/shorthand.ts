import { lemmaOf } from "./lexicon.ts";
import { isBareStart } from "./links.ts";
import { readKnownField } from "./readers/fields.ts";
import { isWord, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";
import { wordTable } from "./word-table.ts";

/** What stands in the place of some tokens. */
interface Rewrite {
  readonly taken: number;
  readonly tokens: readonly Token[];
}

type Rule = (tokens: readonly Token[], at: number) => Rewrite | undefined;

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

function say(word: string, place: Token | undefined, isInserted = false): readonly Token[] {
  if (place === undefined) return [];
  const end = isInserted ? place.start : place.end;
  const text = isInserted ? "" : place.text;
  return [
    {
      ...place,
      kind: "word",
      word,
      lemma: lemmaOf(word),
      text,
      end,
      value: Number.NaN,
      isCapital: false,
    },
  ];
}

function look(tokens: readonly Token[], at: number): Token {
  return tokenAt({ text: "", tokens, end: tokens.length }, at);
}

function fieldEnd(tokens: readonly Token[], at: number): number | undefined {
  return readKnownField({ text: "", tokens, end: tokens.length }, at)?.next;
}

const OPERATORS = ["=", "==", ">", "<", ">=", "<=", "!="];
const TAGS = wordsOf("tag tags tagged label labels labelled labeled");
const LONGEST_NAMES = 12;

/** "opened & no reply" is "opened and no reply"; between two names it may be part of one: "Johnson & Johnson". */
const writeAnd: Rule = (tokens, at) => {
  const [before, here, after] = [look(tokens, at - 1), look(tokens, at), look(tokens, at + 1)];
  const isBetween = here.isApart && after.isApart && before.word !== "" && after.kind !== "mark";
  if (!isBetween || isInName(tokens, at)) return undefined;
  return { taken: 1, tokens: say("and", here) };
};

function isInName(tokens: readonly Token[], at: number): boolean {
  const areNames = look(tokens, at - 1).isCapital && look(tokens, at + 1).isCapital;
  if (!areNames || isTagged(tokens, at)) return false;
  const end = fieldEnd(tokens, at + 1);
  return end === undefined || !isWord(look(tokens, end), ...OPERATORS, "is", "contains");
}

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

const KINDS: Readonly<Record<string, string>> = wordTable({
  contacts: "contact",
  leads: "lead",
  companies: "company",
  companys: "company",
  accounts: "account",
  deals: "deal",
});
const DETERMINERS = ["the", "this", "that", "each", "every", "their", "its", "a"];
const FINDING = wordsOf("find get pull search fetch grab list show look");

/** "the contacts status": the possessive without its apostrophe. "Find the contacts …" names them all. */
const writePossessive: Rule = (tokens, at) => {
  const [before, here] = [look(tokens, at - 1), look(tokens, at)];
  const isOne = isWord(before, ...DETERMINERS) && !FINDING.has(look(tokens, at - 2).lemma);
  const isOwning = isOne || /ys$/i.test(here.text);
  const isField = fieldEnd(tokens, at + 1) !== undefined || isWord(look(tokens, at + 1), "custom");
  if (!isOwning || !isField || KINDS[here.word] === undefined) return undefined;
  const cut = here.end - 1;
  const owner = say(KINDS[here.word] ?? here.word, { ...here, end: cut });
  return {
    taken: 1,
    tokens: [...owner, ...say("'s", { ...here, start: cut, text: "s", isApart: false })],
  };
};

/** "deals stage=Demo", "companies employees > 50": what they are like, without its "where". */
const writeWhere: Rule = (tokens, at) => {
  const end = fieldEnd(tokens, at + 1);
  const here = look(tokens, at);
  if (end === undefined || !isWord(look(tokens, end), ...OPERATORS)) return undefined;
  return { taken: 1, tokens: [here, ...say("where", look(tokens, at + 1), true)] };
};

const LONGEST_VALUE = 4;

/** Where a value ends: one word, number, quoted text or variable, or a name of several words. */
function valueEnd(tokens: readonly Token[], at: number): number | undefined {
  const first = look(tokens, at);
  if (first.kind === "mark" || isWord(first, "if", "unless")) return undefined;
  let next = at + 1;
  while (first.isCapital && next - at < LONGEST_VALUE && look(tokens, next).isCapital) next += 1;
  return next;
}

const SEPARATING = ["", "->", ";", ".", ",", "\n", "–", "|"];

function isClosed(tokens: readonly Token[], at: number | undefined): at is number {
  return at !== undefined && isWord(look(tokens, at), ...SEPARATING);
}

const LABELS = ["trigger", "event", "when", "start", "starts", "on"];

/** Behind a mark, but not behind the label of a trigger. */
function isOpen(tokens: readonly Token[], at: number): boolean {
  const isLabelled = isWord(look(tokens, at - 2), ...LABELS);
  return at > 0 && !isLabelled && isWord(look(tokens, at - 1), "->", ";", "\n", ".", ":");
}

/** "-tag cold" takes it off; a dash that opens a line is a bullet. */
const writeUntag: Rule = (tokens, at) => {
  const isBullet = at === 0 || isWord(look(tokens, at - 1), "\n");
  const tag = look(tokens, at + 1);
  if (isBullet || tag.isApart || !isWord(tag, "tag", "tags", "label")) return undefined;
  return { taken: 1, tokens: say("remove", look(tokens, at)) };
};

const SIGNS: Readonly<Record<string, string>> = wordTable({ "+": "add", "-": "remove" });

/** "tags: -open, +dq" */
const writeSigned: Rule = (tokens, at) => {
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

const SET = wordsOf("status stage owner tier segment priority plan source score lead");
const OWNERS = wordsOf("contact company deal lead account");

/** The field that notes give a value, behind the word for whose it is. */
interface Target {
  readonly owner: readonly Token[];
  readonly field: number;
  /** Where its arrow stands, or its colon. */
  readonly end: number;
}

/** "status → Active", "contact status: Active", "contact: stage → Demo": a field gets a value. */
const writeSetting: Rule = (tokens, at) => {
  const target = readTarget(tokens, at);
  if (target === undefined || !isValue(tokens, target.end + 1)) return undefined;
  const { owner, field, end } = target;
  const before = [...say("set", look(tokens, at), true), ...owner];
  const said = [...before, ...tokens.slice(field, end), ...say("to", look(tokens, end))];
  return { taken: end + 1 - at, tokens: said };
};

function readTarget(tokens: readonly Token[], at: number): Target | undefined {
  const isOwned = OWNERS.has(look(tokens, at).word);
  const field = isOwned ? ownedField(tokens, at) : at;
  const end = fieldEnd(tokens, field);
  const isBegun = isOpen(tokens, at) || (at === 0 && field === at + 2);
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

/** A value with nothing behind it, which is no clause itself. */
function isValue(tokens: readonly Token[], at: number): boolean {
  const isClause = isBareStart({ text: "", tokens, end: tokens.length }, at);
  return isClosed(tokens, valueEnd(tokens, at)) && !isClause;
}

/** "created >30d ago" */
const writeLongAgo: Rule = (tokens, at) => {
  const isAgo =
    look(tokens, at + 1).kind === "number" && isWord(look(tokens, at + 3), "ago", "old");
  if (!isAgo) return undefined;
  const here = look(tokens, at);
  const compared = here.word === ">" ? "more" : "less";
  return { taken: 1, tokens: [...say(compared, here), ...say("than", here)] };
};

const OF_MANY: readonly Rule[] = [writePossessive, writeWhere];
const OF_ONE: readonly Rule[] = [writeSetting];

/** By the word or mark that each begins with. */
const RULES: Readonly<Record<string, readonly Rule[]>> = wordTable({
  "&": [writeAnd],
  "-": [writeUntag],
  ">": [writeLongAgo],
  "<": [writeLongAgo],
  tag: [writeSigned],
  tags: [writeSigned],
  ...Object.fromEntries(Object.keys(KINDS).map((word) => [word, OF_MANY])),
  people: OF_MANY,
  ...Object.fromEntries([...SET, ...OWNERS].map((word) => [word, OF_ONE])),
});
