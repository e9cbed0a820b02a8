import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconRocket,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { api } from "../api/api.ts";
import { problemOf } from "../api/problems.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useHere, usePermission } from "../session/workspace.tsx";
import { RunNow } from "./run-now.tsx";
import { SimulateButton } from "./simulation/simulate-button.tsx";

interface AgentProps {
  readonly agent: Agent;
}

export function AgentActions({ agent }: AgentProps): ReactNode {
  const { workspace } = useHere();
  const permission = usePermission("agents:write");
  const change = useStatusChange(agent);
  const isStill = agent.status === "paused" || agent.status === "onHold";
  return (
    <>
      {agent.status === "draft" ? (
        <ActButton
          variant="default"
          permission={permission}
          loading={change.isPending}
          leftSection={<IconRocket size={15} aria-hidden />}
          onClick={() => change.mutate("goLive")}
        >
          Go Live
        </ActButton>
      ) : null}
      {agent.status === "draft" ? null : (
        <ActButton
          variant="default"
          permission={permission}
          loading={change.isPending}
          leftSection={
            isStill ? (
              <IconPlayerPlay size={15} aria-hidden />
            ) : (
              <IconPlayerPause size={15} aria-hidden />
            )
          }
          onClick={() => change.mutate(isStill ? "resume" : "pause")}
        >
          {isStill ? "Resume" : "Pause Agent"}
        </ActButton>
      )}
      <SimulateButton simulated={{ agentId: agent.id }} />
      <RunNow agent={agent} role={workspace.role} />
      {permission.allowed ? <More agent={agent} /> : null}
      {change.error === null ? null : (
        <div style={{ flexBasis: "100%" }}>
          <ProblemBox problem={problemOf(change.error)} />
        </div>
      )}
    </>
  );
}

type StatusChange = "goLive" | "pause" | "resume";

function useStatusChange({ id: agentId }: Agent) {
  const { workspace } = useHere();
  const client = useQueryClient();
  const call = { params: { workspaceId: workspace.id, agentId } };
  const calls: Readonly<Record<StatusChange, () => Promise<Agent>>> = {
    goLive: () => api.goLive(call),
    pause: () => api.pauseAgent(call),
    resume: () => api.resumeAgent(call),
  };
  return useMutation({
    mutationFn: (change: StatusChange) => calls[change](),
    onSuccess: (agent) => {
      client.setQueryData(["agent", workspace.id, agentId], agent);
      void client.invalidateQueries({ queryKey: ["agents", workspace.id] });
    },
  });
}

function More({ agent }: AgentProps): ReactNode {
  const [isAsking, ask] = useDisclosure();
  const { workspace } = useHere();
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => api.deleteAgent({ params: { workspaceId: workspace.id, agentId: agent.id } }),
    onSuccess: async () => {
      await navigate({ to: "/w/$workspaceId/agents", params: { workspaceId: workspace.id } });
      void client.invalidateQueries({ queryKey: ["agents", workspace.id] });
    },
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="input-sm" aria-label="More">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask.open}>
            Delete agent
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={isAsking}
        title={`Delete ${agent.name}?`}
        act="Delete agent"
        isBusy={remove.isPending}
        problem={remove.error === null ? undefined : problemOf(remove.error)}
        onAct={() => remove.mutate()}
        onClose={ask.close}
      >
        What is queued or waits is canceled. Its executions stay in the history, marked as those of
        a deleted agent.
      </Confirm>
    </>
  );
}
