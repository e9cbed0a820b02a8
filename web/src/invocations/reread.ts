import { useQueryClient } from "@tanstack/react-query";

import { useWorkspaceId } from "../session/workspace.tsx";
import { invocationQuery } from "./queries.ts";

/** Reads an invocation again after something was asked of it. */
export function useReread(executionId: string): () => void {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const { queryKey } = invocationQuery(workspaceId, executionId);
  return () => void client.invalidateQueries({ queryKey });
}
