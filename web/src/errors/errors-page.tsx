import { Button, SegmentedControl } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { ERROR_STATES, type ErrorState } from "#contract/shapes/error-groups.ts";
import { DATE_RANGES } from "#contract/shapes/executions.ts";

import { RANGE_WORDS } from "../executions/filter.ts";
import { Refused } from "../executions/refused.tsx";
import { useListKeys } from "../keys/use-list-keys.ts";
import { Empty } from "../parts/empty.tsx";
import { ListView } from "../parts/list-view.tsx";
import { NewOnes } from "../parts/new-ones.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { errorColumns } from "./error-columns.tsx";
import { type ErrorFilter, filterOf, shownBy } from "./filter.ts";
import { type ErrorActs, useErrorActs } from "./use-error-acts.ts";
import { type ErrorGroups, useErrorGroups } from "./use-error-groups.ts";
import { ACT_WORDS, ERROR_LOOKS, undoing } from "./words.ts";

const FROM = "/w/$workspaceId/errors";

export function ErrorsPage(): ReactNode {
  const workspaceId = useWorkspaceId();
  const filter = useSearch({ from: FROM });
  const groups = useErrorGroups(filter);
  const acts = useErrorActs(groups.rows);
  useListKeys();
  const { totals, lookedBackTo = null } = answerOf(groups);
  return (
    <>
      <PageHead title="Errors">What fails, how often, and whether it is over</PageHead>
      <div className="filters">
        <Filters filter={filter} totals={totals} />
        <Done acts={acts} />
        <Refused error={acts.error} />
      </div>
      <ListView
        label="Errors"
        list={groups.list}
        rows={groups.rows}
        columns={errorColumns(workspaceId, acts)}
        keyOf={({ id }) => id}
        above={<NewOnes count={groups.fresh.length} onShow={groups.showFresh} />}
        below={
          lookedBackTo === null ? null : (
            <p className="quiet" style={{ padding: "0 12px" }}>
              So much has failed that nothing before {lookedBackTo.slice(0, 10)} was looked at.
            </p>
          )
        }
        empty={<Nothing filter={filter} totals={totals} />}
      />
    </>
  );
}

type Totals = Readonly<Record<ErrorState, number>>;
interface Answer {
  readonly totals?: Totals;
  readonly lookedBackTo?: string | null;
}

/** What is told beside the groups. */
const answerOf = ({ list }: ErrorGroups): Answer => (list.data?.pages[0] ?? {}) as Answer;

interface FilterProps {
  readonly filter: ErrorFilter;
  /** Undefined while it is not known. */
  readonly totals: Totals | undefined;
}

function Filters({ filter, totals }: FilterProps): ReactNode {
  const navigate = useNavigate({ from: FROM });
  const { state, dateRange } = shownBy(filter);
  return (
    <>
      <SegmentedControl
        aria-label="State"
        size="xs"
        data={ERROR_STATES.map((value) => ({
          value,
          label: `${ERROR_LOOKS[value].word}${totals === undefined ? "" : ` ${totals[value]}`}`,
        }))}
        value={state}
        onChange={(next) => void navigate({ search: filterOf(next, dateRange) })}
      />
      <SegmentedControl
        aria-label="Time"
        size="xs"
        data={DATE_RANGES.map((value) => ({ value, label: RANGE_WORDS[value] }))}
        value={dateRange}
        onChange={(next) => void navigate({ search: filterOf(state, next) })}
      />
    </>
  );
}

/** What was done last, and what takes it back. */
function Done({ acts: { asked, isDone, act } }: { readonly acts: ErrorActs }): ReactNode {
  return (
    <output className="done" hidden={!isDone}>
      {asked === undefined || !isDone ? null : (
        <>
          <span className="clamped">
            {ACT_WORDS[asked.act].did}: {asked.group.message}
          </span>
          <Button size="compact-xs" variant="subtle" onClick={() => act(undoing(asked))}>
            Undo
          </Button>
        </>
      )}
    </output>
  );
}

function Nothing({ filter, totals }: FilterProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const { state, dateRange } = shownBy(filter);
  const when = RANGE_WORDS[dateRange].toLowerCase();
  if (state === "resolved")
    return (
      <Empty title="No error is resolved">
        Resolve one once its cause is gone. If it fails again, it is open again by itself.
      </Empty>
    );
  if (state === "muted")
    return (
      <Empty title="No error is muted">
        What is muted stays away from the open ones, however often it fails.
      </Empty>
    );
  const others = (totals?.resolved ?? 0) + (totals?.muted ?? 0);
  return (
    <Empty
      title={others === 0 ? "Nothing has failed" : "No error is open"}
      action={
        <Button
          variant="default"
          renderRoot={(props: object) => (
            <Link {...props} to="/w/$workspaceId/executions" params={{ workspaceId }} />
          )}
        >
          Look at executions
        </Button>
      }
    >
      {others === 0
        ? `No execution of the ${when} has failed. What fails is gathered here by its cause.`
        : `All that failed in the ${when} is resolved or muted.`}
    </Empty>
  );
}
