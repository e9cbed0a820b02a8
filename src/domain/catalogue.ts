import type { z } from "zod";

import {
  PARAMS,
  type ParseDetail,
  type PlacedStep,
  type Plan,
  type Verb,
  walkPlan,
} from "./plan.ts";

/**
 * The verbs: what each is called, takes and promises. Parser, engine and page share this one table; how an action is
 * carried out stands in `actions/`.
 */

export type Entity = "contact" | "company" | "deal";

/**
 * What a second time would do. `pure`: nothing. `idempotent`: it carries a key, so the effect stays one. `once`: the
 * effect would double, so it is never repeated while it is unknown whether it happened.
 */
export type Repeat = "pure" | "idempotent" | "once";

export interface CatalogueEntry {
  readonly type: Verb;
  /** What the action is called on the page. */
  readonly label: string;
  readonly does: string;
  readonly params: z.ZodType;
  readonly repeat: Repeat;
  /** What it can act on; none for what belongs to the execution or to a journey itself. */
  readonly actsOn: readonly Entity[];
  readonly built: boolean;
}

type Promises = Omit<CatalogueEntry, "type" | "params">;

const ANY: readonly Entity[] = ["contact", "company", "deal"];

const VERB_TABLE: Readonly<Record<Verb, Promises>> = {
  search_contacts: {
    label: "Search contacts",
    does: "finds contacts",
    repeat: "pure",
    actsOn: [],
    built: true,
  },
  search_companies: {
    label: "Search companies",
    does: "finds companies",
    repeat: "pure",
    actsOn: [],
    built: true,
  },
  search_deals: {
    label: "Search deals",
    does: "finds deals",
    repeat: "pure",
    actsOn: [],
    built: true,
  },
  skip: {
    label: "Skip",
    does: "leaves some out of the selection",
    repeat: "pure",
    actsOn: ANY,
    built: true,
  },
  send_email: {
    label: "Send email",
    does: "sends an email",
    repeat: "once",
    actsOn: ["contact"],
    built: true,
  },
  linkedin_invitation: {
    label: "Connect on LinkedIn",
    does: "sends a LinkedIn invitation",
    repeat: "once",
    actsOn: ["contact"],
    built: false,
  },
  web_search: {
    label: "Search the web",
    does: "searches the web",
    repeat: "pure",
    actsOn: ANY,
    built: false,
  },
  create_task: {
    label: "Create task",
    does: "creates a task",
    repeat: "idempotent",
    actsOn: ANY,
    built: true,
  },
  add_tag: { label: "Add tag", does: "adds tags", repeat: "idempotent", actsOn: ANY, built: true },
  remove_tag: {
    label: "Remove tag",
    does: "removes tags",
    repeat: "idempotent",
    actsOn: ANY,
    built: true,
  },
  update_field: {
    label: "Update field",
    does: "sets a field",
    repeat: "idempotent",
    actsOn: ANY,
    built: true,
  },
  enrich_contact: {
    label: "Enrich contact",
    does: "looks a contact up at Apollo",
    repeat: "idempotent",
    actsOn: ["contact"],
    built: false,
  },
  wait: { label: "Wait", does: "waits", repeat: "pure", actsOn: ANY, built: true },
  handoff: {
    label: "Hand off",
    does: "hands over to a person",
    repeat: "idempotent",
    actsOn: ANY,
    built: false,
  },
  notify: {
    label: "Notify",
    does: "notifies a person",
    repeat: "idempotent",
    actsOn: ANY,
    built: true,
  },
  remember: {
    label: "Remember",
    does: "keeps something in memory",
    repeat: "idempotent",
    actsOn: ANY,
    built: true,
  },
  if: { label: "If", does: "decides", repeat: "pure", actsOn: ANY, built: true },
  stop: { label: "Stop", does: "ends the journey", repeat: "pure", actsOn: ANY, built: true },
};

export const CATALOGUE: readonly CatalogueEntry[] = (Object.keys(VERB_TABLE) as Verb[]).map(
  (type) => ({
    type,
    params: PARAMS[type],
    ...VERB_TABLE[type],
  }),
);

export function entryOf(verb: Verb): CatalogueEntry {
  return { type: verb, params: PARAMS[verb], ...VERB_TABLE[verb] };
}

/** The planSteps whose action is not built yet: where there are any, nothing of the plan may run. */
export function refuseUnbuilt(plan: Pick<Plan, "steps">): readonly PlacedStep[] {
  return [...walkPlan(plan)].filter(({ planStep }) => !VERB_TABLE[planStep.type].built);
}

/** The refusal in the words of the person who wrote the plan. */
export function explainUnbuilt({ path, planStep }: PlacedStep): ParseDetail {
  const { label, does } = VERB_TABLE[planStep.type];
  return {
    text: `Step ${path}: ${label}`,
    reason: `"${label}" (${does}) is not built yet`,
    suggestion: "Take this step out, or create a task for a person instead",
  };
}
