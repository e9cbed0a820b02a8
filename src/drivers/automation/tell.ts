/** Tells people that a run has failed, and pauses the agent where a limit was the reason. */
import type { ActionNeeds } from "#actions/needs.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { UserId } from "#domain/id.ts";
import type { ProgramContext } from "#engine/program.ts";
import type { Write } from "#store/store.ts";
import type { Agent } from "#workspace/agent.ts";

import type { AutomationInput } from "./input.ts";

const TELL = "tell of the failure";

/** The agent's creator and whoever triggered the run (semantics: People); an owner where those are no people. */
export async function tellFailure(
  run: ProgramContext<never>,
  input: AutomationInput,
  fault: KeptFault,
  needs: ActionNeeds,
): Promise<void> {
  let announce = (): void => undefined;
  await run.step(
    TELL,
    async (attempt) => {
      const agent = await needs.agents.byNo(input.agentNo);
      if (agent === undefined) return;
      const to = await receivers(run.ws, agent, input, needs);
      const drafted = needs.notifications.draft(run.ws, to, {
        kind: "execution_failed",
        title: `Agent failed: ${input.agentName}`,
        message: phrase(fault),
        agentId: agent.id,
        executionId: run.id,
      });
      ({ announce } = drafted);
      attempt.write([...drafted.writes, ...pausing(agent, fault, needs)]);
    },
    { anew: true },
  );
  announce();
}

/** What happened and what to do, each a sentence whether or not it was written with its full stop. */
function phrase({ message, suggestion }: KeptFault): string {
  return suggestion === undefined ? message : `${message.replace(/\.$/, "")}. ${suggestion}`;
}

async function receivers(
  ws: number,
  { createdBy }: Agent,
  { triggeredBy }: AutomationInput,
  { members }: ActionNeeds,
): Promise<readonly UserId[]> {
  const creator = createdBy.type === "user" ? createdBy.id : null;
  const people = [...new Set([creator, triggeredBy])].filter((id) => id !== null);
  if (people.length > 0) return people;
  const owner = (await members.list(ws)).find(({ role }) => role === "owner");
  return owner === undefined ? [] : [owner.userId];
}

function pausing(agent: Agent, { code }: KeptFault, { agents }: ActionNeeds): readonly Write[] {
  return code === "limit_reached" ? [agents.pausing(agent, "emailLimit")] : [];
}
