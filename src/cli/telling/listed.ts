/** An execution beside what is known of it as an invocation. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { InvocationItem } from "#contract/shapes/invocations.ts";

import { oneLine } from "./harmless.ts";

export interface Listed {
  readonly item: ExecutionItem;
  /** Null for any other kind, whose processes nobody measures. */
  readonly invocation: InvocationItem | null;
}

/** What it is about, as far as a list has room. */
export function aboutOf({ item, invocation }: Listed): string {
  const { label, agent } = item;
  const said =
    invocation === null ? (agent?.name ?? label) : (invocation.label ?? invocation.prompt);
  return oneLine(said ?? "");
}
