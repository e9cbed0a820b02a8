import { Button, Menu } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconBan, IconDownload, IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { urlOf } from "#contract/client.ts";
import { ROUTES } from "#contract/routes.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { useReread } from "./reread.ts";
import { hasBegun, phraseBytes } from "./words.ts";

interface InvocationProps {
  readonly invocation: Invocation;
}

export function InvocationActions({ invocation }: InvocationProps): ReactNode {
  return (
    <>
      <Download invocation={invocation} />
      {invocation.status === "completed" ? (
        <Again invocation={invocation} />
      ) : (
        <Cancel invocation={invocation} />
      )}
    </>
  );
}

/** A new one with what this one was started with. */
function Again({ invocation: { id } }: InvocationProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  const to = { to: "/w/$workspaceId/agent-clis/new", params: { workspaceId } } as const;
  return (
    <ActButton
      variant="default"
      permission={usePermission("invocations:run")}
      leftSection={<IconRefresh size={15} aria-hidden />}
      onClick={() => void navigate({ ...to, search: { like: id } })}
    >
      Start again
    </ActButton>
  );
}

/** What was written, byte for byte, round by round. */
function Download({ invocation: { id, roundList } }: InvocationProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const begun = roundList.filter(hasBegun);
  if (!usePermission("payloads:read").allowed || begun.length === 0) return null;
  const linkTo = (round: number, of: "output" | "errors"): string =>
    urlOf(ROUTES.downloadOutput, {
      params: { workspaceId, executionId: id, round },
      query: { of },
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />}>
          Raw output
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="menu-long">
        {begun.map(({ number, outputBytes }) => (
          <div key={number}>
            <Menu.Item component="a" href={linkTo(number, "output")} download>
              Round {number}: output, {phraseBytes(outputBytes)}
            </Menu.Item>
            <Menu.Item component="a" href={linkTo(number, "errors")} download>
              Round {number}: error output
            </Menu.Item>
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Cancel({ invocation: { id } }: InvocationProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const permission = usePermission("executions:act");
  const [isAsking, ask] = useDisclosure();
  const reread = useReread(id);
  const cancel = useMutation({
    mutationFn: () => api.cancelInvocation({ params: { workspaceId, executionId: id } }),
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
        Cancel
      </ActButton>
      <Confirm
        opened={isAsking}
        title="Cancel this invocation?"
        act="Cancel it"
        keep="Let it go on"
        isBusy={cancel.isPending}
        problem={cancel.error === null ? undefined : problemOf(cancel.error)}
        onAct={() => cancel.mutate()}
        onClose={ask.close}
      >
        Its process is asked to stop, and ended with all that it started if it does not. What it has
        changed in its folder stays. A follow-up can go on with it later.
      </Confirm>
    </>
  );
}
