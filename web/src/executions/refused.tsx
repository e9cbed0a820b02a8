import type { ReactNode } from "react";

import { problemOf } from "../api/problems.ts";
import { ProblemBox } from "../parts/problem-box.tsx";

/** Below a row of buttons: why what one of them asked for was not done. */
export function Refused({ error }: { readonly error: unknown }): ReactNode {
  if (error === null) return null;
  return (
    <div style={{ flexBasis: "100%" }}>
      <ProblemBox problem={problemOf(error)} />
    </div>
  );
}
