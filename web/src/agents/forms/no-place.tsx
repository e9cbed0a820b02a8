import type { ReactNode } from "react";

import { problemOf } from "../../api/problems.ts";
import { ProblemBox } from "../../parts/problem-box.tsx";
import { NoPlace } from "./use-rewriting.ts";

interface NoPlaceBoxProps {
  readonly error: Error;
  readonly action?: ReactNode;
}

/** What was entered is kept, and said in words: only the place in the text is not known. */
export function NoPlaceBox({ error, action }: NoPlaceBoxProps): ReactNode {
  if (!(error instanceof NoPlace)) return <ProblemBox problem={problemOf(error)} action={action} />;
  const problem = {
    title: "The words cannot be found back",
    detail:
      "They say this step together with others, so changing them here would change more than this step. Nothing was changed.",
    suggestion:
      error.words === "" ? "Change them in the text." : `Write it into the text: ${error.words}`,
  };
  return <ProblemBox tone="orange" problem={problem} action={action} />;
}
