import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { InvocationItem } from "#contract/shapes/invocations.ts";

import { lookOfInvocation } from "../looks/invocations.ts";
import type { Column } from "../parts/list-view.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";
import { useNow } from "../time/now.ts";
import { phraseMs } from "../time/phrases.ts";
import { Cost } from "./cost.tsx";
import {
  cliName,
  isCommand,
  isSettled,
  phraseCost,
  phraseTokensOf,
  phraseTook,
  titleOf,
  took,
} from "./words.ts";

export function invocationColumns(workspaceId: string): readonly Column<InvocationItem>[] {
  return [
    {
      key: "status",
      head: "Status",
      width: "8.5rem",
      wide: true,
      cell: (item) => <StatusChip look={lookOfInvocation(item)} />,
    },
    {
      key: "what",
      head: "What",
      cell: (item) => <What workspaceId={workspaceId} item={item} />,
    },
    { key: "cli", head: "Agent CLI", width: "9rem", wide: true, cell: ({ cli }) => cliName(cli) },
    {
      key: "started",
      head: "Started",
      width: "7.5rem",
      wide: true,
      cell: (item) => <When at={item.startedAt ?? item.createdAt} />,
    },
    {
      key: "duration",
      head: "Duration",
      width: "7.5rem",
      wide: true,
      align: "right",
      cell: (item) => <Duration item={item} />,
    },
    {
      key: "tokens",
      head: "Tokens",
      width: "9.5rem",
      wide: true,
      align: "right",
      cell: phraseTokensOf,
    },
    {
      key: "cost",
      head: "Cost",
      width: "8rem",
      wide: true,
      align: "right",
      cell: (item) => (isCommand(item) ? "–" : <Cost of={item} />),
    },
  ];
}

interface ItemProps {
  readonly item: InvocationItem;
}

function What({ workspaceId, item }: ItemProps & { readonly workspaceId: string }): ReactNode {
  const { rounds, error, folder, executionIndex } = item;
  return (
    <>
      <div className="only-narrow">
        <StatusChip look={lookOfInvocation(item)} />
      </div>
      <Link
        to="/w/$workspaceId/agent-clis/$executionId"
        params={{ workspaceId, executionId: item.id }}
        className="row-link"
      >
        {titleOf(item)}
      </Link>
      <div className="quiet row-note">
        {error === null ? null : <div style={{ color: "var(--tone-red)" }}>{error.message}</div>}
        <span className="mono">{folder}</span>
        {rounds > 1 ? ` · ${rounds} rounds` : ""}
        {executionIndex === null ? "" : ` · number ${executionIndex} of its work node`}
      </div>
      <div className="quiet only-narrow">
        {cliName(item.cli)} · <When at={item.startedAt ?? item.createdAt} />
        {item.startedAt === null ? null : (
          <>
            {" "}
            · <Duration item={item} />
          </>
        )}
        {isCommand(item) || phraseCost(item, isSettled(item)) === null ? null : (
          <>
            {" "}
            · <Cost of={item} />
          </>
        )}
      </div>
    </>
  );
}

function Duration({ item }: ItemProps): ReactNode {
  const now = useNow();
  const time = took(item, now);
  if (time.durationMs === null) return "–";
  return (
    <Tooltip label={phraseTook(time)}>
      <span className="above nowrap">{phraseMs(time.durationMs)}</span>
    </Tooltip>
  );
}
