import type { PlanStep } from "#domain/plan.ts";

import { clauseEnd } from "./boundaries.ts";
import { hasLeftOut, NO_OTHER_SIDE } from "./branching.ts";
import { type ClauseRead, withThem } from "./clauses.ts";
import { leftEnd } from "./clauses/audience.ts";
import { carryOut, readPlain } from "./doing.ts";
import { matchFirst, pattern } from "./pattern.ts";
import { fault } from "./reading.ts";
import { isWord, type Read, type Source, tokenAt, within } from "./source.ts";
import type { Token } from "./tokens.ts";
import type { Walk } from "./walk.ts";

const PEOPLE = "contacts|leads|people|prospects|customers|companies|accounts|deals|ones";
const OTHERS = [
  "everyone|everybody|anyone|anybody else",
  `[all] [of] the rest|remainder [of] [the|them|these|those] [${PEOPLE}|list|selection|group|batch|lot]`,
  "all [of] [the] others",
  "the others",
  `[all] [of] the other|remaining|leftover ${PEOPLE}`,
].map(pattern);

/** What is done to those whom the if or the skip before has left out. */
const ACTS: ReadonlySet<PlanStep["type"]> = new Set([
  "send_email",
  "add_tag",
  "remove_tag",
  "update_field",
  "linkedin_invitation",
  "enrich_contact",
]);

/** "Send everyone else 'Y'", "tag the rest Cold": the other side of the if before, named inside the clause. */
export function passOthers(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const others = findOthers(source, at);
  if (others === undefined) return false;
  const { steps = [], ...read } = readWithThem(walk, others);
  const isAct = steps.length > 0 && steps.every(({ type }) => ACTS.has(type));
  if (!isAct || read.next <= others.value) return false;
  if (!reading.builder.openElse() && !hasLeftOut(walk))
    fault(reading, others.value, others.next, ...NO_OTHER_SIDE);
  carryOut(walk, steps, { ...read, next: read.next + others.next - others.value - 1 });
  return true;
}

/** The clause with "them" for the others; where it begins with a mail's name, it is sent as the one before was. */
function readWithThem(walk: Walk, { value, next }: Read<number>): ClauseRead {
  const { source, at } = walk;
  const filled = withThem(source, value, next);
  const read = readPlain(walk, filled, at);
  const named = isWord(tokenAt(source, at), "the", "our") ? at + 1 : at;
  if (read.steps !== undefined || tokenAt(source, named).kind !== "quoted") return read;
  const send: Token = { ...tokenAt(source, at), kind: "word", word: "send", lemma: "send" };
  const tokens = [...filled.tokens.slice(0, at), send, ...filled.tokens.slice(at, filled.end)];
  const sent = readPlain(walk, { ...filled, tokens, end: tokens.length }, at);
  return { ...sent, next: sent.next - 1 };
}

/** From where to where the others are named; a title or a message is a text of its own. */
function findOthers(source: Source, at: number): Read<number> | undefined {
  const clause = within(source, clauseEnd(source, at));
  for (let from = at + 1; from < clause.end; from++) {
    if (isWord(tokenAt(clause, from), ":", "that")) return undefined;
    const next = matchFirst(clause, from, OTHERS)?.next ?? leftEnd(clause, from);
    if (next !== undefined) return { value: from, next };
  }
  return undefined;
}
