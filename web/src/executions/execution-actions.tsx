import { Button, Tooltip } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconBan, IconPlayerSkipForward, IconTerminal2 } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { pageOf } from "./page-of.ts";
import { PauseButton } from "./pause-button.tsx";
import { Refused } from "./refused.tsx";
import { useReread } from "./reread.ts";
import { Retry } from "./retry.tsx";
import { isOpen } from "./words.ts";

interface ExecutionProps {
  readonly execution: Execution;
}

export function ExecutionActions({ execution }: ExecutionProps): ReactNode {
  if (execution.kind === "invocation") return <ToConversation execution={execution} />;
  return (
    <>
      {mayBeSkipped(execution) ? <SkipWait execution={execution} /> : null}
      {isOpen(execution) ? <PauseButton execution={execution} /> : null}
      {isOpen(execution) ? <Cancel execution={execution} /> : <Retry execution={execution} />}
    </>
  );
}

/** One of an Agent CLI is worked with where it is read. */
function ToConversation({ execution: { id } }: ExecutionProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const params = { workspaceId, executionId: id };
  return (
    <Button
      renderRoot={(props: object) => <Link {...props} to={pageOf(id)} params={params} />}
      leftSection={<IconTerminal2 size={15} aria-hidden />}
    >
      To its conversation
    </Button>
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
        retried from the start, or from where it stopped.
      </Confirm>
    </>
  );
}
