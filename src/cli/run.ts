import type { Execution } from "#contract/shapes/executions.ts";

import { EXIT } from "./exit-codes.ts";
import { follow } from "./follow.ts";
import type { HolderClient } from "./http-client.ts";
import { drawProgress, phraseEnd, phraseProgress } from "./progress.ts";
import { placeOf, reach } from "./reach.ts";
import type { Terminal } from "./terminal.ts";
import { findAgent, findWorkspace } from "./workspace.ts";

export interface RunOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly contact?: readonly string[];
  readonly deal?: string;
  readonly detach: boolean;
  readonly json: boolean;
}

/** Runs an agent now; the exit code says how it ended. */
export async function run(
  terminal: Terminal,
  wanted: string,
  options: RunOptions,
): Promise<number> {
  const place = placeOf(options.data);
  await using client = await reach(place);
  const workspace = await findWorkspace(client, options.workspace);
  const agent = await findAgent(client, workspace.id, wanted);
  const executionId = await begin(
    client,
    `/api/workspaces/${workspace.id}/agents/${agent.id}`,
    options,
  );
  if (options.detach) {
    terminal.out(executionId);
    return EXIT.done;
  }
  const show = progressOn(terminal);
  const lost = (): void => terminal.err("The connection was lost; trying again...");
  const following = {
    place,
    workspaceId: workspace.id,
    executionId,
    onState: show,
    onLost: lost,
  };
  return conclude(terminal, await follow(following, client), options);
}

async function begin(
  client: HolderClient,
  agent: string,
  { contact, deal }: RunOptions,
): Promise<string> {
  const isNamed = contact !== undefined || deal !== undefined;
  const context = {
    ...(contact !== undefined && { contactIds: contact }),
    ...(deal !== undefined && { dealIds: [deal] }),
  };
  const started = await client.ask({
    method: "POST",
    path: isNamed ? `${agent}/execute` : `${agent}/trigger`,
    body: context,
  });
  return (started as { readonly executionId: string }).executionId;
}

/** Draws over one line where somebody looks; elsewhere each new state is a line of its own. */
export function progressOn(terminal: Terminal): (execution: Execution) => void {
  let said = "";
  return (execution) => {
    if (execution.completedAt !== null) return;
    const line = phraseProgress(execution);
    if (terminal.isLive) terminal.redraw(drawProgress(execution, terminal.columns));
    else if (line !== said) terminal.err(line);
    said = line;
  };
}

export function conclude(
  terminal: Terminal,
  execution: Execution,
  { json }: { readonly json: boolean },
): number {
  if (json) terminal.out(JSON.stringify(execution));
  else for (const line of phraseEnd(execution)) terminal.out(line);
  return execution.phase === "succeeded" || execution.phase === "skipped" ? EXIT.done : EXIT.failed;
}
