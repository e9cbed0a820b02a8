import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

import { problemOf } from "../api/problems.ts";
import { LiveProvider } from "../live/live-provider.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { rememberWorkspace } from "../session/last-workspace.ts";
import { meQuery } from "../session/me.ts";
import { WorkspaceProvider } from "../session/workspace.tsx";
import { Frame } from "./frame.tsx";
import { Nowhere } from "./not-here.tsx";

/** A workspace that its reader is a member of, or that there is none of that name. */
export function WorkspacePage(): ReactNode {
  const { workspaceId } = useParams({ from: "/w/$workspaceId" });
  const me = useQuery(meQuery);
  const workspace = me.data?.workspaces.find(({ id }) => id === workspaceId);
  useEffect(() => {
    if (workspace !== undefined) rememberWorkspace(workspace.id);
  }, [workspace]);
  if (me.isError) {
    return (
      <main className="page">
        <ProblemBox problem={problemOf(me.error)} />
      </main>
    );
  }
  if (me.data === undefined) return null;
  if (workspace === undefined) return <Nowhere what="workspace" />;
  return (
    <WorkspaceProvider me={me.data} workspace={workspace}>
      <LiveProvider workspaceId={workspaceId}>
        <Frame>
          <Outlet />
        </Frame>
      </LiveProvider>
    </WorkspaceProvider>
  );
}
