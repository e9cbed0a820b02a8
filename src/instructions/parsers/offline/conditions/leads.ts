import { matchAt, pattern } from "../pattern.ts";
import { type Source, tokenAt, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";

const COPULA = wordsOf("is are was were be been being does do did has have 's");
/** What equals: "is Client", but not "has Client". */
const EQUALLING = wordsOf("is are was were be been being 's");
const ADVERBS = wordsOf(
  "still now currently already yet ever even just actually also either both really",
);

/** "failed to reply", "are yet to open it": what was not done; "bothered to reply" only says that it was. */
const FAILING = pattern(
  "fail|fails|failed|failing|refuse|refuses|refused|neglect|neglects|neglected|omitted|declined|forgot|yet to",
);
const TRYING = pattern("manage|manages|managed|bother|bothers|bothered|care|cares|cared to");

export interface Lead {
  readonly next: number;
  readonly isNegated: boolean;
  readonly hasCopula: boolean;
  readonly isEqualling: boolean;
}

/** "is", "is still", "does not", "hasn't been", "isn't already", "fails to". */
export function readLead(source: Source, at: number): Lead {
  let lead: Lead = { next: at, isNegated: false, hasCopula: false, isEqualling: false };
  for (;;) {
    const more = readMore(source, lead.next, lead.next === at);
    if (more === undefined) return lead;
    lead = {
      next: more.next,
      isNegated: lead.isNegated !== more.isNegated,
      hasCopula: lead.hasCopula || more.hasCopula,
      isEqualling: lead.isEqualling || more.isEqualling,
    };
  }
}

/** One word of a lead, or "failed to" and the like. */
function readMore(source: Source, at: number, isFirst: boolean): Lead | undefined {
  const token = tokenAt(source, at);
  if (token.kind !== "word" || (!isFirst && isValueWord(source, at))) return undefined;
  return readTrying(source, at) ?? readAuxiliary(token, at + 1);
}

function readTrying(source: Source, at: number): Lead | undefined {
  const failing = matchAt(source, at, FAILING)?.next;
  const next = failing ?? matchAt(source, at, TRYING)?.next;
  if (next === undefined) return undefined;
  return { next, isNegated: failing !== undefined, hasCopula: false, isEqualling: false };
}

function readAuxiliary({ word }: Token, next: number): Lead | undefined {
  const isNegated = word === "not" || word === "never";
  const hasCopula = COPULA.has(word);
  if (!isNegated && !hasCopula && !ADVERBS.has(word)) return undefined;
  return { next, isNegated, hasCopula, isEqualling: EQUALLING.has(word) };
}

/** "Do Not Disturb", "Past Customer": with capitals the grammar's words are part of a name. */
export function isNameWord(source: Source, at: number): boolean {
  const [token, after] = [tokenAt(source, at), tokenAt(source, at + 1)];
  return isTitled(token) && isTitled(after);
}

function isValueWord(source: Source, at: number): boolean {
  return isNameWord(source, at) || isLastName(source, at);
}

/** "timeline is Now": with a capital and nothing behind it the word is a value. */
function isLastName(source: Source, at: number): boolean {
  return isTitled(tokenAt(source, at)) && tokenAt(source, at + 1).kind === "mark";
}

function isTitled({ kind, isCapital, text }: Token): boolean {
  return kind === "word" && isCapital && text !== text.toUpperCase();
}
