import type { ReactNode } from "react";

import type { Look } from "../looks/looks.ts";
import { StatusIcon } from "./status-icon.tsx";

interface StatusChipProps {
  readonly look: Look;
  /** Instead of the look's own word. */
  readonly children?: ReactNode;
  readonly bare?: boolean;
}

export function StatusChip({ look, children, bare = false }: StatusChipProps): ReactNode {
  return (
    <span className={bare ? "chip bare" : "chip"} data-tone={look.tone}>
      <StatusIcon name={look.icon} />
      <span>{children ?? look.word}</span>
    </span>
  );
}
