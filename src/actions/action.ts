/**
 * An action carries out one verb of a plan for one entity, or once where the plan needs none. It reads
 * what it must know, says what it changes as writes of its step's own append, and leaves the effect on
 * the outside to a provider.
 */
import type { Change } from "#crm/change.ts";
import type { Subject } from "#crm/look.ts";
import type { Look } from "#domain/conditions.ts";
import type { Figures } from "#domain/facts.ts";
import type { ExecutionId } from "#domain/id.ts";
import type { ParamsOf, Verb } from "#domain/plan.ts";
import type { Attempt, Once } from "#engine/program.ts";
import type { Agent } from "#workspace/agent.ts";

import type { ActionNeeds } from "./needs.ts";

/** Where and for whom a plan is carried out. Limits and names are read anew for each step. */
export interface Scene {
  readonly ws: number;
  readonly zone: string;
  readonly now: number;
  readonly executionId: ExecutionId;
  readonly agent: Agent;
  /** Lists and values that the agent remembers, under `agent` or under the execution's own id. */
  readonly memoryScope: string;
  readonly change: Change;
  /** What stands in a text for a field's missing value, unless the text says it. */
  readonly fallbackOf: (name: string) => string | undefined;
}

export interface Doing<V extends Verb = Verb> {
  readonly params: ParamsOf<V>;
  readonly scene: Scene;
  /** The entity of the journey; null where the plan needs none. */
  readonly subject: Subject | null;
  readonly look: Look;
  /** Is called once the step is on record, and not when it is replayed: for what is told live. */
  readonly whenDone: (then: () => void) => void;
}

/** What a step came to. `detail` is a person's data: it is kept apart and shown only to those who may see it. */
export interface Done {
  readonly figures?: Figures;
  readonly warnings?: readonly string[];
  readonly detail?: unknown;
  /** A value that later steps of the journey read as `@memory.key`. */
  readonly remembered?: { readonly key: string; readonly value: string | null };
}

export interface Action<V extends Verb = Verb> {
  readonly run: (doing: Doing<V>, needs: ActionNeeds, attempt: Attempt) => Promise<Done>;
  /** For an effect that must happen at most once. */
  readonly once?: (
    doing: () => Promise<Doing<V>>,
    needs: ActionNeeds,
    change: () => Change,
  ) => Once<Done>;
}
