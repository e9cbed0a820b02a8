import { readPosition } from "../conditions/positions.ts";
import { isCommonWord } from "../lexicon.ts";
import { type Read, type Source, slice, tokenAt, wordsOf } from "../source.ts";
import { VOCABULARY } from "../vocabulary.ts";
import { readApposed, skipApposed } from "./appositions.ts";
import { isCity } from "./cities.ts";
import { isRole } from "./roles.ts";

const DETERMINERS = wordsOf("the our my a an their its this");
const NEVER =
  wordsOf(`the a an and or to for with about that saying if unless when then on in of is are contact contacts email
  them him her it they everyone anyone each all tag task deal company linkedin apollo google slack whatsapp sms hubspot salesforce step day phone`);

/** Whom to notify, assign or hand over to: @user.x, me, an address, a name, a team ("the sales team"). */
export function readPerson(source: Source, at: number): Read<string> | undefined {
  const token = tokenAt(source, at);
  if (EXACT.has(token.kind)) return { value: token.text, next: skipApposed(source, at + 1) };
  const apposed = readApposed(source, at, readUser);
  if (apposed !== undefined) return apposed;
  if (["me", "myself", "us"].includes(token.word)) return { value: "@user.creator", next: at + 1 };
  const first = DETERMINERS.has(token.word) ? at + 1 : at;
  return readGroup(source, at) ?? readSomebody(source, first) ?? readSmallName(source, at);
}

const EXACT: ReadonlySet<string> = new Set(["variable", "email", "quoted"]);

function readSomebody(source: Source, at: number): Read<string> | undefined {
  const { kind, text } = tokenAt(source, at);
  if (kind === "variable") return { value: text, next: at + 1 };
  return readOwner(source, at) ?? readRole(source, at) ?? readCapital(source, at);
}

/** Whom a mail goes to: "VPs" and "marketing managers" are contacts, "the sales managers" are ours. */
export function readAddressee(source: Source, at: number): Read<string> | undefined {
  const position = tokenAt(source, at).kind === "word" ? readPosition(source, at) : undefined;
  const last = position === undefined ? "" : tokenAt(source, position.next - 1).text;
  return /s$/i.test(last) ? undefined : readPerson(source, at);
}

/** `@user.x`, an owner's variable or an address: nobody else can be meant. */
export function readUser(source: Source, at: number): Read<string> | undefined {
  const { kind, text } = tokenAt(source, at);
  const isUser = kind === "email" || (kind === "variable" && /^@user\.|\.owner$/.test(text));
  return isUser ? { value: text, next: at + 1 } : undefined;
}

const SELF = /^@contact\.(?:firstName|lastName|fullName|name)$/i;

/** "@contact.firstName @contact.lastName": the contact itself. */
export function readSelf(source: Source, at: number): Read<string> | undefined {
  let next = at;
  while (tokenAt(source, next).kind === "variable" && SELF.test(tokenAt(source, next).text))
    next += 1;
  return next > at ? { value: slice(source, at, next), next } : undefined;
}

/** Of a person in small letters ("to invoice") one cannot tell; this one is sure. */
export function readName(source: Source, at: number): Read<string> | undefined {
  const { kind, word, isCapital } = tokenAt(source, at);
  const isSure = kind !== "word" || isCapital || DETERMINERS.has(word) || word === "me";
  return isSure ? readPerson(source, at) : undefined;
}

const OWNED = wordsOf("deal contact company");

/** "the deal's owner", "the contact owner", "the owner of the deal", "whoever owns the deal". */
function readOwner(source: Source, at: number): Read<string> | undefined {
  const first = tokenAt(source, at).word;
  const second = tokenAt(source, at + 1).word;
  if ((first === "owner" && second === "of") || (first === "whoever" && second === "owns")) {
    const owned = DETERMINERS.has(tokenAt(source, at + 2).word) ? at + 3 : at + 2;
    const { word } = tokenAt(source, owned);
    return OWNED.has(word) ? { value: `@${word}.owner`, next: owned + 1 } : undefined;
  }
  const kind = tokenAt(source, at).word;
  if (!OWNED.has(kind)) return undefined;
  const next = tokenAt(source, at + 1).word === "'s" ? at + 2 : at + 1;
  return tokenAt(source, next).word === "owner"
    ? { value: `@${kind}.owner`, next: next + 1 }
    : undefined;
}

function readRole(source: Source, at: number): Read<string> | undefined {
  let end = at;
  for (let next = at; next < at + 4; next++) {
    const token = tokenAt(source, next);
    if (token.kind !== "word" || NEVER.has(token.word)) break;
    if (isRole(token.word)) end = next + 1;
  }
  return end > at ? { value: slice(source, at, end), next: end } : undefined;
}

/** "everyone on the sales team" */
function readGroup(source: Source, at: number): Read<string> | undefined {
  const isAll = ["everyone", "everybody", "all"].includes(tokenAt(source, at).word);
  const isIn = ["on", "in", "at"].includes(tokenAt(source, at + 1).word);
  if (!isAll || !isIn) return undefined;
  return readRole(source, DETERMINERS.has(tokenAt(source, at + 2).word) ? at + 3 : at + 2);
}

function readCapital(source: Source, at: number): Read<string> | undefined {
  let next = at;
  while (next < at + 3 && tokenAt(source, next).isCapital && !NEVER.has(tokenAt(source, next).word))
    next += 1;
  return next > at ? { value: slice(source, at, next), next } : undefined;
}

const BEHIND_NAME =
  wordsOf(`because for with since as so about that saying to and if unless when whenever in on by know off over
  at through via take takes taking also now please pls they he she it`);

/** "ping ann": one word that no phrase of the grammar has, where nothing else can be meant. */
function readSmallName(source: Source, at: number): Read<string> | undefined {
  const { kind, word, lemma, text } = tokenAt(source, at);
  const after = tokenAt(source, at + 1);
  const isFree = kind === "word" && word === lemma && !NEVER.has(word) && !isKnown(word);
  const isAlone = after.word === "" || after.kind === "mark" || after.kind === "variable";
  if (!isFree || !(isAlone || BEHIND_NAME.has(after.word))) return undefined;
  return { value: text, next: at + 1 };
}

/** "urgently", "negotiate": how and what, not who. */
const NO_NAMES = /^.{4,}(?:ly|ate|ize|ise|ify|ing)$/;

function isKnown(word: string): boolean {
  return (
    NO_NAMES.test(word) ||
    !/^\p{L}+$/u.test(word) ||
    isCommonWord(word) ||
    (VOCABULARY.has(word) && !isCity(word))
  );
}
