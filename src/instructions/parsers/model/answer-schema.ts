/** What a model is asked to answer with: the plan's own schema, with the words quoted in place of spans, or a refusal. */
import { z } from "zod";

import { conditionSchema, PARAMS, planSchema, planStepSchema } from "#domain/plan.ts";

import { forGoogle, isSchema, type JsonSchema, schemasIn } from "./google-schema.ts";

const QUOTE: JsonSchema = {
  type: "string",
  description:
    "The words of the instructions that this was made of, copied character by character. The quote of an `if` covers its branches too.",
};

const REFUSED: JsonSchema = {
  type: "array",
  description: "The clauses that no step can carry out; empty when everything was understood.",
  items: {
    type: "object",
    properties: {
      text: { type: "string", description: "The clause, copied character by character." },
      reason: { type: "string", description: "Why no step can carry it out." },
      suggestion: { type: "string", description: "What to write instead." },
    },
    required: ["text", "reason", "suggestion"],
  },
};

/** Zod's own names for definitions are numbers; these are what a model reads. */
function planJsonSchema(): JsonSchema {
  const names = z.registry<{ id?: string }>();
  names.add(conditionSchema, { id: "Condition" });
  names.add(PARAMS.search_contacts, { id: "Search" });
  names.add(planStepSchema, { id: "PlanStep" });
  return z.toJSONSchema(planSchema, { metadata: names });
}

/** Each step and the trigger say their words in a quote, at first, so that a model reads before it decides. */
function quoted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(quoted);
  if (!isSchema(node)) return node;
  const inner = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, quoted(value)]),
  );
  const { span, ...properties } = schemasIn(inner["properties"]);
  if (span === undefined) return inner;
  const required = ["quote", ...((inner["required"] as readonly string[] | undefined) ?? [])];
  return { ...inner, properties: { quote: QUOTE, ...properties }, required };
}

function build(): JsonSchema {
  const { properties, $defs } = quoted(planJsonSchema()) as JsonSchema;
  return forGoogle({
    type: "object",
    properties: { ...schemasIn(properties), refused: REFUSED },
    required: ["refused"],
    $defs,
  });
}

let built: JsonSchema | undefined;

export function answerSchema(): JsonSchema {
  built ??= build();
  return built;
}
