import { Accordion, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution, ExecutionStep } from "#contract/shapes/executions.ts";

import { STEP_LOOKS } from "../looks/looks.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { StintBar } from "../parts/stint-bar.tsx";
import { When } from "../parts/when.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { phraseMs } from "../time/phrases.ts";
import { StepParams, StepPart, StepResult } from "./step-result.tsx";
import { branchOf, depthOf, partOf, phraseStepProgress, wordsOf } from "./steps.ts";

interface StepItemProps {
  readonly step: ExecutionStep;
  readonly execution: Execution;
}

export function StepItem({ step, execution }: StepItemProps): ReactNode {
  const look = STEP_LOOKS[step.status];
  return (
    <Accordion.Item
      value={step.path}
      className="step"
      data-tone={look.tone}
      data-status={step.status}
      style={{ marginLeft: depthOf(step.path) * 20 }}
    >
      <Accordion.Control>
        <StepHead step={step} />
      </Accordion.Control>
      <Accordion.Panel>
        <StepBody step={step} execution={execution} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function StepHead({ step }: { readonly step: ExecutionStep }): ReactNode {
  const look = STEP_LOOKS[step.status];
  const part = partOf(step);
  const progress = phraseStepProgress(step);
  return (
    <div className="step-head">
      <span className="plan-number">{step.path.split(".").at(-1)}</span>
      <span className="step-label">
        <span className="quiet">{branchOf(step.path)}</span>
        {step.label}
      </span>
      <span className="step-progress quiet">
        {part === undefined ? null : (
          <StintBar part={part} tone={look.tone} label={`Progress of step ${step.path}`} />
        )}
        {progress}
      </span>
      <span className="quiet nowrap step-time">
        {step.durationMs === null ? "" : phraseMs(step.durationMs)}
      </span>
      <StatusChip look={look} />
    </div>
  );
}

function StepBody({ step, execution }: StepItemProps): ReactNode {
  const words = wordsOf(execution, step);
  return (
    <div className="step-body">
      <StepProblem step={step} execution={execution} />
      {step.warnings.map(({ message, count }) => (
        <ProblemBox
          key={message}
          tone="orange"
          problem={{ title: count === 1 ? "Warning" : `Warning (${count} times)`, detail: message }}
        />
      ))}
      {words === null ? null : (
        <StepPart name="From the words">
          <q className="clause">{words}</q>
        </StepPart>
      )}
      <StepParams step={step} />
      <StepResult step={step} />
      {step.startedAt === null ? null : (
        <StepPart name="Time">
          began <When at={step.startedAt} />
          {step.completedAt === null ? (
            ""
          ) : (
            <>
              , ended <When at={step.completedAt} />
            </>
          )}
        </StepPart>
      )}
      {step.status === "notExecuted" ? (
        <p className="quiet">It was not executed: the execution ended before it.</p>
      ) : null}
    </div>
  );
}

function StepProblem({ step, execution }: StepItemProps): ReactNode {
  const workspaceId = useWorkspaceId();
  if (step.error === null) return null;
  const { message, suggestion } = step.error;
  const agent = execution.agent;
  const edit =
    agent === null || agent.deleted ? undefined : (
      <Button
        size="xs"
        variant="default"
        renderRoot={(props: object) => (
          <Link
            {...props}
            to="/w/$workspaceId/agents/$agentId"
            params={{ workspaceId, agentId: agent.id }}
          />
        )}
      >
        Open the agent's instructions
      </Button>
    );
  return (
    <ProblemBox
      problem={{
        title: `Step ${step.path} failed`,
        detail: message,
        ...(suggestion === null ? {} : { suggestion }),
      }}
      action={edit}
    />
  );
}
