import type { Parsed } from "#domain/plan.ts";

/**
 * Turns instructions in plain language into an action plan. What every parser promises:
 * - it never throws and never hangs: what it cannot carry out comes back as a refusal of the whole text;
 * - nothing is silently dropped: every clause is in the plan, or named in the refusal with a reason and a suggestion;
 * - every planStep carries the span of words it came from.
 * `parser.conformance.ts` is the proof that each parser must pass.
 */
export interface Parser {
  readonly name: string;
  readonly parse: (text: string) => Parsed | Promise<Parsed>;
}

/** Longer instructions are refused unread. */
export const LONGEST_TEXT = 10_000;
