import type { HolderClient } from "./http-client.ts";
import { findAgent } from "./workspace.ts";

/** What a list and an export are narrowed by, as it is typed. */
export interface FilterOptions {
  readonly agent?: string;
  readonly blocked?: boolean;
  readonly status?: string;
  readonly phase?: string;
  readonly kind?: string;
  readonly cli?: string;
  readonly trigger?: string;
  readonly target?: string;
  readonly label?: string;
  readonly search?: string;
  readonly error?: string;
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  readonly minDuration?: string;
  readonly maxDuration?: string;
  readonly minCost?: string;
  readonly maxCost?: string;
}

/** How the API calls what is typed. */
const FILTERS = {
  status: "status",
  phase: "phase",
  kind: "kind",
  cli: "cli",
  trigger: "trigger",
  target: "target",
  label: "label",
  search: "search",
  error: "error",
  range: "dateRange",
  from: "from",
  to: "to",
  minDuration: "minDurationMs",
  maxDuration: "maxDurationMs",
  minCost: "minCost",
  maxCost: "maxCost",
} as const satisfies Readonly<Record<Exclude<keyof FilterOptions, "agent" | "blocked">, string>>;

export async function queryOf(
  client: HolderClient,
  workspaceId: string,
  options: FilterOptions,
): Promise<URLSearchParams> {
  const query = new URLSearchParams();
  for (const [option, name] of Object.entries(FILTERS)) {
    const value = options[option as keyof typeof FILTERS];
    if (value !== undefined) query.set(name, value);
  }
  const { agent, blocked } = options;
  if (blocked === true) query.set("blocked", "true");
  if (agent !== undefined) query.set("agentId", (await findAgent(client, workspaceId, agent)).id);
  return query;
}
