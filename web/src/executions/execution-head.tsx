import { Alert, Anchor, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution } from "#contract/shapes/executions.ts";

import { lookOf, type Tone } from "../looks/looks.ts";
import { Fact } from "../parts/fact.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { StintBar } from "../parts/stint-bar.tsx";
import { When } from "../parts/when.tsx";
import { useHere } from "../session/workspace.tsx";
import { useNow } from "../time/now.ts";
import { phraseMoment } from "../time/phrases.ts";
import { ExecutionActions } from "./execution-actions.tsx";
import { Duration } from "./execution-columns.tsx";
import { pageOf } from "./page-of.ts";
import {
  isOpen,
  partDone,
  phraseFailed,
  phraseProgress,
  phraseTriggered,
  phraseUntil,
  threeFacts,
  titleOf,
} from "./words.ts";

interface ExecutionProps {
  readonly execution: Execution;
}

/** Why it went this way, at a glance: status, the three facts, how far it is, what it came to. */
export function ExecutionHead({ execution }: ExecutionProps): ReactNode {
  return (
    <Stack gap="sm" mb="lg" className="execution-head">
      <PageHead
        title={titleOf(execution)}
        beside={<Status execution={execution} />}
        actions={<ExecutionActions execution={execution} />}
      >
        <Origin execution={execution} />
      </PageHead>
      {isOpen(execution) ? <ThreeFactsView execution={execution} /> : null}
      <Progress execution={execution} />
      <Reading execution={execution} />
      <Failure execution={execution} />
    </Stack>
  );
}

function Status({ execution }: ExecutionProps): ReactNode {
  const now = useNow();
  const { zone } = useHere().workspace;
  const { until } = threeFacts(execution);
  const look = lookOf(execution);
  if (execution.pausedBy !== null)
    return <StatusChip look={look}>Paused by {execution.pausedBy.name}</StatusChip>;
  if (execution.phase !== "waiting" || until === null) return <StatusChip look={look} />;
  return (
    <StatusChip look={look}>
      {phraseUntil(until, (at) => phraseMoment(at, zone, now), now)}
    </StatusChip>
  );
}

function Origin({ execution }: ExecutionProps): ReactNode {
  const { agent, agentVersion, trigger, createdAt, startedAt, id, canceledBy, canceledAt } =
    execution;
  const workspaceId = useHere().workspace.id;
  return (
    <dl className="meta">
      {agent === null || agent.deleted ? null : (
        <Fact name="Agent">
          <Link to="/w/$workspaceId/agents/$agentId" params={{ workspaceId, agentId: agent.id }}>
            {agent.name}
          </Link>
          {agentVersion === null ? "" : `, version ${agentVersion}`}
        </Fact>
      )}
      <Fact name="Trigger">{phraseTriggered(trigger)}</Fact>
      <Fact name="Started">
        <When at={startedAt ?? createdAt} />
      </Fact>
      <Fact name="Took">
        <Duration item={execution} />
      </Fact>
      {canceledBy === null || canceledAt === null ? null : (
        <Fact name="Canceled">
          by {canceledBy.name}, <When at={canceledAt} />
        </Fact>
      )}
      <Relatives execution={execution} />
      <Fact name="Id">
        <span className="mono">{id}</span>
      </Fact>
    </dl>
  );
}

/** Why another than the chosen one read its instructions. */
function Reading({ execution: { reading } }: ExecutionProps): ReactNode {
  if (reading === null || reading.notice === null) return null;
  return <Alert color="orange">{reading.notice}</Alert>;
}

function Relatives({ execution: { parent, retryOf, retries } }: ExecutionProps): ReactNode {
  return (
    <>
      {parent === null ? null : (
        <Fact name="Part of">
          <ExecutionLink id={parent} />
        </Fact>
      )}
      {retryOf === null ? null : (
        <Fact name="Retry of">
          <ExecutionLink id={retryOf} />
        </Fact>
      )}
      {retries.length === 0 ? null : (
        <Fact name="Retried as">
          {retries.map((id) => (
            <span key={id}>
              <ExecutionLink id={id} />{" "}
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}

function ExecutionLink({ id }: { readonly id: string }): ReactNode {
  const workspaceId = useHere().workspace.id;
  const params = { workspaceId, executionId: id };
  return (
    <Anchor
      renderRoot={(props: object) => <Link {...props} to={pageOf(id)} params={params} />}
      className="mono"
    >
      …{id.slice(-8)}
    </Anchor>
  );
}

function ThreeFactsView({ execution }: ExecutionProps): ReactNode {
  const now = useNow();
  const { zone } = useHere().workspace;
  const { waitsFor, until, who } = threeFacts(execution);
  return (
    <dl className="facts3">
      <div>
        <dt>Waits for</dt>
        <dd>{waitsFor}</dd>
      </div>
      <div>
        <dt>Until</dt>
        <dd>{until === null ? "–" : phraseMoment(Date.parse(until), zone, now)}</dd>
      </div>
      <div>
        <dt>Who must act</dt>
        <dd>{who}</dd>
      </div>
    </dl>
  );
}

const BAR_TONES: Readonly<Partial<Record<Execution["phase"], Tone>>> = {
  active: "blue",
  waiting: "violet",
  succeeded: "green",
  failed: "red",
  canceled: "slate",
};

function Progress({ execution }: ExecutionProps): ReactNode {
  const part = partDone(execution);
  const text = isOpen(execution)
    ? phraseProgress(execution)
    : (execution.summary ?? execution.message);
  const tone = BAR_TONES[execution.phase];
  return (
    <div>
      {part === undefined ? null : (
        <StintBar
          wide
          part={part}
          label="Steps completed"
          {...(tone === undefined ? {} : { tone })}
        />
      )}
      {text === null ? null : (
        <p className="summary" aria-live="polite">
          {text}
        </p>
      )}
    </div>
  );
}

/** In full where no step shows it; else in a line, for the step says the rest. */
function Failure({ execution: { kind, error, steps } }: ExecutionProps): ReactNode {
  if (error === null) return null;
  if (steps.some((step) => step.error !== null)) {
    const at = error.step === null ? "Failed" : `Failed at step ${error.step}`;
    return (
      <p className="summary" style={{ color: "var(--tone-red)" }}>
        {at}: {error.message}
      </p>
    );
  }
  return (
    <ProblemBox
      problem={{
        title: phraseFailed(kind, error),
        detail: error.message,
        ...(error.suggestion === null ? {} : { suggestion: error.suggestion }),
      }}
    />
  );
}
