import type { AgentEvent } from "#agent-cli/events.ts";

/** An agent's event as the API tells it, in which nano-dollars are text. */
export type TellingEvent =
  | Exclude<AgentEvent, { readonly type: "cost" }>
  | (Omit<Extract<AgentEvent, { readonly type: "cost" }>, "nano"> & {
      readonly nano: string | bigint | null;
    });
