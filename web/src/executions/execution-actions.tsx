import { Tooltip } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconBan, IconPlayerSkipForward, IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { watchRun } from "../agents/watched-runs.ts";
import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { PauseButton } from "./pause-button.tsx";
import { Refused } from "./refused.tsx";
import { useReread } from "./reread.ts";
import { isOpen } from "./words.ts";

interface ExecutionProps {
  readonly execution: Execution;
}

export function ExecutionActions({ execution }: ExecutionProps): ReactNode {
  return (
    <>
      {mayBeSkipped(execution) ? <SkipWait execution={execution} /> : null}
      {isOpen(execution) ? <PauseButton execution={execution} /> : null}
      {isOpen(execution) ? <Cancel execution={execution} /> : <Retry execution={execution} />}
    </>
  );
}

function mayBeSkipped({ phase, resumeAt, pausedBy }: Execution): boolean {
  return phase === "waiting" && resumeAt !== null && pausedBy === null;
}

function SkipWait({ execution }: ExecutionProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const reread = useReread(execution);
  const skip = useMutation({
    mutationFn: () => api.skipWait({ params: { workspaceId, executionId: execution.id } }),
    onSuccess: reread,
  });
  return (
    <>
      <Tooltip label="Sandbox: whoever waits for a time goes on now">
        <span>
          <ActButton
            permission={usePermission("executions:act")}
            loading={skip.isPending}
            leftSection={<IconPlayerSkipForward size={15} aria-hidden />}
            onClick={() => skip.mutate()}
          >
            Skip wait
          </ActButton>
        </span>
      </Tooltip>
      <Refused error={skip.error} />
    </>
  );
}

function Cancel({ execution }: ExecutionProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const permission = usePermission("executions:act");
  const [isAsking, ask] = useDisclosure();
  const reread = useReread(execution);
  const cancel = useMutation({
    mutationFn: () => api.cancelExecution({ params: { workspaceId, executionId: execution.id } }),
    onSuccess: () => {
      ask.close();
      reread();
    },
  });
  useHotkeys([["x", () => (permission.allowed ? ask.open() : undefined)]]);
  return (
    <>
      <ActButton
        variant="default"
        permission={permission}
        leftSection={<IconBan size={15} aria-hidden />}
        onClick={ask.open}
      >
        Cancel Execution
      </ActButton>
      <Confirm
        opened={isAsking}
        title="Cancel this execution?"
        act="Cancel Execution"
        isBusy={cancel.isPending}
        problem={cancel.error === null ? undefined : problemOf(cancel.error)}
        onAct={() => cancel.mutate()}
        onClose={ask.close}
      >
        What is done stays done; what has not begun is not executed. A canceled execution can be
        retried from the start.
      </Confirm>
    </>
  );
}

function Retry({ execution }: ExecutionProps): ReactNode {
  const permission = usePermission("executions:act");
  const [isAsking, ask] = useDisclosure();
  const retry = useRetry(execution);
  const sent = execution.figures["emailsSent"] ?? 0;
  const start = (): void => (sent === 0 ? retry.mutate() : ask.open());
  useHotkeys([["r", () => (permission.allowed && !retry.isPending ? start() : undefined)]]);
  return (
    <>
      <ActButton
        variant={execution.phase === "failed" ? "filled" : "default"}
        permission={permission}
        loading={retry.isPending}
        leftSection={<IconRefresh size={15} aria-hidden />}
        onClick={start}
      >
        Retry
      </ActButton>
      {isAsking ? null : <Refused error={retry.error} />}
      <Confirm
        opened={isAsking}
        title="Retry from the start?"
        act="Retry"
        keep="Not now"
        isBusy={retry.isPending}
        problem={retry.error === null ? undefined : problemOf(retry.error)}
        onAct={() => retry.mutate()}
        onClose={ask.close}
      >
        This execution sent {sent === 1 ? "1 email" : `${sent} emails`}. A new one begins from the
        start and may write to the same people again.
      </Confirm>
    </>
  );
}

function useRetry(execution: Execution) {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  const reread = useReread(execution);
  return useMutation({
    mutationFn: () => api.retryExecution({ params: { workspaceId, executionId: execution.id } }),
    onSuccess: async ({ executionId }) => {
      watchRun(executionId);
      reread();
      await navigate({
        to: "/w/$workspaceId/executions/$executionId",
        params: { workspaceId, executionId },
      });
    },
  });
}
