import { Menu } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconRefresh } from "@tabler/icons-react";
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
import { Refused } from "./refused.tsx";
import { useReread } from "./reread.ts";
import { type RetryWay, waysToRetry } from "./retry-ways.ts";

/** A menu where there is more than one way; from the start it asks first, where somebody was mailed. */
export function Retry({ execution }: { readonly execution: Execution }): ReactNode {
  const permission = usePermission("executions:act");
  const [isChoosing, choose] = useDisclosure();
  const [isAsking, ask] = useDisclosure();
  const retry = useRetry(execution);
  const sent = execution.figures["emailsSent"] ?? 0;
  const ways = waysToRetry(execution);
  const take = ({ key, body }: RetryWay): void =>
    key === "start" && sent > 0 ? ask.open() : retry.mutate(body);
  const begin = (): void => {
    const [only, another] = ways;
    if (only !== undefined && another === undefined) take(only);
    else choose.toggle();
  };
  useHotkeys([["r", () => (permission.allowed && !retry.isPending ? begin() : undefined)]]);
  return (
    <>
      <Menu position="bottom-end" opened={isChoosing} onClose={choose.close}>
        <Menu.Target>
          <ActButton
            variant={execution.phase === "failed" ? "filled" : "default"}
            permission={permission}
            loading={retry.isPending}
            leftSection={<IconRefresh size={15} aria-hidden />}
            onClick={begin}
          >
            Retry
          </ActButton>
        </Menu.Target>
        <Menu.Dropdown aria-label="How to retry">
          {ways.map((way) => (
            <Menu.Item key={way.key} onClick={() => take(way)}>
              {way.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isAsking ? null : <Refused error={retry.error} />}
      <Confirm
        opened={isAsking}
        title="Retry from the start?"
        act="Retry"
        keep="Not now"
        isBusy={retry.isPending}
        problem={retry.error === null ? undefined : problemOf(retry.error)}
        onAct={() => retry.mutate({ from: "start" })}
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
    mutationFn: (body: RetryWay["body"]) =>
      api.retryExecution({ params: { workspaceId, executionId: execution.id }, body }),
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
