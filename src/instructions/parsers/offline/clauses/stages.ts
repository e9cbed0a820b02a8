import type { PlanStep } from "#domain/plan.ts";

import type { Context, Family } from "../clause.ts";
import { type Match, matchFirst, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt } from "../source.ts";
import { finish, update } from "./field-targets.ts";

const DEAL =
  "[the|this|that|each|every|all|these|those|any|their|our] deal|deals|opportunity|opportunities|opp|opps [stage]";

const STAGES = [
  `+move|+push|+advance|+bump|+progress|+shift|+change|+switch|+put|+transfer|+promote|+set|+drag|+update|+send (${DEAL}) [along|over|on|forward|back|up|ahead|'s] [stage] to|into|in|as [the|a] <text> [stage|column]`,
  "+move|+push|+advance|+bump|+progress|+shift [it|them|those|these] [all] [along|over|on|forward|back] to|into|in [the] [stage] [:] <text> [stage|column]",
  `+mark|+set|+flag|+close (${DEAL}) [out] as|to|: <text>`,
].map(pattern);

/** "move the deal to Negotiation", "push it into the Contract stage". */
export function readStage(
  source: Source,
  at: number,
  { subject }: Context,
): ReturnType<Family["read"]> {
  const match = matchFirst(source, at, STAGES);
  const value = match?.captures.text;
  if (match === undefined || value === undefined) return undefined;
  const isIt = isWord(tokenAt(source, at + 1), "it", "them", "those", "these", "to", "into");
  if (isIt && subject !== "deal")
    return subject === "contact" && hasStage(source, match)
      ? toStage(source, value, match.next)
      : undefined;
  return toStage(source, value, match.next);
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
