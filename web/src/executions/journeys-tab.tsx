import { Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Execution, Journey } from "#contract/shapes/executions.ts";

import { JOURNEY_STATES, lookOfJourney } from "../looks/looks.ts";
import { Empty } from "../parts/empty.tsx";
import { type Column, ListView } from "../parts/list-view.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { journeysQuery } from "./queries.ts";

const FROM = "/w/$workspaceId/executions/$executionId";

/** Each contact's own way through the plan. */
export function JourneysTab({ execution }: { readonly execution: Execution }): ReactNode {
  const workspaceId = useWorkspaceId();
  const { state } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const list = useInfiniteQuery(journeysQuery(workspaceId, execution.id, state));
  return (
    <>
      <div className="filters">
        <Select
          aria-label="State"
          placeholder="Any state"
          size="xs"
          clearable
          data={JOURNEY_STATES.map((one) => ({ value: one, label: lookOfJourney(one).word }))}
          value={state ?? null}
          onChange={(next) =>
            void navigate({
              search: (old) => ({ ...old, state: next ?? undefined }),
              replace: true,
            })
          }
          data-filter
        />
      </div>
      <ListView
        label="Journeys"
        list={list}
        columns={columnsFor(workspaceId)}
        keyOf={({ lane }) => String(lane)}
        empty={
          <Empty title={state === undefined ? "There are no journeys" : "None is in that state"}>
            A journey begins for each contact, company or deal that a search finds.
          </Empty>
        }
      />
    </>
  );
}

function columnsFor(workspaceId: string): readonly Column<Journey>[] {
  return [
    {
      key: "who",
      head: "Who",
      cell: (journey) => <Who workspaceId={workspaceId} journey={journey} />,
    },
    {
      key: "state",
      head: "State",
      width: "9rem",
      cell: ({ state }) => <StatusChip look={lookOfJourney(state)} />,
    },
    {
      key: "step",
      head: "At step",
      width: "7rem",
      wide: true,
      cell: ({ planStep }) => planStep ?? "–",
    },
    {
      key: "when",
      head: "When",
      width: "10rem",
      wide: true,
      cell: (journey) => <Moment journey={journey} />,
    },
  ];
}

function Who({
  workspaceId,
  journey: { entity, error, lane },
}: {
  readonly workspaceId: string;
  readonly journey: Journey;
}): ReactNode {
  const name = entity?.name ?? `Journey ${lane}`;
  return (
    <>
      {entity?.type === "contact" ? (
        <Link
          to="/w/$workspaceId/contacts/$contactId"
          params={{ workspaceId, contactId: entity.id }}
          className="row-link"
        >
          {name}
        </Link>
      ) : (
        <strong>{name}</strong>
      )}
      {error === null ? null : (
        <div style={{ color: "var(--tone-red)" }}>
          {error.message}
          {error.suggestion === null ? null : <span className="quiet"> {error.suggestion}</span>}
        </div>
      )}
    </>
  );
}

function Moment({ journey: { resumeAt, endedAt } }: { readonly journey: Journey }): ReactNode {
  if (resumeAt !== null)
    return (
      <>
        goes on <When at={resumeAt} />
      </>
    );
  return endedAt === null ? "–" : <When at={endedAt} />;
}
