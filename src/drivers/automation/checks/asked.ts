/** What is asked about a plan before it runs, and what is known of the workspace to answer it. */
import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import type { CustomField } from "#crm/fields.ts";
import type { Entity } from "#domain/catalogue.ts";
import type { Moment } from "#domain/conditions.ts";
import type { Plan, PlanStep } from "#domain/plan.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Template } from "#workspace/templates.ts";

export interface Asked {
  readonly ws: number;
  readonly zone: string;
  readonly plan: Plan;
  /** The words that it was made of, in which names are found. */
  readonly words?: string | undefined;
  readonly agent: Pick<
    Agent,
    "createdBy" | "triggers" | "memory" | "reenrolment" | "defaultTemplateId"
  >;
  /** At a run: what it works on is settled (null: nothing is named), whatever starts the agent otherwise. */
  readonly running?: { readonly entity: Entity | null } | undefined;
}

export interface Known {
  readonly templates: readonly Template[];
  /** The template that a name stands for. */
  readonly templateOf: (name: string) => Template | undefined;
  readonly customFields: readonly CustomField[];
  readonly tags: readonly string[];
  /** Every name by which somebody can be named. */
  readonly people: readonly string[];
  readonly isPerson: (name: string) => boolean;
  readonly moment: Moment;
}

/** A planStep with the kind of entity that it works on. */
export interface Placed {
  readonly path: string;
  readonly planStep: PlanStep;
  readonly entity: Entity;
}

export interface Case extends Asked {
  readonly known: Known;
  /** In the order of the text. */
  readonly steps: readonly Placed[];
}

/** A problem as a check finds it; the rest follows from the words. */
export interface Finding {
  readonly path: string;
  readonly severity: PlanProblem["severity"];
  readonly code: PlanProblem["code"];
  readonly message: string;
  readonly suggestion?: string | undefined;
  /** The name that is wrong, as the plan holds it, and those that there are. */
  readonly name?: string | undefined;
  readonly among?: readonly string[] | undefined;
  /** It stands in a template, not in the instructions. */
  readonly isElsewhere?: boolean | undefined;
}

export type Check = (asked: Case) => readonly Finding[];
