import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { api } from "../api/api.ts";
import { ActButton } from "../parts/act-button.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { Refused } from "./refused.tsx";
import { useReread } from "./reread.ts";

/** Pause, or Resume where somebody has paused it. */
export function PauseButton({ execution }: { readonly execution: Execution }): ReactNode {
  const workspaceId = useWorkspaceId();
  const isPaused = execution.pausedBy !== null;
  const say = isPaused ? api.resumeExecution : api.pauseExecution;
  const turn = useMutation({
    mutationFn: () => say({ params: { workspaceId, executionId: execution.id } }),
    onSuccess: useReread(execution),
  });
  const Icon = isPaused ? IconPlayerPlay : IconPlayerPause;
  return (
    <>
      <ActButton
        variant={isPaused ? "filled" : "default"}
        permission={usePermission("executions:act")}
        loading={turn.isPending}
        leftSection={<Icon size={15} aria-hidden />}
        onClick={() => turn.mutate()}
      >
        {isPaused ? "Resume" : "Pause"}
      </ActButton>
      <Refused error={turn.error} />
    </>
  );
}
