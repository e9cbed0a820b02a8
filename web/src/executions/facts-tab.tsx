import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Execution, Fact } from "#contract/shapes/executions.ts";

import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { useHere } from "../session/workspace.tsx";
import { phraseExact } from "../time/phrases.ts";
import { factsQuery } from "./queries.ts";

/** Everything that happened, oldest first, as the ledger holds it. */
export function FactsTab({ execution }: { readonly execution: Execution }): ReactNode {
  const { workspace } = useHere();
  const list = useInfiniteQuery(factsQuery(workspace.id, execution.id));
  return (
    <ListView
      label="Facts"
      list={list}
      columns={columnsFor(workspace.zone)}
      keyOf={({ position, lane, version }) => `${position} ${lane} ${version}`}
      empty={
        <Empty title="No facts">
          They may have been pruned: ended executions are kept for as long as the workspace's tier
          says.
        </Empty>
      }
    />
  );
}

function columnsFor(zone: string): readonly Column<Fact>[] {
  return [
    {
      key: "at",
      head: "Time",
      width: "10rem",
      wide: true,
      cell: ({ at }) => <TimeOfDay at={at} zone={zone} />,
    },
    {
      key: "type",
      head: "Fact",
      width: "9rem",
      cell: ({ type }) => <strong className="nowrap">{type}</strong>,
    },
    {
      key: "lane",
      head: "Journey",
      width: "5rem",
      wide: true,
      align: "right",
      cell: ({ lane }) => (lane === 0 ? "–" : lane),
    },
    {
      key: "data",
      head: "Data",
      cell: ({ data }) => <code className="mono pre">{factText(data)}</code>,
    },
  ];
}

function TimeOfDay({ at, zone }: { readonly at: string; readonly zone: string }): ReactNode {
  const time = Date.parse(at);
  const text = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  }).format(time);
  return (
    <time dateTime={at} title={phraseExact(time, zone)} className="mono">
      {text}
    </time>
  );
}

const LONGEST = 600;

function factText(data: unknown): string {
  const { t: _type, ...rest } = (data ?? {}) as Record<string, unknown>;
  const text = JSON.stringify(rest) ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
