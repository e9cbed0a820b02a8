import type { PlanStep } from "#domain/plan.ts";

import { boundaryAt } from "./boundaries.ts";
import { readBranch } from "./branches.ts";
import { matchAt, pattern } from "./pattern.ts";
import { readProhibition } from "./prohibited.ts";
import { hasWaitSinceSearch } from "./prohibitions.ts";
import { fault, spanOf } from "./reading.ts";
import { isWord, type Source, tokenAt } from "./source.ts";
import type { Walk } from "./walk.ts";

/** "No LinkedIn": nothing to carry out. */
export function passProhibition(walk: Walk): boolean {
  const next = readProhibition(walk.source, walk.at);
  const isWhole =
    next !== undefined &&
    (next >= walk.source.end ||
      boundaryAt(walk.source, next) !== undefined ||
      isWord(tokenAt(walk.source, next), ",") ||
      isWord(tokenAt(walk.source, next - 1), ":", ",", ";"));
  if (next === undefined || !isWhole) return false;
  walk.at = next;
  return true;
}

export function isForbidding(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "do", "never", "no", "not");
}

const ONLY = pattern("[,] [but] only");

/** A prohibition holds for all that the text does, so it cannot hang on a condition. */
export function forbid(
  walk: Walk,
  steps: readonly PlanStep[],
  next: number,
  isAlways = false,
): void {
  const { reading, source, at } = walk;
  const { builder } = reading;
  const opening = matchAt(source, next, ONLY)?.next ?? next;
  if (builder.depth() > 1 || readBranch(source, opening, reading.subject) !== undefined) {
    const reason = "It holds for the whole text, and cannot stand with a condition";
    fault(reading, at, next, reason, "Say it in a sentence of its own, or use: skip anyone …");
  }
  const again = hasWaitSinceSearch(builder.list()) ? builder.list().length : undefined;
  const span = spanOf(reading, at, next);
  for (const planStep of steps)
    if (planStep.type === "skip")
      reading.prohibitions.push({ skip: { ...planStep, span }, again, isAlways });
  reading.isFirstClause = false;
  walk.at = next;
}
