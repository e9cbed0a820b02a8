import { useQueryClient } from "@tanstack/react-query";

import type { Execution } from "#contract/shapes/executions.ts";

import { useWorkspaceId } from "../session/workspace.tsx";

/** Reads an execution again after something was asked of it. */
export function useReread({ id: executionId }: Execution): () => void {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["execution", workspaceId, executionId] });
}
