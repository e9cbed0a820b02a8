import type { PlanStep } from "#domain/plan.ts";

import type { Context, Family } from "../clause.ts";
import { type Match, matchFirst, pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { finish, KINDS, RELATIVE, update } from "./field-targets.ts";

const DEAL =
  "[the|this|that|each|every|all|these|those|any|their|our] deal|deals|opportunity|opportunities|opp|opps [stage]";

const IT =
  "(it / those / these / them [all] / each|every [one] [of] [them|these|those] / all [of] [them|these|those])";

const STAGES = [
  `+move|+push|+advance|+bump|+progress|+shift|+change|+switch|+put|+transfer|+promote|+set|+drag|+update|+send|+take|+bring|+slide|+step|+return|+revert|+get|fast-track|fasttrack|fast-tracks (${DEAL}) [along|over|on|forward|back|up|ahead|'s] [stage] to|into|in|as [the|a] [stage] [:] <text> [stage|column]`,
  `+move|+push|+advance|+bump|+progress|+shift [${IT}] [all] [along|over|on|forward|back|up|down] to|into|in [the] [stage] [:] <text> [stage|column]`,
  `+mark|+set|+flag|+close (${DEAL}) [out] as|to|: [a|the] <text>`,
  `+mark (${DEAL}) <text>`,
  "+mark|+close|+set it [out] as|to <text>",
].map(pattern);

/** "move the deal to Negotiation", "push it into the Contract stage". */
export function readStage(
  source: Source,
  at: number,
  { subject, it }: Context,
): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, STAGES);
  const value = match?.captures.text;
  if (match === undefined || value === undefined || RELATIVE.test(value)) return undefined;
  const isDeal =
    isOfDeal(source, match) || subject === "deal" || nearest(source, at, it) === "deal";
  if (!isDeal && !isStageOfContact(source, match, subject)) return undefined;
  return toStage(source, isNumbered(source, match) ? `Stage ${value}` : value, match.next);
}

/** "Stage 2 - Discovery" is a name. */
function isNumbered(source: Source, match: Match): boolean {
  for (let at = match.from; at < match.next; at++)
    if (tokenAt(source, at).text === "Stage" && tokenAt(source, at + 1).kind === "number")
      return true;
  return false;
}

/** "It" is what was named last, in the clause itself too: "tag the deal and move it". */
function nearest(source: Source, at: number, it: Kind): Kind {
  return isWord(tokenAt(source, at + 1), "it") ? it : "contact";
}

/** Whether the deal is named, and no "it". */
function isOfDeal(source: Source, match: Match): boolean {
  for (let at = match.from + 1; at < match.next; at++)
    if (KINDS[tokenAt(source, at).word] === "deal") return true;
  return false;
}

/** "move them to the Demo stage" */
function isStageOfContact(source: Source, match: Match, subject: Kind): boolean {
  return subject === "contact" && hasStage(source, match);
}

function hasStage(source: Source, match: Match): boolean {
  for (let at = match.from; at < match.next; at++)
    if (isWord(tokenAt(source, at), "stage")) return true;
  return false;
}

function toStage(source: Source, value: string, next: number): Read<readonly PlanStep[]> {
  return finish(
    source,
    update({ entity: "deal", field: "stage" }, value.replace(/\s+stage$/i, "")),
    next,
  );
}
