import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

export interface ActOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly json: boolean;
}

const SAID = { pause: "is being paused", resume: "goes on" } as const;

/** Asks an execution to pause, or to go on; it answers when that is on record, not when it has come to rest. */
export async function actOnExecution(
  terminal: Terminal,
  act: keyof typeof SAID,
  id: string,
  { data, workspace, json }: ActOptions,
): Promise<number> {
  await using client = await reach(placeOf(data));
  const { id: workspaceId } = await findWorkspace(client, workspace);
  const path = `/api/workspaces/${workspaceId}/executions/${encodeURIComponent(id)}/${act}`;
  const answer = await client.ask({ method: "POST", path });
  terminal.out(json ? JSON.stringify(answer) : `${id} ${SAID[act]}`);
  return EXIT.done;
}
