import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Agent, AgentVersion } from "#contract/shapes/agents.ts";

import { type Column, ListView } from "../../parts/list-view.tsx";
import { When } from "../../parts/when.tsx";
import { useWorkspaceId } from "../../session/workspace.tsx";
import { versionsQuery } from "../queries.ts";
import { readCompared, withBefore, writeCompared } from "./comparing.ts";
import { VersionCompare } from "./version-compare.tsx";

const FROM = "/w/$workspaceId/agents/$agentId";

/** Every save, newest first, with what it changed; two of them side by side where the address names two. */
export function AgentVersions({ agent }: { readonly agent: Agent }): ReactNode {
  const list = useInfiniteQuery(versionsQuery(useWorkspaceId(), agent.id));
  const { compare } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const compared = readCompared(compare, agent.version);
  if (compared !== undefined) {
    return (
      <VersionCompare
        agent={agent}
        compared={compared}
        onCompare={(next) =>
          void navigate({
            search: { tab: "versions", ...(next && { compare: writeCompared(next) }) },
          })
        }
      />
    );
  }
  return (
    <ListView
      label="Versions"
      list={list}
      columns={columnsFor(agent)}
      keyOf={({ version }) => String(version)}
      empty={null}
    />
  );
}

function columnsFor(agent: Agent): readonly Column<AgentVersion>[] {
  return [
    {
      key: "version",
      head: "Version",
      width: "9rem",
      cell: ({ version }) => (
        <>
          <Link
            className="row-link"
            from={FROM}
            search={{ tab: "versions", compare: writeCompared(withBefore(version)) }}
          >
            Version {version}
          </Link>
          {version === agent.version ? <div className="quiet">current</div> : null}
        </>
      ),
    },
    {
      key: "changed",
      head: "What changed",
      cell: ({ changed, restoredFrom }) => (
        <>
          {restoredFrom === null ? null : <div>Version {restoredFrom} restored</div>}
          <span className={restoredFrom === null ? undefined : "quiet"}>{changed}</span>
        </>
      ),
    },
    { key: "who", head: "Who", width: "12rem", wide: true, cell: ({ savedBy }) => savedBy.name },
    {
      key: "when",
      head: "When",
      width: "8rem",
      cell: ({ savedAt, savedBy }) => (
        <>
          <When at={savedAt} />
          <div className="quiet only-narrow">{savedBy.name}</div>
        </>
      ),
    },
  ];
}
