/** What an agent's plan meets in its workspace, for the answers that tell it and those that refuse with it. */
import type { PlanProblem } from "#contract/shapes/plan-problems.ts";
import type { Plan } from "#domain/plan.ts";
import { refuseErrors } from "#drivers/automation/check.ts";
import { type Asked, type CheckNeeds, problemsOf } from "#drivers/automation/checks/problems.ts";
import type { GoingLive } from "#workspace/agent-saving.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Entered, Workspace } from "#workspace/workspaces.ts";

interface Needs extends CheckNeeds {
  readonly workspaces: { readonly byNo: (no: number) => Promise<Workspace | undefined> };
}

/** Of a plan that is not saved; what is not given is as a new agent has it. */
export function problemsOfWords(
  services: Needs,
  { workspace, actor }: Entered,
  words: { readonly plan: Plan; readonly instructions: string },
  settings: Partial<Asked["agent"]>,
): Promise<readonly PlanProblem[]> {
  const agent = { ...NEW_AGENT, createdBy: actor, ...settings };
  const { no: ws, zone } = workspace;
  return problemsOf({ ws, zone, plan: words.plan, words: words.instructions, agent }, services);
}

const NEW_AGENT: Omit<Asked["agent"], "createdBy"> = {
  triggers: [],
  memory: { lasts: "execution" },
  reenrolment: "afterEnd",
  defaultTemplateId: null,
};

/** Of an agent as it was saved; none where its words were not understood. */
export async function problemsOfAgent(
  services: Needs,
  agent: Agent,
): Promise<readonly PlanProblem[]> {
  const { ws, plan, instructions: words } = agent;
  const workspace = plan === null ? undefined : await services.workspaces.byNo(ws);
  if (plan === null || workspace === undefined) return [];
  return problemsOf({ ws, zone: workspace.zone, plan, words, agent }, services);
}

/** Keeps an agent from going live with what no run of it could carry out. @throws Fault with every error */
export function demandSound(services: Needs, { workspace: { no: ws, zone } }: Entered) {
  return async ({ plan, ...agent }: GoingLive): Promise<void> => {
    const asked: Asked = { ws, zone, plan, words: agent.instructions, agent };
    const problems = await problemsOf(asked, services);
    refuseErrors(problems, { problems: problems.filter(({ severity }) => severity === "error") });
  };
}
