import { Skeleton, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { problemOf } from "../api/problems.ts";
import { useFollowedExecution } from "../live/live-provider.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { NotHere } from "../shell/not-here.tsx";
import { ExecutionHead } from "./execution-head.tsx";
import { FactsTab } from "./facts-tab.tsx";
import { JourneysTab } from "./journeys-tab.tsx";
import { MessagesTab } from "./messages-tab.tsx";
import { executionQuery } from "./queries.ts";
import { StepsTab } from "./steps-tab.tsx";
import { TreeTab } from "./tree-tab.tsx";

const FROM = "/w/$workspaceId/executions/$executionId";

export function ExecutionPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const { executionId } = useParams({ from: FROM });
  const execution = useQuery(executionQuery(workspaceId, executionId));
  useFollowedExecution(workspaceId, executionId);
  if (execution.isError && problemOf(execution.error).status === 404)
    return <NotHere what="execution" />;
  if (execution.isError && execution.data === undefined)
    return <ProblemBox problem={problemOf(execution.error)} />;
  if (execution.data === undefined) return <ExecutionSkeleton />;
  return <OpenExecution key={executionId} execution={execution.data} />;
}

function ExecutionSkeleton(): ReactNode {
  return (
    <div aria-busy>
      <Skeleton height={28} width={300} mb="sm" />
      <Skeleton height={66} radius="md" mb="lg" />
      {["a", "b", "c", "d"].map((key) => (
        <Skeleton key={key} height={48} radius="sm" mb={8} />
      ))}
    </div>
  );
}

function hasRelatives({ parent, children }: Execution): boolean {
  return parent !== null || children > 0;
}

function OpenExecution({ execution }: { readonly execution: Execution }): ReactNode {
  const { tab = "steps" } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  return (
    <>
      <ExecutionHead execution={execution} />
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next ?? undefined }, replace: true })}
      >
        <Tabs.List mb="md" className="tabs">
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
          <Tabs.Tab value="journeys">Journeys</Tabs.Tab>
          <Tabs.Tab value="messages">Messages sent</Tabs.Tab>
          {hasRelatives(execution) ? <Tabs.Tab value="tree">Tree</Tabs.Tab> : null}
          <Tabs.Tab value="facts">Facts</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps">
          <StepsTab execution={execution} />
        </Tabs.Panel>
        <Tabs.Panel value="journeys">
          <JourneysTab execution={execution} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <MessagesTab execution={execution} />
        </Tabs.Panel>
        <Tabs.Panel value="tree">
          <TreeTab execution={execution} />
        </Tabs.Panel>
        <Tabs.Panel value="facts">
          <FactsTab execution={execution} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
