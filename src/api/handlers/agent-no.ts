import { Fault } from "#domain/fault.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { Services } from "../services.ts";

/** The number of an agent that is asked for; a deleted one's history stays. @throws Fault `not_found` */
export async function agentNoOf(
  { agents }: Pick<Services, "agents">,
  { workspace }: Entered,
  id: string | undefined,
): Promise<number | undefined> {
  if (id === undefined) return undefined;
  const agent = await agents.find(workspace.no, id);
  if (agent !== undefined) return agent.no;
  throw new Fault("not_found", "There is no such agent in this workspace");
}
