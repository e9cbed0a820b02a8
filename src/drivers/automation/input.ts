/** What an automation is started with: the agent as it was then. It goes on with that, whatever is saved later. */
import type { Refusal } from "#contract/problem.ts";
import type { Reading } from "#contract/shapes/reading.ts";
import type { Entity } from "#domain/catalogue.ts";
import type { Figures } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { Condition, Plan } from "#domain/plan.ts";

export interface Selected {
  readonly entity: Entity;
  readonly ids: readonly string[];
}

export interface AutomationInput {
  readonly agentNo: number;
  readonly agentId: string;
  readonly agentName: string;
  readonly agentVersion: number;
  /** Null where the instructions could not be understood; `parseError` says why. */
  readonly plan: Plan | null;
  readonly parseError: Refusal | null;
  /** Who read the instructions; executions that are older than the choice do not say. */
  readonly reading?: Reading;
  /** The workspace's, in which days are counted. */
  readonly zone: string;
  /** Who triggered the run; told of a failure beside the agent's creator. A user's id, or null. */
  readonly triggeredBy: string | null;
  readonly memoryLasts: "execution" | "agent";
  readonly reenrolment: "never" | "afterEnd" | "always";
  /** What it works on where the plan does not search by itself. */
  readonly context?: Selected;
  /** The manual trigger's filter, likewise. */
  readonly target?: { readonly entity: Entity; readonly condition?: Condition | undefined };
  /** The execution whose memory this one goes on with, but for keys that are remembered anew. */
  readonly memoryOf?: { readonly execution: string; readonly without: readonly string[] };
  readonly form?: Readonly<Record<string, string>>;
}

/** One entity's way through a part of the plan: the steps after one search up to the next. */
export interface JourneyItem {
  readonly segment: number;
  readonly entity: Entity;
  readonly id: string;
  /** What the execution itself had remembered before the selection. */
  readonly remembered: Readonly<Record<string, string | null>>;
}

export interface JourneyOutput {
  readonly figures: Figures;
  readonly warnings: number;
}

export interface AutomationOutput extends JourneyOutput {
  readonly journeys: number;
  readonly through: number;
  /** The first journey's, where one has failed. */
  readonly failure?: KeptFault;
  /** The fault of a step: it has ended the execution, whatever the journeys had come to. */
  readonly stoppedBy?: KeptFault;
}
