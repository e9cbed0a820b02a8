/** What the buttons of an execution share. */
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";

export interface ExecutionProps {
  readonly execution: Execution;
}

export function useReread({ id: executionId }: Execution): () => void {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ["execution", workspaceId, executionId] });
}

export function Refused({ error }: { readonly error: unknown }): ReactNode {
  if (error === null) return null;
  return (
    <div style={{ flexBasis: "100%" }}>
      <ProblemBox problem={problemOf(error)} />
    </div>
  );
}
