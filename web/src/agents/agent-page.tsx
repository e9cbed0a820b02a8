import { Group, Skeleton, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { problemOf } from "../api/problems.ts";
import { AGENT_LOOKS } from "../looks/looks.ts";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { NotHere } from "../shell/not-here.tsx";
import { AgentActions } from "./agent-actions.tsx";
import { AgentHistory } from "./agent-history.tsx";
import { AgentSettings } from "./agent-settings.tsx";
import { InstructionsTab } from "./instructions-tab.tsx";
import { phraseNext } from "./next.ts";
import { phrasePause } from "./pause-words.ts";
import { agentQuery } from "./queries.ts";
import { AgentVersions } from "./versions/agent-versions.tsx";

export function AgentPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const { agentId } = useParams({ from: "/w/$workspaceId/agents/$agentId" });
  const agent = useQuery(agentQuery(workspaceId, agentId));
  if (agent.isError && problemOf(agent.error).status === 404) return <NotHere what="agent" />;
  if (agent.isError) return <ProblemBox problem={problemOf(agent.error)} />;
  if (agent.data === undefined) return <AgentSkeleton />;
  return <OpenAgent key={agentId} agent={agent.data} />;
}

function AgentSkeleton(): ReactNode {
  return (
    <div aria-busy>
      <Skeleton height={28} width={260} mb="sm" />
      <Skeleton height={34} width={420} mb="lg" />
      <div className="panes">
        <Skeleton height={240} radius="md" />
        <Skeleton height={240} radius="md" />
      </div>
    </div>
  );
}

const FROM = "/w/$workspaceId/agents/$agentId";

function OpenAgent({ agent }: { readonly agent: Agent }): ReactNode {
  const { tab = "instructions" } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const pause = phrasePause(agent);
  return (
    <>
      <PageHead
        title={agent.name}
        beside={<StatusChip look={AGENT_LOOKS[agent.status]} />}
        actions={<AgentActions agent={agent} />}
      >
        <Group gap="xs">
          {agent.goal === "" ? null : <span>{agent.goal}</span>}
          <span>{phraseNext(agent)}</span>
          {pause === undefined ? null : <strong>{pause}</strong>}
        </Group>
      </PageHead>
      <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next ?? undefined } })}>
        <Tabs.List mb="md" className="tabs">
          <Tabs.Tab value="instructions">Instructions</Tabs.Tab>
          <Tabs.Tab value="history">Execution History</Tabs.Tab>
          <Tabs.Tab value="settings">Limits &amp; settings</Tabs.Tab>
          <Tabs.Tab value="versions">Versions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="instructions">
          <InstructionsTab agent={agent} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <AgentHistory agent={agent} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <AgentSettings agent={agent} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <AgentVersions agent={agent} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
