import type { Executions } from "#api/executions/executions.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Search } from "#search/search.ts";
import type { Agents } from "#workspace/agents.ts";

import type { Figures } from "../figures.ts";

/** A history, and what looks at it. */
export interface Scene {
  readonly ledger: Ledger;
  readonly search: Search;
  readonly executions: Executions;
  readonly agents: Agents;
  readonly ws: number;
  /** How many executions it has. */
  readonly count: number;
  /** When the history ends. */
  readonly now: number;
}

/** Measures one thing that people do with a history. */
export type Part = (scene: Scene) => Promise<Partial<Figures>>;
