import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

import { useHere } from "../session/workspace.tsx";
import { useNow } from "../time/now.ts";
import { phraseExact, phraseWhen } from "../time/phrases.ts";

/** "3 min ago", with the exact time in the workspace's zone on hover and focus. */
export function When({ at }: { readonly at: string }): ReactNode {
  const now = useNow();
  const { zone } = useHere().workspace;
  const time = Date.parse(at);
  return (
    <Tooltip label={phraseExact(time, zone)}>
      <time dateTime={at} className="above nowrap">
        {phraseWhen(time, now)}
      </time>
    </Tooltip>
  );
}
