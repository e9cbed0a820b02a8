import { Button, Code } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

import { rowsOf } from "../api/lists.ts";
import { rememberList } from "../keys/neighbours.ts";
import { useListKeys } from "../keys/use-list-keys.ts";
import { ActButton } from "../parts/act-button.tsx";
import { Empty } from "../parts/empty.tsx";
import { ListView } from "../parts/list-view.tsx";
import { NewOnes } from "../parts/new-ones.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { usePermission, useWorkspaceId } from "../session/workspace.tsx";
import { invocationColumns } from "./invocation-columns.tsx";
import { InvocationFilters } from "./invocation-filters.tsx";
import { invocationsQuery } from "./queries.ts";
import { COMMAND_LINE } from "./start-values.ts";
import { useFreshInvocations } from "./use-fresh-invocations.ts";

const FROM = "/w/$workspaceId/agent-clis";

export function InvocationsPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const filter = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const options = invocationsQuery(workspaceId, filter);
  const list = useInfiniteQuery(options);
  const rows = rowsOf(list.data);
  const [fresh, showFresh] = useFreshInvocations(options.queryKey, rows, filter);
  useListKeys();
  useEffect(() => rememberList(rows.map(({ id }) => id)), [rows]);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHead title="Agent CLIs" actions={<StartButton />}>
        What coding agents and commands are doing, and what they did
      </PageHead>
      <InvocationFilters
        filter={filter}
        onFilter={(next) => void navigate({ search: next, replace: true })}
      />
      <ListView
        label="Invocations"
        list={list}
        columns={invocationColumns(workspaceId)}
        keyOf={({ id }) => id}
        above={<NewOnes count={fresh.length} onShow={showFresh} />}
        empty={
          isFiltered ? (
            <NothingFound onAll={() => void navigate({ search: {}, replace: true })} />
          ) : (
            <NothingYet />
          )
        }
      />
    </>
  );
}

function StartButton(): ReactNode {
  const workspaceId = useWorkspaceId();
  const navigate = useNavigate();
  return (
    <ActButton
      permission={usePermission("invocations:run")}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() =>
        void navigate({ to: "/w/$workspaceId/agent-clis/new", params: { workspaceId } })
      }
    >
      Start one
    </ActButton>
  );
}

function NothingFound({ onAll }: { readonly onAll: () => void }): ReactNode {
  return (
    <Empty
      title="No invocation matches"
      action={
        <Button variant="default" onClick={onAll}>
          Show all
        </Button>
      }
    >
      Take a filter away.
    </Empty>
  );
}

function NothingYet(): ReactNode {
  return (
    <Empty title="No agent has run here yet" action={<StartButton />}>
      Start Claude Code, Codex, Gemini CLI or any command in a folder of the server's machine, and
      watch what it says, does and costs. Or type it:{" "}
      <Code style={{ overflowWrap: "anywhere" }}>{COMMAND_LINE}</Code>
    </Empty>
  );
}
