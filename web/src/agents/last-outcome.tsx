import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Agent } from "#contract/shapes/agents.ts";
import { PHASES } from "#domain/kinds.ts";

import { PHASE_LOOKS } from "../looks/looks.ts";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";

interface LastOutcomeProps {
  readonly workspaceId: string;
  readonly agent: Agent;
}

export function LastOutcome({
  workspaceId,
  agent: { lastExecution },
}: LastOutcomeProps): ReactNode {
  if (lastExecution === null || lastExecution === undefined)
    return <span className="quiet">Has not run yet</span>;
  const phase = PHASES.find((one) => one === lastExecution.phase) ?? "pending";
  return (
    <Link
      to="/w/$workspaceId/executions/$executionId"
      params={{ workspaceId, executionId: lastExecution.id }}
      className="above plain"
    >
      <StatusChip look={PHASE_LOOKS[phase]} />{" "}
      <span className="quiet">
        <When at={lastExecution.createdAt} />
      </span>
    </Link>
  );
}
