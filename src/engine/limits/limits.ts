import type { Rate } from "#domain/rate.ts";

/** How much of the engine a workspace and an agent may have. What comes on top waits in the store. */
export interface Limits {
  /** How many of a workspace's executions run at once; without it as many as the engine has room for. */
  readonly workspace?: number | ((ws: number) => number);
  /** How many of an agent's. Executions without an agent have only their workspace's limit. */
  readonly agent?: number | ((ws: number, agent: number) => number);
  /** How often executions of these agents may start; asked when some of them want to. */
  readonly rates?: (agents: readonly number[]) => Promise<ReadonlyMap<number, Rate>>;
}

/** Whose places are all taken. */
export type Full = "engine" | "workspace" | "agent";

/** Starts at a rate are counted where they are claimed, so they all come by way of the store. */
export function isRated({ rates }: Limits, agent: number): boolean {
  return agent > 0 && rates !== undefined;
}
