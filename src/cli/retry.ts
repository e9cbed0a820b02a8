import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

export interface RetryOptions {
  readonly data?: string;
  readonly workspace?: string;
  /** `start`, `failed`, or a step's path. */
  readonly from?: string;
  readonly current: boolean;
  readonly failedOnly: boolean;
  readonly json: boolean;
}

/** Tries an ended execution again and prints the new one's id. */
export async function retryExecution(
  terminal: Terminal,
  id: string,
  options: RetryOptions,
): Promise<number> {
  const { from, current, failedOnly, json } = options;
  await using client = await reach(placeOf(options.data));
  const workspace = await findWorkspace(client, options.workspace);
  const retried = (await client.ask({
    method: "POST",
    path: `/api/workspaces/${workspace.id}/executions/${encodeURIComponent(id)}/retry`,
    body: {
      ...(from !== undefined && { from }),
      ...(current && { version: "current" }),
      ...(failedOnly && { only: "failed" }),
    },
  })) as { readonly executionId: string; readonly warning: string | null };
  if (retried.warning !== null) terminal.err(retried.warning);
  terminal.out(json ? JSON.stringify(retried) : retried.executionId);
  return EXIT.done;
}
