import { Anchor, Stack, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Invocation } from "#contract/shapes/invocations.ts";

import { lookOfInvocation } from "../looks/invocations.ts";
import { Fact } from "../parts/fact.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemBox } from "../parts/problem-box.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";
import { useHere } from "../session/workspace.tsx";
import { useNow } from "../time/now.ts";
import { phraseMoment, phraseMs } from "../time/phrases.ts";
import { Cost } from "./cost.tsx";
import { InvocationActions } from "./invocation-actions.tsx";
import {
  cliName,
  isCommand,
  phraseDoing,
  phraseTokensOf,
  phraseTook,
  titleOf,
  took,
  waiting,
} from "./words.ts";

interface InvocationProps {
  readonly invocation: Invocation;
}

/** What it is, how it stands, what it cost and took, what it waits for. */
export function InvocationHead({ invocation }: InvocationProps): ReactNode {
  const { error, roundList } = invocation;
  const isToldBelow = roundList.length > 0;
  return (
    <Stack gap="sm" mb="md" className="execution-head">
      <PageHead
        title={titleOf(invocation)}
        beside={<StatusChip look={lookOfInvocation(invocation)} />}
        actions={<InvocationActions invocation={invocation} />}
      >
        <Figures invocation={invocation} />
      </PageHead>
      <Waiting invocation={invocation} />
      {error === null || isToldBelow ? null : (
        <ProblemBox
          problem={{
            title: "It could not run",
            detail: error.message,
            ...(error.suggestion === null ? {} : { suggestion: error.suggestion }),
          }}
        />
      )}
    </Stack>
  );
}

function Figures({ invocation }: InvocationProps): ReactNode {
  const { cli, folder, model, startedAt, createdAt, id, trigger } = invocation;
  const now = useNow();
  const isPlain = isCommand(invocation);
  return (
    <dl className="meta">
      <Fact name="Agent CLI">
        {cliName(cli)}
        {model === null ? "" : `, ${model}`}
      </Fact>
      <Fact name="Folder">
        <span className="mono">{folder}</span>
      </Fact>
      <Node invocation={invocation} />
      <Fact name={startedAt === null ? "Created" : "Started"}>
        <When at={startedAt ?? createdAt} /> by {trigger.by.name}
      </Fact>
      <Fact name="Took">{phraseTook(took(invocation, now))}</Fact>
      {isPlain ? null : (
        <>
          <Fact name="Cost">
            <Cost of={invocation} />
          </Fact>
          <Fact name="Tokens">{phraseTokensOf(invocation)}</Fact>
        </>
      )}
      <Fact name="Id">
        <ExecutionLink id={id} />
      </Fact>
    </dl>
  );
}

/** All invocations of the work node that it is for. */
function Node({ invocation: { nodeId, executionIndex } }: InvocationProps): ReactNode {
  const workspaceId = useHere().workspace.id;
  if (nodeId === null) return null;
  return (
    <Fact name="Work node">
      <Link to="/w/$workspaceId/agent-clis" params={{ workspaceId }} search={{ node: nodeId }}>
        …{nodeId.slice(-8)}
      </Link>
      {executionIndex === null ? "" : `, number ${executionIndex}`}
    </Fact>
  );
}

function ExecutionLink({ id }: { readonly id: string }): ReactNode {
  const workspaceId = useHere().workspace.id;
  const params = { workspaceId, executionId: id };
  return (
    <Tooltip label="All facts of it, in the order in which they happened">
      <Anchor
        renderRoot={(props: object) => (
          <Link
            {...props}
            to="/w/$workspaceId/executions/$executionId"
            params={params}
            search={{ tab: "facts" }}
          />
        )}
        className="mono"
      >
        {id}
      </Anchor>
    </Tooltip>
  );
}

/** What its process does, and the three facts. */
function Waiting({ invocation }: InvocationProps): ReactNode {
  const now = useNow();
  const { zone } = useHere().workspace;
  const facts = waiting(invocation);
  if (facts === null) return null;
  const { process } = invocation;
  return (
    <dl className="facts3">
      <div>
        <dt>Does</dt>
        <dd>
          <span aria-live="polite">
            {process === null ? "Not started yet" : phraseDoing(process)}
          </span>
          {process === null ? null : (
            <span className="quiet since"> for {phraseMs(now - Date.parse(process.since))}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>Waits for</dt>
        <dd>{facts.waitsFor}</dd>
      </div>
      <div>
        <dt>{facts.until === null ? "Who must act" : "Is ended by its limit"}</dt>
        <dd>
          {facts.until === null ? facts.who : phraseMoment(Date.parse(facts.until), zone, now)}
        </dd>
      </div>
    </dl>
  );
}
