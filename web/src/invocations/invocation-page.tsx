import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Invocation } from "#contract/shapes/invocations.ts";

import { problemOf } from "../api/problems.ts";
import { pageOf } from "../executions/page-of.ts";
import { neighbourOf, rememberedList } from "../keys/neighbours.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { useFollowedExecution } from "../live/live-provider.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { NotHere } from "../shell/not-here.tsx";
import { Conversation } from "./conversation-view.tsx";
import { FollowUp } from "./follow-up.tsx";
import { InvocationHead } from "./invocation-head.tsx";
import { InvocationSide } from "./invocation-side.tsx";
import { invocationQuery } from "./queries.ts";
import { Questions } from "./questions.tsx";
import { isCommand } from "./words.ts";

const FROM = "/w/$workspaceId/agent-clis/$executionId";

export function InvocationPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const { executionId } = useParams({ from: FROM });
  const invocation = useQuery(invocationQuery(workspaceId, executionId));
  useFollowedExecution(workspaceId, executionId);
  if (invocation.isError && problemOf(invocation.error).status === 404)
    return <NotHere what="invocation" />;
  if (invocation.isError && invocation.data === undefined)
    return <ProblemBox problem={problemOf(invocation.error)} />;
  if (invocation.data === undefined) return <InvocationSkeleton />;
  return <OpenInvocation key={executionId} invocation={invocation.data} />;
}

function InvocationSkeleton(): ReactNode {
  return (
    <div aria-busy>
      <Skeleton height={28} width={360} mb="sm" />
      <Skeleton height={40} radius="md" mb="lg" />
      <div className="invocation">
        <Skeleton height={480} radius="md" />
        <Skeleton height={320} radius="md" />
      </div>
    </div>
  );
}

function OpenInvocation({ invocation }: { readonly invocation: Invocation }): ReactNode {
  const permission = usePermission("payloads:read");
  useNeighbourKeys(invocation.id);
  return (
    <div className="invocation-page">
      <InvocationHead invocation={invocation} />
      <div className="invocation">
        <div className="invocation-main">
          {permission.allowed ? (
            <Conversation invocation={invocation} />
          ) : (
            <ProblemBox
              tone="amber"
              problem={{
                title: "What it said is not shown to you",
                detail: permission.reason,
                suggestion: "Its status, times and costs are.",
              }}
            />
          )}
          <Questions invocation={invocation} />
          {isCommand(invocation) ? null : <FollowUp invocation={invocation} />}
        </div>
        <InvocationSide invocation={invocation} />
      </div>
    </div>
  );
}

/** `j` and `k`: the one after and before in the list that one came from. */
function useNeighbourKeys(id: string): void {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  useListKeys((direction) => {
    const executionId = neighbourOf(rememberedList(), id, direction);
    if (executionId !== undefined)
      void navigate({ to: pageOf(executionId), params: { workspaceId, executionId } });
  });
}
