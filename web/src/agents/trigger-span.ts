/** Which words named the trigger: a plan tells where each step was said, but not where that was. */
import type { Plan, Span } from "#domain/plan.ts";

/** By which the trigger's card and its words light each other. */
export const TRIGGER_KEY = "trigger";

/** Words that a trigger is said with, at the beginning of the text. */
const NAMES_TRIGGER =
  /\b(?:every|each|daily|weekly|monthly|hourly|weekdays?|when|whenever|once|as soon as|on|after|if|new|at)\b/i;

/** What stands before the first step, from its last sentence on; undefined where that names no trigger. */
export function triggerSpanOf(
  text: string,
  plan: Pick<Plan, "trigger" | "steps">,
): Span | undefined {
  if (plan.trigger === undefined) return undefined;
  const starts = plan.steps.flatMap(({ span }) => (span === undefined ? [] : [span.start]));
  const before = text.slice(0, Math.min(...starts, text.length)).replace(/[\s,:;.>→-]+$/, "");
  const start = Math.max(
    0,
    ...[...before.matchAll(/[.:;\n]\s+/g)].map(({ index, 0: mark }) => index + mark.length),
  );
  const isNamed = starts.length > 0 && NAMES_TRIGGER.test(before.slice(start));
  return isNamed ? { start, end: before.length } : undefined;
}
