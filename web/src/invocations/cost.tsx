import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

import type { InvocationItem } from "#contract/shapes/invocations.ts";

import { isSettled, phraseCost } from "./words.ts";

/** Money as it is known; what is not known, or nobody is charged, is said. */
export function Cost({ of }: { readonly of: InvocationItem }): ReactNode {
  const money = phraseCost(of, isSettled(of));
  if (money === null) return "–";
  if (money.note === null) return <span className="nowrap">{money.text}</span>;
  return (
    <Tooltip label={money.note}>
      <span className="above noted">{money.text}</span>
    </Tooltip>
  );
}
