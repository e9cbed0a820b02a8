import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";

import type { Agent } from "#contract/shapes/agents.ts";
import type { ExecutionItem } from "#contract/shapes/executions.ts";

import { type Pages, rowsOf } from "../api/lists.ts";
import { rememberList } from "../keys/neighbours.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { addRows } from "../live/changes.ts";
import { useLiveMessages } from "../live/live-provider.tsx";
import { Empty } from "../parts/empty.tsx";
import { ListView } from "../parts/list-view.tsx";
import { NewOnes } from "../parts/new-ones.tsx";
import { useHere } from "../session/workspace.tsx";
import { startOfDayIn } from "../time/days.ts";
import { phraseMs } from "../time/phrases.ts";
import { columnsFor } from "./execution-columns.tsx";
import { ExecutionFilters } from "./execution-filters.tsx";
import { belongs, type ExecutionFilter, queryOf } from "./filter.ts";
import { receive } from "./fresh.ts";
import { executionsQuery } from "./queries.ts";

interface ExecutionListProps {
  readonly filter: ExecutionFilter;
  readonly onFilter: (filter: ExecutionFilter) => void;
  /** Only this agent's. */
  readonly agent?: Agent;
}

/** Executions, newest first: rows change in place, new ones gather until they are asked for. */
export function ExecutionList({ filter, onFilter, agent }: ExecutionListProps): ReactNode {
  const { workspace } = useHere();
  const query = useMemo(
    () => queryOf(filter, (day, later) => startOfDayIn(workspace.zone, day, later)),
    [filter, workspace.zone],
  );
  const options = executionsQuery(workspace.id, query, agent?.id);
  const list = useInfiniteQuery(options);
  const rows = rowsOf(list.data);
  const [fresh, showFresh] = useFresh(
    options.queryKey,
    rows,
    agent === undefined ? filter : { ...filter, agent: agent.id },
  );
  useListKeys();
  useEffect(() => rememberList(rows.map(({ id }) => id)), [rows]);
  const isFiltered = Object.keys(query).length > 0;
  return (
    <>
      <ExecutionFilters filter={filter} onFilter={onFilter} hasAgents={agent === undefined} />
      <ListView
        label="Executions"
        list={list}
        columns={columnsFor(workspace.id, agent === undefined)}
        keyOf={({ id }) => id}
        above={<NewOnes count={fresh.length} onShow={showFresh} />}
        below={<HowFar list={list.data?.pages.at(-1)} />}
        empty={
          isFiltered ? (
            <NothingFound onAll={() => onFilter({})} />
          ) : (
            <NothingYet workspaceId={workspace.id} />
          )
        }
      />
    </>
  );
}

type Fresh = readonly ExecutionItem[];

interface Gathered {
  /** Of which list; another filter begins anew. */
  readonly list: string;
  readonly fresh: Fresh;
}

/** Those that began since the list was read, and what puts them on top of it. */
function useFresh(
  queryKey: readonly unknown[],
  rows: readonly ExecutionItem[],
  filter: ExecutionFilter,
): readonly [Fresh, () => void] {
  const client = useQueryClient();
  const list = JSON.stringify(queryKey);
  const [gathered, setGathered] = useState<Gathered>({ list, fresh: [] });
  const fresh = gathered.list === list ? gathered.fresh : [];
  useLiveMessages((message) => {
    if (message.type === "reset") setGathered({ list, fresh: [] });
    if (message.type !== "execution.changed") return;
    const item = message.execution;
    const fits = belongs(item, filter);
    setGathered((known) => ({
      list,
      fresh: receive(known.list === list ? known.fresh : [], item, { rows, belongs: fits }),
    }));
  });
  const known = new Set(rows.map(({ id }) => id));
  const unseen = fresh.filter(({ id }) => !known.has(id));
  const show = (): void => {
    client.setQueryData<Pages<ExecutionItem>>(queryKey, (data) => addRows(data, unseen));
    setGathered({ list, fresh: [] });
  };
  return [unseen, show];
}

interface Limits {
  readonly lookedBackTo?: string | null;
  readonly searchLagMs?: number;
}

/** A lag below this is nothing that anybody would notice. */
const NOTICED_MS = 2000;

function HowFar({ list }: { readonly list: object | undefined }): ReactNode {
  const { lookedBackTo = null, searchLagMs = 0 } = (list ?? {}) as Limits;
  const isLate = searchLagMs >= NOTICED_MS;
  if (lookedBackTo === null && !isLate) return null;
  return (
    <p className="quiet" style={{ padding: "0 12px" }}>
      {lookedBackTo === null
        ? null
        : `Looked back to ${lookedBackTo.slice(0, 10)}. “Load more” looks further. `}
      {isLate ? `What happened in the last ${phraseMs(searchLagMs)} is not searched yet.` : null}
    </p>
  );
}

function NothingFound({ onAll }: { readonly onAll: () => void }): ReactNode {
  return (
    <Empty
      title="No execution matches"
      action={
        <Button variant="default" onClick={onAll}>
          Show all executions
        </Button>
      }
    >
      Take a filter away, or look at a longer time.
    </Empty>
  );
}

function NothingYet({ workspaceId }: { readonly workspaceId: string }): ReactNode {
  const agents = (
    <Button
      renderRoot={(props: object) => (
        <Link {...props} to="/w/$workspaceId/agents" params={{ workspaceId }} />
      )}
    >
      Choose an agent to run
    </Button>
  );
  return (
    <Empty title="Nothing has run yet" action={agents}>
      Open an agent and press Run Now: the execution appears here at once and can be watched step by
      step.
    </Empty>
  );
}
