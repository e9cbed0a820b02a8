import { IconScissors } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { urlOf } from "#contract/client.ts";
import { ROUTES } from "#contract/routes.ts";

import { useWorkspaceId } from "../session/workspace.tsx";
import type { Cut } from "./entries.ts";
import { phraseBytes } from "./words.ts";

/** What was too long to be sent, and where all of it is. */
export function Cuts({
  cuts,
  of = "output",
}: {
  readonly cuts: readonly Cut[];
  readonly of?: Stream;
}): ReactNode {
  return cuts.map((cut) => <OneCut key={`${cut.round}.${cut.from}`} cut={cut} of={of} />);
}

type Stream = "output" | "errors";

function OneCut({
  cut: { round, bytes, from, to },
  of,
}: {
  readonly cut: Cut;
  readonly of: Stream;
}): ReactNode {
  const workspaceId = useWorkspaceId();
  const { executionId = "" } = useParams({ strict: false });
  const href = urlOf(ROUTES.downloadOutput, {
    params: { workspaceId, executionId, round },
    query: { of, from, to },
  });
  return (
    <p className="notice" data-tone="grey">
      <IconScissors size={14} aria-hidden />
      <span>
        {phraseBytes(bytes)} more of this.{" "}
        <a href={href} download>
          Download the whole line
        </a>
      </span>
    </p>
  );
}
