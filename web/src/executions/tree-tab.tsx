import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution, TreeNode } from "#contract/shapes/executions.ts";

import { problemOf } from "../api/problems.ts";
import { lookOf } from "../looks/looks.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { pageOf } from "./page-of.ts";
import { treeQuery } from "./queries.ts";
import { phraseNodeUsage } from "./words.ts";

/** The whole tree in which it stands, with itself marked. */
export function TreeTab({ execution }: { readonly execution: Execution }): ReactNode {
  const workspaceId = useWorkspaceId();
  const tree = useQuery(treeQuery(workspaceId, execution.id));
  if (tree.isError) return <ProblemBox problem={problemOf(tree.error)} />;
  return (
    <ul aria-label="Tree" aria-busy={tree.data === undefined} className="execution-tree">
      {tree.data?.items.map((node) => (
        <li key={node.id} style={{ paddingInlineStart: `${1.5 * node.depth}rem` }}>
          <Node node={node} isHere={node.id === execution.id} />
        </li>
      ))}
    </ul>
  );
}

function Node({ node, isHere }: { readonly node: TreeNode; readonly isHere: boolean }): ReactNode {
  const workspaceId = useWorkspaceId();
  const look = lookOf({ ...node, waitsFor: null, blocked: null, warnings: node.own.warnings });
  const params = { workspaceId, executionId: node.id };
  return (
    <>
      <StatusChip look={look} />
      {isHere ? (
        <strong aria-current="true">{node.name}</strong>
      ) : (
        <Link to={pageOf(node.id)} params={params} search={{ tab: "tree" }}>
          {node.name}
        </Link>
      )}
      <span className="usage">{phraseNodeUsage(node)}</span>
    </>
  );
}
