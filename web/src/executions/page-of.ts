import { invocationIds } from "#domain/id.ts";

/** Where an execution is looked at: one of an Agent CLI is a conversation, all others are steps. */
export function pageOf(executionId: string) {
  return invocationIds.is(executionId)
    ? ("/w/$workspaceId/agent-clis/$executionId" as const)
    : ("/w/$workspaceId/executions/$executionId" as const);
}
