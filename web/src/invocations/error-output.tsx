import { Skeleton } from "@mantine/core";
import { IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { Cuts } from "./cuts-view.tsx";
import { Fold } from "./fold-view.tsx";
import { entriesOf } from "./fold.ts";
import { LongText } from "./long-text.tsx";
import { errorOutputQuery } from "./queries.ts";
import { stretchOf } from "./stretch.ts";

interface ErrorOutputProps {
  readonly executionId: string;
  readonly round: number;
  readonly isAllOpen: boolean;
  /** It failed, so this may say why. */
  readonly isOpenAtFirst: boolean;
}

/** What a round wrote to its error stream last, read when it is opened. */
export function ErrorOutput({ executionId, round, ...open }: ErrorOutputProps): ReactNode {
  return (
    <Fold
      name={`errors ${round}`}
      {...open}
      head={
        <>
          <IconTerminal2 size={14} aria-hidden />
          <strong>Error output</strong>
        </>
      }
    >
      <LastErrors executionId={executionId} round={round} />
    </Fold>
  );
}

function LastErrors({
  executionId,
  round,
}: Pick<ErrorOutputProps, "executionId" | "round">): ReactNode {
  const errors = useQuery(errorOutputQuery(useWorkspaceId(), executionId, round));
  if (errors.isError) return <ProblemBox problem={problemOf(errors.error)} />;
  if (errors.data === undefined) return <Skeleton height={14} width="60%" />;
  const { placed } = stretchOf(round, errors.data);
  if (placed.length === 0) return <span className="quiet">None.</span>;
  return (
    <>
      {errors.data.from > 0 ? (
        <p className="quiet">The end of it; all is in the raw output.</p>
      ) : null}
      {entriesOf(placed, true).map((entry) => (
        <div key={entry.key} className="lines">
          {"text" in entry ? <LongText text={entry.text} /> : null}
          {"cuts" in entry ? <Cuts cuts={entry.cuts} of="errors" /> : null}
        </div>
      ))}
    </>
  );
}
