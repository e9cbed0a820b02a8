/** Tells people that a run has failed, and pauses the agent where a limit was the reason. */
import type { ActionNeeds } from "#actions/needs.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { ProgramContext } from "#engine/program.ts";
import type { Write } from "#store/store.ts";
import type { Agent } from "#workspace/agent.ts";

import type { AutomationInput } from "./input.ts";

const TELL = "tell of the failure";

/** The agent's creator and whoever triggered the run (semantics: People). */
export async function tellFailure(
  run: ProgramContext<never>,
  input: AutomationInput,
  fault: KeptFault,
  needs: ActionNeeds,
): Promise<void> {
  let announce = (): void => undefined;
  await run.step(TELL, async (attempt) => {
    const agent = await needs.agents.byNo(input.agentNo);
    if (agent === undefined) return;
    const drafted = needs.notifications.draft(run.ws, receivers(agent, input), {
      kind: "execution_failed",
      title: `Agent failed: ${input.agentName}`,
      message:
        fault.suggestion === undefined ? fault.message : `${fault.message}. ${fault.suggestion}`,
      agentId: agent.id,
      executionId: run.id,
    });
    ({ announce } = drafted);
    attempt.write([...drafted.writes, ...pausing(agent, fault, needs)]);
  });
  announce();
}

function receivers({ createdBy }: Agent, { triggeredBy }: AutomationInput): readonly string[] {
  const creator = createdBy.type === "user" ? createdBy.id : null;
  return [...new Set([creator, triggeredBy])].filter((id) => id !== null);
}

function pausing(agent: Agent, { code }: KeptFault, { agents }: ActionNeeds): readonly Write[] {
  return code === "limit_reached" ? [agents.pausing(agent, "emailLimit")] : [];
}
