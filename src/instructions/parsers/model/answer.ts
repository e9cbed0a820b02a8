/** A model's answer as a plan or a refusal: the same schema decides as for every other parser. */
import { z } from "zod";

import { isTooDeep } from "#domain/depth.ts";
import { type ParseDetail, type Parsed, parsePlan, refuse } from "#domain/plan.ts";

import { type QuotedStep, spanSteps, spanTrigger, stepsIn } from "./spans.ts";

export type ReadAnswer =
  | { readonly parsed: Parsed }
  /** What is wrong with it, place by place, and the refusal that it comes to where nobody asks again. */
  | { readonly wrong: readonly string[]; readonly parsed: Parsed };

const words = z.string().trim().catch("");
const refusedSchema = z
  .array(z.object({ text: words, reason: words, suggestion: words }))
  .catch([]);
const answerSchema = z.object({
  refused: refusedSchema,
  trigger: z.unknown().optional(),
  steps: z.unknown().optional(),
});

/** @param text the instructions, not blank */
export function readAnswer(json: unknown, text: string): ReadAnswer {
  const answer = isTooDeep(json) ? undefined : answerSchema.safeParse(withoutNulls(json)).data;
  if (answer === undefined) return wrongAnswer(["it is no object with `steps` or `refused`"], text);
  const { refused, trigger, steps } = answer;
  if (refused.length > 0)
    return { parsed: refuse(refused.slice(0, MOST_REFUSED).map((one) => explain(one, text))) };
  const spanned = spanSteps(stepsIn(steps), text);
  const parsed = parsePlan(
    trigger === undefined
      ? { steps: spanned }
      : { trigger: spanTrigger(trigger, text), steps: spanned },
  );
  if ("plan" in parsed) return { parsed };
  const wrong = parsed.error.details.map((detail) => `${detail.text}: ${detail.reason}`);
  return { wrong, parsed: refuse(parsed.error.details.map((one) => inWords(one, steps, text))) };
}

function wrongAnswer(wrong: readonly string[], text: string): ReadAnswer {
  return { wrong, parsed: refuse([explain({ text: "", reason: "", suggestion: "" }, text)]) };
}

/** Models write null for what they leave out. */
function withoutNulls(json: unknown): unknown {
  if (Array.isArray(json)) return json.filter((item) => item !== null).map(withoutNulls);
  if (typeof json !== "object" || json === null) return json;
  const kept = Object.entries(json).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutNulls(value)]));
}

const MOST_TEXT = 200;
/** What a model says at length, and how many clauses it names: a person reads it. */
const MOST_WORDS = 400;
const MOST_REFUSED = 20;
const REWORD = "Say it in other words, one step a sentence";

function explain({ text: clause, reason, suggestion }: ParseDetail, text: string): ParseDetail {
  return {
    text: (clause === "" ? text.trim() : clause).slice(0, MOST_TEXT),
    reason: reason === "" ? "The model found no steps for this" : reason.slice(0, MOST_WORDS),
    suggestion: suggestion === "" ? REWORD : suggestion.slice(0, MOST_WORDS),
  };
}

/** The place in the plan that was wrong, as the words that it was made of. */
function inWords({ text: place, reason }: ParseDetail, steps: unknown, text: string): ParseDetail {
  const quote = quoteAt(stepsIn(steps), place.split("."));
  return explain(
    { text: quote, reason: `It cannot be carried out: ${reason}`, suggestion: "" },
    text,
  );
}

/** "steps.2.then.0.params" → the quote of the innermost step on the way. */
function quoteAt(steps: readonly QuotedStep[], path: readonly string[]): string {
  const [, index, branch] = path;
  const step = index === undefined ? undefined : steps[Number(index)];
  if (step === undefined) return "";
  const quote = typeof step.quote === "string" ? step.quote.trim() : "";
  if (branch !== "then" && branch !== "else") return quote;
  return quoteAt(stepsIn(step[branch]), path.slice(2)) || quote;
}
