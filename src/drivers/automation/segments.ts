/** A plan's parts: each search begins a new selection, and what follows it works on that. */
import type { Plan, PlanStep } from "#domain/plan.ts";
import { walkPlan } from "#domain/plan.ts";

export type SearchStep = Extract<
  PlanStep,
  { readonly type: "search_contacts" | "search_companies" | "search_deals" }
>;

export interface PlacedStep {
  /** The index among the plan's own steps, which its path counts from. */
  readonly index: number;
  readonly planStep: PlanStep;
}

export interface Segment {
  readonly search?: { readonly index: number; readonly planStep: SearchStep };
  readonly steps: readonly PlacedStep[];
}

const SEARCHES = new Set(["search_contacts", "search_companies", "search_deals"]);

export const isSearch = (planStep: PlanStep): planStep is SearchStep => SEARCHES.has(planStep.type);

export function segmentsOf(plan: Pick<Plan, "steps">): readonly Segment[] {
  const segments: { search?: NonNullable<Segment["search"]>; steps: PlacedStep[] }[] = [
    { steps: [] },
  ];
  for (const [index, planStep] of plan.steps.entries()) {
    if (isSearch(planStep)) segments.push({ search: { index, planStep }, steps: [] });
    else segments.at(-1)?.steps.push({ index, planStep });
  }
  return segments.filter(({ search, steps }) => search !== undefined || steps.length > 0);
}

/** Whether anything of it needs a contact, company or deal to work on. */
export function needsEntity(steps: readonly PlacedStep[]): boolean {
  const plan = { steps: steps.map(({ planStep }) => planStep) };
  return [...walkPlan(plan)].some(({ planStep }) => needsOne(planStep));
}

const ENTITY_VARIABLE = /@(?:contact|company|deal)\b/;

/** Verbs that belong to the execution or to a journey itself. */
const NEEDS_NONE: ReadonlySet<PlanStep["type"]> = new Set([
  "wait",
  "stop",
  "handoff",
  "web_search",
]);
/** Verbs that need one only where their words are about it. */
const NEEDS_NAMED: ReadonlySet<PlanStep["type"]> = new Set([
  "notify",
  "create_task",
  "remember",
  "if",
]);
const CONDITION_FIELD = /"field":"(?:contact|company|deal)/;

function needsOne({ type, params }: PlanStep): boolean {
  if (NEEDS_NONE.has(type)) return false;
  const words = JSON.stringify(params);
  const isNamed = ENTITY_VARIABLE.test(words) || (type === "if" && CONDITION_FIELD.test(words));
  // Without a value it is the entity that joins the list; without an address the mail is for the entity.
  if (type === "remember") return params.value === undefined || isNamed;
  if (type === "send_email") return params.to === undefined || isNamed;
  return !NEEDS_NAMED.has(type) || isNamed;
}

/** The order in which journeys take the plan's steps: the place of each path in the text. */
export function ranksOf(plan: Pick<Plan, "steps">): ReadonlyMap<string, number> {
  return new Map([...walkPlan(plan)].map(({ path }, rank) => [path, rank]));
}
