import type { Entity } from "#domain/catalogue.ts";
import type { Plan, TriggerEvent } from "#domain/plan.ts";
import { walkPlan } from "#domain/plan.ts";

import { isSearch, type SearchStep } from "../segments.ts";
import type { Asked, Placed } from "./asked.ts";

const SEARCHED: Readonly<Record<SearchStep["type"], Entity>> = {
  search_contacts: "contact",
  search_companies: "company",
  search_deals: "deal",
};

/** What an event is about. */
export const SPOKEN_OF: Readonly<Record<TriggerEvent, Entity>> = {
  contact_created: "contact",
  contact_updated: "contact",
  deal_created: "deal",
  deal_updated: "deal",
  deal_stage_updated: "deal",
  form_submitted: "contact",
  email_replied: "contact",
  email_opened: "contact",
  tag_added: "contact",
};

/** Every planStep with the kind of entity that it works on: a search's own, then what it finds. */
export function placeSteps(asked: Asked): readonly Placed[] {
  let entity = firstEntity(asked);
  const steps: Placed[] = [];
  for (const { path, planStep } of walkPlan(asked.plan)) {
    if (isSearch(planStep)) entity = SEARCHED[planStep.type];
    steps.push({ path, planStep, entity });
  }
  return steps;
}

/** What the steps before any search work on. */
function firstEntity({ running, plan, agent: { triggers } }: Asked): Entity {
  if (running !== undefined && running.entity !== null) return running.entity;
  const manual = triggers.find(({ type }) => type === "manual");
  const target = manual?.type === "manual" ? manual.target?.entity : undefined;
  return eventEntity({ plan, triggers }) ?? target ?? "contact";
}

type Begins = Pick<Asked["agent"], "triggers"> & { readonly plan: Pick<Plan, "trigger"> };

/** What the event is about that starts it; undefined where none does. */
export function eventEntity({ plan: { trigger }, triggers }: Begins): Entity | undefined {
  const all = trigger === undefined ? triggers : [trigger, ...triggers];
  const [first] = all.flatMap((one) => (one.type === "event" ? [SPOKEN_OF[one.event]] : []));
  return first;
}

export function isScheduled({ plan: { trigger }, triggers }: Begins): boolean {
  return trigger?.type === "schedule" || triggers.some(({ type }) => type === "schedule");
}
