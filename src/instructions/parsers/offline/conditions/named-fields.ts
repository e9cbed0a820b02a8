import type { Condition } from "#domain/plan.ts";

import { readOwnField } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt, wordsOf } from "../source.ts";
import { isPresent, readComparison } from "./comparators.ts";
import type { IsAtom } from "./equality.ts";
import { readLead } from "./leads.ts";
import { readPossessed } from "./possessed.ts";
import { readOperator } from "./quantities.ts";
import { nameField, type Scope } from "./scope.ts";

/** A field that only this workspace has: "tier is A", "renewal status = due". */
export function readOwnComparison(
  source: Source,
  at: number,
  scope: Scope,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  if (isWord(tokenAt(source, at - 1), ...BEFORE_VALUE)) return undefined;
  for (const length of [1, 2, 3]) {
    const field = readOwnField(source, at, length);
    if (field === undefined || NO_FIELD.has(tokenAt(source, at + length - 1).word))
      return undefined;
    if (!isComparing(source, field.next)) continue;
    return readComparison(source, field.next, nameField(scope, field.value), isAtom);
  }
  return undefined;
}

/** "in berlin no more than 30": a place or a tag, whatever is said behind it. */
const BEFORE_VALUE = ["in", "from", "at", "near", "tagged"];

const NO_FIELD =
  wordsOf(`today tomorrow yesterday day time nothing nobody they he she it who is are was not and or in from with without at that which there no if has have tagged
  the a an this contact deal company lead contacts deals companies leads account accounts firm firms business businesses ones one those everyone anyone someone people person email emails
  counts employs numbers worth of reply response answer reason over under above below more less fewer than least most between to for either on send find result results hit hits`);

function isComparing(source: Source, at: number): boolean {
  const lead = readLead(source, at);
  const operator = readOperator(source, lead.next);
  const isWeak = ["of", "as", ":", "like", "past"].includes(tokenAt(source, lead.next).word);
  const isSaid = isWord(tokenAt(source, at), "is", "are", "was", "were");
  return (operator !== undefined && !isWeak) || isSaid || isPresent(source, lead.next, lead);
}

/** "title contains CEO", "stage = Proposal", "the deal value is over 5k", "probability at least 50". */
export function readNamedField(
  source: Source,
  at: number,
  scope: Scope,
  isAtom: IsAtom,
): Read<Condition> | undefined {
  const start = isWord(tokenAt(source, at), "the", "a", "an") ? at + 1 : at;
  const possessed = readPossessed(source, start, scope);
  const isImplied = scope.searched !== undefined;
  const read =
    possessed === undefined ||
    isMarked(source, possessed.next, scope) ||
    isMail(source, possessed.next)
      ? undefined
      : readComparison(source, possessed.next, possessed.value, isAtom, isImplied);
  return read ?? readOwnComparison(source, start, scope, isAtom);
}

/** "contacts with status New the email 'Hello'": a mail's name and no address. */
function isMail(source: Source, at: number): boolean {
  const { kind, text } = tokenAt(source, at);
  const isNamed = isWord(tokenAt(source, at - 1), "email", "mail") && kind === "quoted";
  return isNamed && !text.includes("@");
}

const COMPARING = wordsOf("> < >= <= = == != !");

/** A mark that compares nothing ends what could be said of the field. */
function isMarked(source: Source, at: number, { searched }: Scope): boolean {
  const token = tokenAt(source, at);
  if (searched !== undefined && token.word === ":") return false;
  return token.kind === "mark" && !COMPARING.has(token.word);
}
