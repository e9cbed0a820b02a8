import type { ParseDetail, PlanStep, Span, Trigger } from "#domain/plan.ts";

import type { Reading } from "./reading.ts";
import { wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

/**
 * Nothing that somebody put into quotes, and no variable, may get lost on the way: it stands in the plan, or in words that carry
 * no step (a preamble, a prohibition, what was corrected). The first that does not is refused.
 */
export function findLost(
  { source, passed }: Reading,
  steps: readonly PlanStep[],
  trigger: Trigger | undefined,
): ParseDetail | undefined {
  const exact = source.tokens.filter(({ kind }) => kind === "quoted" || kind === "variable");
  if (exact.length === 0) return undefined;
  const kept = bare(JSON.stringify([steps, trigger], withoutSpan));
  const lost = exact.find(
    (token) =>
      !isWithin(token, passed) && !kept.includes(bare(token.text)) && !isSelf(source.tokens, token),
  );
  if (lost === undefined) return undefined;
  const text = clauseAround(source.text, lost);
  return {
    text,
    reason: `"${lost.text}" has no place in what was understood`,
    suggestion: "Say it in a sentence of its own",
  };
}

const SELF = /^@contact\.(?:firstName|lastName|fullName|name)$/i;
const BEFORE_SELF = wordsOf(
  "to with for at of on hand pass transfer tag untag label enrich email mail connect invite flag mark move give send drop shoot add write run look up contact thank welcome greet congratulate remind nudge call",
);

/** "Hand @contact.firstName off to …": the contact that the plan works on, by its name. */
function isSelf(tokens: readonly Token[], token: Token): boolean {
  const before = tokens[tokens.indexOf(token) - 1];
  if (token.kind !== "variable" || !SELF.test(token.text) || before === undefined) return false;
  return BEFORE_SELF.has(before.word) || isSelf(tokens, before);
}

function withoutSpan(key: string, value: unknown): unknown {
  return key === "span" ? undefined : value;
}

/** Letters and digits alone: a field's name is written in another way than its words. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

function isWithin({ start, end }: Token, spans: readonly Span[]): boolean {
  return spans.some((span) => start >= span.start && end <= span.end);
}

function clauseAround(text: string, { start, end }: Token): string {
  const before = text.slice(0, start).search(/[^.;\n]*$/);
  const after = text.slice(end).search(/[.;\n]|$/);
  return text.slice(before, end + after).trim();
}
