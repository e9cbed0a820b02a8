import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";

import { ExecutionList } from "../executions/execution-list.tsx";

const FROM = "/w/$workspaceId/agents/$agentId";

export function AgentHistory({ agent }: { readonly agent: Agent }): ReactNode {
  const { tab: _tab, ...filter } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  return (
    <ExecutionList
      filter={filter}
      agent={agent}
      onFilter={(next) => void navigate({ search: { ...next, tab: "history" }, replace: true })}
    />
  );
}
