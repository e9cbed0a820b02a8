import { isNounLed } from "../clauses/search-nouns.ts";
import { matchAt, pattern } from "../pattern.ts";
import { readKnownField } from "../readers/fields.ts";
import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { wordTable } from "../word-table.ts";
import { readActName } from "./acts.ts";
import { type Detail, sayAct } from "./details.ts";
import { type Notation, put } from "./edit.ts";

/** What stands in the place of some tokens, and where the next stands. */
interface Written {
  readonly tokens: readonly Token[];
  readonly next: number;
}

/** Pseudo-code: `sendEmail("Intro")`, `title.contains("VP")`, `contact.email != null`, `return;`. */
export const writeCode: Notation = (source) => {
  if (!source.tokens.some(isOfCode)) return source.tokens;
  const written: Token[] = [];
  let at = 0;
  while (at < source.end) {
    const read = readCode(source, at);
    written.push(...(read?.tokens ?? [tokenAt(source, at)]));
    at = read?.next ?? at + 1;
  }
  return written;
};

function isOfCode({ text, word }: Token): boolean {
  return text === "(" || CODE.has(word) || NOTHING.has(word);
}

const CODE = new Set(["return", "for", "foreach"]);

function readCode(source: Source, at: number): Written | undefined {
  if (tokenAt(source, at).kind === "quoted") return undefined;
  return (
    readNothing(source, at) ??
    readMethod(source, at) ??
    readCall(source, at) ??
    readReturn(source, at) ??
    readLoop(source, at)
  );
}

const NOTHING = new Set(["null", "none", "nil", "undefined", "nullptr"]);

/** "email == null" */
function readNothing(source: Source, at: number): Written | undefined {
  const sign = tokenAt(source, at);
  if (!NOTHING.has(tokenAt(source, at + 1).word)) return undefined;
  if (isWord(sign, "==", "=")) return { tokens: put("does not exist", sign), next: at + 2 };
  return isWord(sign, "!=") ? { tokens: put("exists", sign), next: at + 2 } : undefined;
}

const METHODS: Readonly<Record<string, string>> = wordTable({
  contains: "contains",
  includes: "contains",
  has: "contains",
  equals: "is",
  is: "is",
  exists: "exists",
  isset: "exists",
  ispresent: "exists",
  isempty: "does not exist",
  isnull: "does not exist",
  ismissing: "does not exist",
});

/** "contact.title.contains("VP")", "tags.includes('x')" */
function readMethod(source: Source, at: number): Written | undefined {
  const token = tokenAt(source, at);
  const isDot = isWord(token, ".") && !token.isApart;
  const name = isDot ? at + 1 : at;
  const said = methodOf(source, name, isDot);
  const close = said === undefined ? undefined : closing(source, name + 1);
  if (said === undefined || close === undefined) return undefined;
  const field = isDot ? [] : [cutMethod(token)];
  const words = put(said, { ...tokenAt(source, name), start: token.end, isApart: true });
  return { tokens: [...field, ...words, ...source.tokens.slice(name + 2, close)], next: close + 1 };
}

/** What the method asks, in words. */
function methodOf(source: Source, at: number, isDot: boolean): string | undefined {
  const { kind, word } = tokenAt(source, at);
  if (kind !== "word" || !(isDot || word.includes(".")) || !isCallAt(source, at + 1))
    return undefined;
  return METHODS[word.split(".").at(-1) ?? ""];
}

function cutMethod(token: Token): Token {
  const length = token.text.lastIndexOf(".");
  const [word, text] = [
    token.word.slice(0, token.word.lastIndexOf(".")),
    token.text.slice(0, length),
  ];
  return { ...token, word, lemma: word, text, end: token.start + length };
}

function isCallAt(source: Source, at: number): boolean {
  const open = tokenAt(source, at);
  return isWord(open, "(") && !open.isApart;
}

const LONGEST_CALL = 120;

function closing(source: Source, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < Math.min(source.end, open + LONGEST_CALL); at++) {
    if (isWord(tokenAt(source, at), "(")) depth += 1;
    if (isWord(tokenAt(source, at), ")")) depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

const LONGEST_NAME = 3;

/** "sendEmail('Intro')", "create_task("Call", due="2 days")" */
function readCall(source: Source, at: number): Written | undefined {
  return readClose(source, at) ?? readApart(source, at);
}

const NODE = ["node", "step", "module", "block", "action", "element"];

function skipNode(source: Source, at: number): number {
  return isWord(tokenAt(source, at), ...NODE) ? at + 1 : at;
}

/** "search contacts (title contains 'CTO', limit 10)", "Search contacts node (…)" */
function readApart(source: Source, at: number): Written | undefined {
  const open = skipNode(source, at + 2);
  if (!isOpening(source, at) || !isWord(tokenAt(source, open), "(")) return undefined;
  const close = readKnownField(source, open + 1) === undefined ? undefined : closing(source, open);
  const after = close === undefined ? undefined : tokenAt(source, close + 1);
  if (close === undefined || after === undefined || (after.word !== "" && after.kind !== "mark"))
    return undefined;
  const place = { ...tokenAt(source, at), end: tokenAt(source, open - 1).end };
  const tokens = readFinding(source, source.tokens.slice(at, at + 2), place, open, close);
  return tokens === undefined ? undefined : { tokens, next: close + 1 };
}

function readClose(source: Source, at: number): Written | undefined {
  const open = callEnd(source, at);
  const close = open === undefined ? undefined : closing(source, open);
  if (open === undefined || close === undefined || !isOpening(source, at)) return undefined;
  const name = nameOf(source, at, open);
  const next = close + 1;
  const place = { ...tokenAt(source, at), end: tokenAt(source, open - 1).end };
  const found = readFinding(source, name, place, open, close);
  const tokens = found ?? readActing(source, name, place, open, close);
  return tokens === undefined ? undefined : { tokens, next };
}

function callEnd(source: Source, at: number): number | undefined {
  if (tokenAt(source, at).kind !== "word") return undefined;
  for (let next = at + 1; next <= at + LONGEST_NAME; next++) {
    if (isCallAt(source, next)) return next;
    if (tokenAt(source, next).kind !== "word") return undefined;
  }
  return undefined;
}

function isOpening(source: Source, at: number): boolean {
  const before = tokenAt(source, at - 1);
  return (before.kind === "mark" && !isWord(before, "(", "=")) || isWord(before, "then", "else");
}

/** "sendEmail" as its words. */
function nameOf(source: Source, from: number, to: number): readonly Token[] {
  return source.tokens.slice(from, to).flatMap((token) => {
    const parts = token.text.split(/(?<=[a-z])(?=[A-Z])|_/);
    return parts.length === 1 ? [token] : put(parts.join(" ").toLowerCase(), token);
  });
}

const STOPPING = new Set(["stop", "end", "exit", "finish", "quit", "halt"]);

function readActing(
  source: Source,
  name: readonly Token[],
  place: Token,
  open: number,
  close: number,
): readonly Token[] | undefined {
  if (STOPPING.has(name[0]?.word ?? "") && close === open + 1) return put("stop", place);
  const act = readActName({ text: "", tokens: name, end: name.length }, 0);
  if (act === undefined || act.next < name.length) return undefined;
  return sayAct(source.text, act.value, place, detailsOf(source, open + 1, close));
}

function detailsOf(source: Source, from: number, to: number): readonly Detail[] {
  const details: Detail[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !isWord(tokenAt(source, at), ",")) continue;
    if (at > start) details.push(detailOf(source, start, at));
    start = at + 1;
  }
  return details;
}

function detailOf(source: Source, from: number, to: number): Detail {
  const isNamed =
    isWord(tokenAt(source, from + 1), "=", ":") && tokenAt(source, from).kind === "word";
  const value = source.tokens.slice(isNamed ? from + 2 : from, to);
  return isNamed ? { name: tokenAt(source, from).word, value } : { value };
}

const FINDING =
  /^(?:find|search|get|fetch|query|select) (?:all )?(contacts|companies|deals|leads)$/;

/** "findContacts(status == 'New', limit: 10)" */
function readFinding(
  source: Source,
  name: readonly Token[],
  place: Token,
  open: number,
  close: number,
): readonly Token[] | undefined {
  const kind = FINDING.exec(name.map(({ word }) => word).join(" "))?.[1];
  if (kind === undefined) return undefined;
  const inner = source.tokens.slice(open + 1, close).filter((token, index, all) => {
    return !(isWord(token, "=", ":") && all[index - 1]?.word === "limit");
  });
  const isAll = inner.length === 0 || inner[0]?.word === "limit";
  return [...put(`find ${kind}${isAll ? "" : " where"}`, place), ...inner];
}

/** "return;" ends the work for whom it is about. */
function readReturn(source: Source, at: number): Written | undefined {
  const token = tokenAt(source, at);
  const after = tokenAt(source, at + 1);
  const isAlone = after.word === "" || isWord(after, ";", ",", ".", "\n", "}");
  return isWord(token, "return") && isAlone && isOpening(source, at)
    ? { tokens: put("stop", token), next: at + 1 }
    : undefined;
}

const LOOP = pattern(
  "(for each|every|all / foreach / for) contact|lead|deal|company|c|d|one in|of",
);

/** "for each contact in contacts where …" finds them. */
function readLoop(source: Source, at: number): Written | undefined {
  const loop = matchAt(source, at, LOOP);
  if (loop === undefined || !isNounLed(source, loop.next)) return undefined;
  return { tokens: put("find", tokenAt(source, at)), next: loop.next };
}
