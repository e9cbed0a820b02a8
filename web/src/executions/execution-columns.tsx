import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { ExecutionItem } from "#contract/shapes/executions.ts";

import { lookOf } from "../looks/looks.ts";
import type { Column } from "../parts/list-view.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { StintBar } from "../parts/stint-bar.tsx";
import { When } from "../parts/when.tsx";
import { useNow } from "../time/now.ts";
import { spent } from "../time/spent.ts";
import { pageOf } from "./page-of.ts";
import {
  partDone,
  phraseParts,
  phraseProgress,
  phraseSpent,
  phraseTriggered,
  titleOf,
} from "./words.ts";

export function columnsFor(
  workspaceId: string,
  hasAgents: boolean,
): readonly Column<ExecutionItem>[] {
  return [
    {
      key: "status",
      head: "Status",
      width: "11.5rem",
      wide: true,
      cell: (item) => <StatusChip look={lookOf(item)} />,
    },
    {
      key: "what",
      head: hasAgents ? "What" : "Execution",
      cell: (item) => <What workspaceId={workspaceId} item={item} hasAgents={hasAgents} />,
    },
    {
      key: "trigger",
      head: "Trigger",
      width: "14rem",
      wide: true,
      cell: ({ trigger }) => phraseTriggered(trigger),
    },
    {
      key: "started",
      head: "Started",
      width: "8rem",
      wide: true,
      cell: (item) => <When at={item.startedAt ?? item.createdAt} />,
    },
    {
      key: "duration",
      head: "Duration",
      width: "11rem",
      wide: true,
      align: "right",
      cell: (item) => <Duration item={item} />,
    },
  ];
}

interface WhatProps {
  readonly workspaceId: string;
  readonly item: ExecutionItem;
  readonly hasAgents: boolean;
}

function What({ workspaceId, item, hasAgents }: WhatProps): ReactNode {
  const { id } = item;
  return (
    <>
      <div className="only-narrow">
        <StatusChip look={lookOf(item)} />
      </div>
      <Link
        to={pageOf(id)}
        params={{ workspaceId, executionId: id }}
        className={hasAgents ? "row-link" : "row-link mono"}
      >
        {hasAgents ? titleOf(item) : shortId(id)}
      </Link>
      <div className="quiet row-note">
        <Outcome item={item} />
      </div>
      <div className="quiet only-narrow">
        <When at={item.startedAt ?? item.createdAt} /> · <Duration item={item} />
      </div>
    </>
  );
}

/** The last letters tell ids apart: the first ones are the time. */
const shortId = (id: string): string => `${id.slice(0, 4)}…${id.slice(-8)}`;

function Outcome({ item }: { readonly item: ExecutionItem }): ReactNode {
  if (item.error !== null)
    return <span style={{ color: "var(--tone-red)" }}>{item.error.message}</span>;
  const progress = phraseProgress(item);
  const part = partDone(item);
  if (item.phase === "active") {
    return (
      <>
        {part === undefined ? null : <StintBar part={part} label="Progress" tone="blue" />}{" "}
        {progress}
      </>
    );
  }
  return item.summary ?? progress ?? "";
}

export function Duration({ item }: { readonly item: ExecutionItem }): ReactNode {
  const now = useNow();
  const parts = spent(item, now);
  return (
    <Tooltip label={phraseParts(parts)}>
      <span className="above nowrap">{phraseSpent(parts)}</span>
    </Tooltip>
  );
}
