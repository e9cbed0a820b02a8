/** What a simulation is asked for, and what it answers: plain data, since it travels to another thread. */
import type { Simulation } from "#contract/shapes/simulations.ts";
import type { Agent } from "#workspace/agent.ts";

import type { AutomationInput } from "../input.ts";

export interface Asked {
  /** The store's file. */
  readonly path: string;
  readonly zone: string;
  /** When it is simulated. */
  readonly now: number;
  /** As it was saved, or as it would be; its `no` is 0 where it is not saved at all. */
  readonly agent: Agent;
  readonly by: string;
  /** Emails that the agent has sent today. */
  readonly sentToday: number;
  readonly workOn: Pick<AutomationInput, "context" | "target" | "form">;
  /** How many of those found are walked at most. */
  readonly most: number;
  /** How long it may take, in milliseconds of real time. */
  readonly budgetMs: number;
}

export type Simulated = Pick<Simulation, "selections" | "complete" | "why" | "walks">;
