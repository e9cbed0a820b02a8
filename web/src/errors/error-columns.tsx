import { Group, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { ErrorGroup } from "#contract/shapes/error-groups.ts";

import { ActButton } from "../parts/act-button.tsx";
import { Bars } from "../parts/bars.tsx";
import type { Column } from "../parts/list-view.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { When } from "../parts/when.tsx";
import { usePermission } from "../session/workspace.tsx";
import type { ErrorActs } from "./use-error-acts.ts";
import {
  ACT_WORDS,
  ACTS_OF,
  ERROR_LOOKS,
  phraseCount,
  phraseCourse,
  phraseWhere,
  SEEN_AGAIN,
} from "./words.ts";

export function errorColumns(workspaceId: string, acts: ErrorActs): readonly Column<ErrorGroup>[] {
  return [
    {
      key: "error",
      head: "Error",
      cell: (group) => <What workspaceId={workspaceId} group={group} acts={acts} />,
    },
    { key: "where", head: "Where", width: "13rem", wide: true, cell: phraseWhere },
    {
      key: "course",
      head: "Over time",
      width: "8rem",
      wide: true,
      cell: (group) => <Course group={group} />,
    },
    {
      key: "count",
      head: "Count",
      width: "4.5rem",
      wide: true,
      align: "right",
      cell: ({ count }) => count.toLocaleString("en-US"),
    },
    {
      key: "first",
      head: "First seen",
      width: "7rem",
      wide: true,
      cell: ({ firstSeen }) => <When at={firstSeen} />,
    },
    {
      key: "last",
      head: "Last seen",
      width: "7rem",
      wide: true,
      cell: ({ lastSeen }) => <When at={lastSeen} />,
    },
    {
      key: "acts",
      head: "What to do",
      width: "11rem",
      wide: true,
      align: "right",
      cell: (group) => <Acts group={group} acts={acts} />,
    },
  ];
}

interface GroupProps {
  readonly group: ErrorGroup;
}
interface ActsProps extends GroupProps {
  readonly acts: ErrorActs;
}

function What({
  workspaceId,
  group,
  acts,
}: ActsProps & { readonly workspaceId: string }): ReactNode {
  const { id, message, code, seenAgain, count, lastSeen } = group;
  return (
    <>
      <Link
        to="/w/$workspaceId/executions"
        params={{ workspaceId }}
        search={{ error: id }}
        className="row-link clamped"
        data-error={id}
        title={message}
      >
        {message}
      </Link>
      <div className="quiet row-note">
        {seenAgain ? (
          <>
            <StatusChip bare look={SEEN_AGAIN} /> ·{" "}
          </>
        ) : null}
        <Said group={group} />
        <span className="mono">{code}</span>
      </div>
      <div className="quiet only-narrow row-note">
        {phraseWhere(group)} · {phraseCount(count)} · <When at={lastSeen} />
      </div>
      <div className="only-narrow">
        <Acts group={group} acts={acts} />
      </div>
    </>
  );
}

function Said({ group: { mark, seenAgain } }: GroupProps): ReactNode {
  if (mark === null) return null;
  const { state, by } = mark;
  return (
    <>
      {seenAgain ? `since ${by.name} resolved it` : `${ERROR_LOOKS[state].word} by ${by.name}`}{" "}
      <When at={mark.at} /> ·{" "}
    </>
  );
}

function Course({ group }: GroupProps): ReactNode {
  const label = phraseCourse(group);
  return (
    <Tooltip label={label}>
      <span className="above">
        <Bars counts={group.counts} label={label} />
      </span>
    </Tooltip>
  );
}

function Acts({ group, acts }: ActsProps): ReactNode {
  const permission = usePermission("executions:act");
  return (
    <Group gap={6} justify="flex-end" className="above acts" wrap="nowrap">
      {ACTS_OF[group.state].map((act) => (
        <ActButton
          key={act}
          size="compact-xs"
          variant="default"
          permission={permission}
          disabled={acts.isBusy(group.id)}
          aria-label={`${ACT_WORDS[act].does}: ${group.message}`}
          onClick={() => acts.act({ act, group })}
        >
          {ACT_WORDS[act].does}
        </ActButton>
      ))}
    </Group>
  );
}
