import { z } from "zod";

import { isTooDeep, refuseDeep } from "./depth.ts";
import { nominalSeconds, parseDuration, refuseWait } from "./durations.ts";

/**
 * The action plan: what instructions become, and what an automation's driver carries out. Whatever comes from outside
 * (a parser, the builder's forms, a stored agent) enters by `parsePlan`.
 */

/** Where in the text a planStep or a trigger was said: offsets of the first character and of the one after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** The words themselves could not be told: it covers more than was meant. */
  readonly rough?: true | undefined;
}

export const OPERATORS = ["==", "!=", ">", "<", ">=", "<=", "contains", "exists", "in"] as const;
export type Operator = (typeof OPERATORS)[number];

export type Value = string | number | boolean;

export interface Comparison {
  readonly field: string;
  readonly operator: Operator;
  /** None with `exists`; a list or an @variable with `in`. */
  readonly value?: Value | readonly Value[] | undefined;
}

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

interface Everything {
  readonly field?: undefined;
  readonly all?: undefined;
  readonly any?: undefined;
  readonly not?: undefined;
}

/** A search's condition with its limit beside it; no condition at all finds everything. */
export type SearchParams = (Condition | Everything) & { readonly limit?: number | undefined };

export const EVENTS = [
  "contact_created",
  "contact_updated",
  "deal_created",
  "deal_updated",
  "deal_stage_updated",
  "form_submitted",
  "email_replied",
  "email_opened",
  "tag_added",
] as const;
export type TriggerEvent = (typeof EVENTS)[number];

export type Trigger =
  | { readonly type: "schedule"; readonly cron: string }
  | {
      readonly type: "event";
      readonly event: TriggerEvent;
      readonly condition?: Condition | undefined;
    };

/** A trigger that a text names, and where it does. */
export type NamedTrigger = Trigger & { readonly span?: Span | undefined };

const word = z.string().trim().min(1);
const value = z.union([z.string(), z.number(), z.boolean()]);
const count = z.int().min(1);

const operatorSchema = z.enum(OPERATORS);
const comparisonShape = {
  field: word,
  operator: operatorSchema,
  value: z.union([value, z.array(value)]).optional(),
};

function fitsOperator({ operator, value: given }: Comparison): boolean {
  if (operator === "exists") return given === undefined;
  if (operator === "in")
    return Array.isArray(given) || (typeof given === "string" && given.startsWith("@"));
  return given !== undefined && !Array.isArray(given);
}

const MISFIT =
  "exists takes no value, in takes a list or an @variable, every other operator takes one value";
const NO_CONDITION = "expected { field, operator, value }, { all }, { any } or { not }";

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      z.strictObject(comparisonShape).refine(fitsOperator, MISFIT),
      z.strictObject({ all: z.array(conditionSchema).min(1) }),
      z.strictObject({ any: z.array(conditionSchema).min(1) }),
      z.strictObject({ not: conditionSchema }),
    ],
    NO_CONDITION,
  ),
);

/** A condition that comes in by itself, not within a plan: its depth is looked at before it is read. */
export const givenConditionSchema: z.ZodType<Condition> = z.preprocess(refuseDeep, conditionSchema);

const limit = count.optional();
const searchSchema: z.ZodType<SearchParams> = z.union(
  [
    z.strictObject({ ...comparisonShape, limit }).refine(fitsOperator, MISFIT),
    z.strictObject({ all: z.array(conditionSchema).min(1), limit }),
    z.strictObject({ any: z.array(conditionSchema).min(1), limit }),
    z.strictObject({ not: conditionSchema, limit }),
    z.strictObject({ limit }),
  ],
  NO_CONDITION,
);

const waitSchema = z.string().superRefine((text, context) => {
  const refusal = refuseWait(text);
  if (refusal !== undefined) context.addIssue({ code: "custom", message: refusal });
});

const lengthSchema = z.string().refine((text) => {
  const duration = parseDuration(text);
  return duration !== undefined && nominalSeconds(duration) >= 0;
}, "is not a duration such as P3D or PT2H");

/** What each verb takes. The catalogue adds what each promises. */
export const PARAMS = {
  search_contacts: searchSchema,
  search_companies: searchSchema,
  search_deals: searchSchema,
  skip: conditionSchema,
  send_email: z.strictObject({
    template: word.optional(),
    subject: z.string().optional(),
    body: z.string().optional(),
    to: word.optional(),
  }),
  linkedin_invitation: z.strictObject({ note: z.string().optional() }),
  web_search: z.strictObject({ query: word, limit: count.max(10).optional() }),
  create_task: z.strictObject({
    title: word,
    due: lengthSchema.optional(),
    assignee: word.optional(),
  }),
  add_tag: z.strictObject({ tags: z.array(word).min(1) }),
  remove_tag: z.strictObject({ tags: z.array(word).min(1) }),
  update_field: z.strictObject({
    entity: z.enum(["contact", "company", "deal"]),
    field: word,
    value,
    custom: z.boolean().optional(),
  }),
  enrich_contact: z.strictObject({ provider: z.literal("apollo") }),
  wait: z.strictObject({ duration: waitSchema }),
  handoff: z.strictObject({
    to: word.optional(),
    reason: z.string().optional(),
    timeout: waitSchema.optional(),
  }),
  notify: z.strictObject({ to: word.optional(), message: z.string().optional() }),
  remember: z.strictObject({ key: word, value: value.optional() }),
  if: conditionSchema,
  stop: z.strictObject({}),
} as const;

export type Verb = keyof typeof PARAMS;
export const VERBS = Object.keys(PARAMS) as readonly Verb[];
export type ParamsOf<V extends Verb> = z.output<(typeof PARAMS)[V]>;

interface PlanStepOf<V extends Verb> {
  readonly type: V;
  readonly params: ParamsOf<V>;
  readonly span?: Span | undefined;
}

export interface IfStep extends PlanStepOf<"if"> {
  readonly then: readonly PlanStep[];
  readonly else?: readonly PlanStep[] | undefined;
}

export type PlainStep = { [V in Exclude<Verb, "if">]: PlanStepOf<V> }[Exclude<Verb, "if">];
export type PlanStep = PlainStep | IfStep;

export interface Plan {
  readonly trigger?: NamedTrigger | undefined;
  readonly steps: readonly PlanStep[];
}

export interface ParseDetail {
  /** The clause that nothing can carry out, as it was written. */
  readonly text: string;
  readonly reason: string;
  readonly suggestion: string;
}

export interface ParseError {
  readonly message: string;
  readonly details: readonly ParseDetail[];
}

export type Parsed =
  | {
      readonly plan: Plan;
      /** Words that were taken for remarks, of which no step comes; none where the parser does not tell. */
      readonly remarks?: readonly Span[];
    }
  | { readonly error: ParseError };

export const UNPARSEABLE = "Unable to parse instructions. Please clarify.";

export const spanSchema = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(0),
  rough: z.literal(true).optional(),
});

const span = spanSchema.optional();
type PlainVerb = Exclude<Verb, "if">;
const plainSchemas = VERBS.filter((verb): verb is PlainVerb => verb !== "if").map((verb) =>
  z.strictObject({ type: z.literal(verb), params: PARAMS[verb], span }),
);

export const planStepSchema: z.ZodType<PlanStep> = z.lazy(() => {
  const branch = z.array(planStepSchema);
  const ifSchema = z.strictObject({
    type: z.literal("if"),
    params: conditionSchema,
    then: branch,
    else: branch.optional(),
    span,
  });
  return z.discriminatedUnion("type", [
    ifSchema,
    ...plainSchemas,
  ]) as unknown as z.ZodType<PlanStep>;
});

const triggerSchema: z.ZodType<NamedTrigger> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("schedule"), cron: z.string().regex(/^\S+( \S+){4}$/), span }),
  z.strictObject({
    type: z.literal("event"),
    event: z.enum(EVENTS),
    condition: conditionSchema.optional(),
    span,
  }),
]);

export const planSchema: z.ZodType<Plan> = z.strictObject({
  trigger: triggerSchema.optional(),
  steps: z.array(planStepSchema).min(1, "A plan has at least one step"),
});

/** Reads a plan that comes from outside. It never throws: what is wrong comes back as the refusal that a person sees. */
export function parsePlan(json: unknown): Parsed {
  if (isTooDeep(json)) {
    return refuse([
      {
        text: "steps",
        reason: "The plan is nested too deeply",
        suggestion: "Flatten its conditions",
      },
    ]);
  }
  const result = planSchema.safeParse(json);
  if (result.success) return { plan: result.data };
  return refuse(
    result.error.issues.map((issue) => ({
      text: issue.path.length === 0 ? "plan" : issue.path.join("."),
      reason: issue.message,
      suggestion: "Correct this part of the plan",
    })),
  );
}

/** What starts the agent, wherever its words stand. */
export function withoutSpan({ span: _span, ...trigger }: NamedTrigger): Trigger {
  return trigger;
}

export function refuse(details: readonly ParseDetail[]): { readonly error: ParseError } {
  return { error: { message: UNPARSEABLE, details } };
}

/** The condition of a search without its limit; undefined when it takes everything. */
export function conditionOf(params: SearchParams): Condition | undefined {
  const { limit: _limit, ...condition } = params as Partial<Comparison> & { limit?: number };
  return Object.keys(condition).length === 0 ? undefined : (condition as Condition);
}

/** A planStep with the path by which the ledger, the log and the page name it: "1", "3.then.2". */
export interface PlacedStep {
  readonly path: string;
  readonly planStep: PlanStep;
}

export function planStepPath(prefix: string, index: number): string {
  return prefix === "" ? String(index + 1) : `${prefix}.${index + 1}`;
}

/** Every planStep in the order of the text, an `if` before what stands in its branches. */
export function* walkPlan(plan: Pick<Plan, "steps">): Generator<PlacedStep> {
  yield* walkSteps(plan.steps, "");
}

function* walkSteps(steps: readonly PlanStep[], prefix: string): Generator<PlacedStep> {
  for (const [index, planStep] of steps.entries()) {
    const path = planStepPath(prefix, index);
    yield { path, planStep };
    if (planStep.type !== "if") continue;
    yield* walkSteps(planStep.then, `${path}.then`);
    yield* walkSteps(planStep.else ?? [], `${path}.else`);
  }
}
