import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { useListKeys } from "../keys/use-list-keys.ts";
import { AGENT_LOOKS } from "../looks/looks.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { LastOutcome } from "./last-outcome.tsx";
import { phraseNext } from "./next.ts";
import { agentsQuery } from "./queries.ts";

export function AgentsPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const search = useSearch({ from: "/w/$workspaceId/agents" });
  const list = useInfiniteQuery(agentsQuery(workspaceId, search));
  useListKeys();
  const isFiltered = search.search !== undefined || search.status !== undefined;
  return (
    <>
      <PageHead title="Agents" actions={<NewAgentButton />}>
        Which agents do what, and how their last run ended
      </PageHead>
      <AgentFilters />
      <ListView
        label="Agents"
        list={list}
        columns={columnsFor(workspaceId)}
        keyOf={({ id }) => id}
        empty={isFiltered ? <NothingFound /> : <FirstAgent />}
      />
    </>
  );
}

function NewAgentButton(): ReactNode {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  return (
    <ActButton
      permission={usePermission("agents:write")}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => void navigate({ to: "/w/$workspaceId/agents/new", params: { workspaceId } })}
    >
      New agent
    </ActButton>
  );
}

const STATUSES = [
  { value: "", label: "All" },
  { value: "live", label: "Live" },
  { value: "draft", label: "Draft" },
  { value: "paused", label: "Paused" },
];

function AgentFilters(): ReactNode {
  const search = useSearch({ from: "/w/$workspaceId/agents" });
  const navigate = useNavigate({ from: "/w/$workspaceId/agents" });
  const find = useDebouncedCallback((words: string) => {
    void navigate({
      search: (old) => ({ ...old, search: words === "" ? undefined : words }),
      replace: true,
    });
  }, 250);
  return (
    <div className="filters">
      <TextInput
        aria-label="Find an agent"
        placeholder="Find an agent"
        leftSection={<IconSearch size={15} aria-hidden />}
        defaultValue={search.search ?? ""}
        onChange={(event) => find(event.currentTarget.value)}
        data-filter
      />
      <SegmentedControl
        aria-label="Status"
        size="xs"
        data={STATUSES}
        value={search.status ?? ""}
        onChange={(status) =>
          void navigate({
            search: (old) => ({ ...old, status: status === "" ? undefined : status }),
          })
        }
      />
    </div>
  );
}

function columnsFor(workspaceId: string): readonly Column<Agent>[] {
  return [
    {
      key: "name",
      head: "Agent",
      cell: (agent) => <AgentName workspaceId={workspaceId} agent={agent} />,
    },
    {
      key: "status",
      head: "Status",
      width: "9rem",
      cell: ({ status }) => <StatusChip look={AGENT_LOOKS[status]} />,
    },
    {
      key: "last",
      head: "Last outcome",
      width: "15rem",
      wide: true,
      cell: (agent) => <LastOutcome workspaceId={workspaceId} agent={agent} />,
    },
    { key: "next", head: "Runs", width: "16rem", wide: true, cell: (agent) => phraseNext(agent) },
    {
      key: "changed",
      head: "Changed",
      width: "8rem",
      wide: true,
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
}

function AgentName({
  workspaceId,
  agent,
}: {
  readonly workspaceId: string;
  readonly agent: Agent;
}): ReactNode {
  return (
    <>
      <Link
        to="/w/$workspaceId/agents/$agentId"
        params={{ workspaceId, agentId: agent.id }}
        className="row-link"
      >
        {agent.name}
      </Link>
      <div className="quiet one-line">{agent.goal === "" ? agent.instructions : agent.goal}</div>
    </>
  );
}

function FirstAgent(): ReactNode {
  return (
    <Empty title="Say what should be done, and an agent does it" action={<NewAgentButton />}>
      An agent follows instructions in plain words: it finds contacts, sends emails, creates tasks,
      waits, and decides. Everything it did is kept here, step by step.
    </Empty>
  );
}

function NothingFound(): ReactNode {
  const workspaceId = useWorkspaceId();
  return (
    <Empty
      title="No agent matches"
      action={
        <Button
          variant="default"
          renderRoot={(props: object) => (
            <Link {...props} to="/w/$workspaceId/agents" params={{ workspaceId }} search={{}} />
          )}
        >
          Show all agents
        </Button>
      }
    >
      Nothing has that name and status.
    </Empty>
  );
}
