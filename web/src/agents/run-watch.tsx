import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

import type { ExecutionItem } from "#contract/shapes/executions.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { useLiveMessages } from "../live/live-provider.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { RUNNING, type RunTold, tellRun } from "./run-words.ts";
import { dropRun, isWatched, onWatched, watchRun } from "./watched-runs.ts";

/** Tells, wherever its starter is by then, how a run goes that was started by hand. */
export function RunWatch(): ReactNode {
  const workspaceId = useWorkspaceId();
  useLiveMessages((message) => {
    if (message.type !== "execution.changed" || !isWatched(message.execution.id)) return;
    show(workspaceId, message.execution);
  });
  useEffect(
    () =>
      onWatched((executionId) => {
        start(workspaceId, executionId);
        // It may have ended before it was watched.
        api.getExecution({ params: { workspaceId, executionId } }).then(
          (execution) => (isWatched(executionId) ? show(workspaceId, execution) : undefined),
          () => undefined,
        );
      }),
    [workspaceId],
  );
  return null;
}

function start(workspaceId: string, executionId: string): void {
  const told: RunTold = {
    tone: "teal",
    text: RUNNING,
    link: "View Execution Log",
    canRetry: false,
    isOver: false,
  };
  notifications.show({ id: executionId, ...toast(workspaceId, executionId, told) });
}

function show(workspaceId: string, item: ExecutionItem): void {
  const told = tellRun(item);
  notifications.update({ id: item.id, ...toast(workspaceId, item.id, told) });
  if (told.isOver) dropRun(item.id);
}

function toast(workspaceId: string, executionId: string, told: RunTold) {
  return {
    loading: !told.isOver,
    autoClose: told.isOver ? 12_000 : false,
    withCloseButton: true,
    withBorder: true,
    color: told.tone,
    message: <RunToast workspaceId={workspaceId} executionId={executionId} told={told} />,
  } as const;
}

interface RunToastProps {
  readonly workspaceId: string;
  readonly executionId: string;
  readonly told: RunTold;
}

function RunToast({ workspaceId, executionId, told }: RunToastProps): ReactNode {
  const retry = useMutation({
    mutationFn: () => api.retryExecution({ params: { workspaceId, executionId } }),
    onSuccess: (started) => watchRun(started.executionId),
  });
  const hide = (): void => {
    notifications.hide(executionId);
  };
  return (
    <div>
      <div className="wrap-anywhere" style={{ color: "var(--mantine-color-text)" }}>
        {told.text}
      </div>
      <Group gap="md" mt={4}>
        <Link
          to="/w/$workspaceId/executions/$executionId"
          params={{ workspaceId, executionId }}
          onClick={hide}
          className="toast-link"
        >
          {told.link}
        </Link>
        {told.canRetry ? (
          <Button
            size="compact-xs"
            variant="light"
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            Retry Execution
          </Button>
        ) : null}
      </Group>
      {retry.error === null ? null : <div>{problemOf(retry.error).detail}</div>}
    </div>
  );
}
