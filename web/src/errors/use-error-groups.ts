import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import type { ErrorGroup } from "#contract/shapes/error-groups.ts";

import { type ListResult, rowsOf } from "../api/lists.ts";
import { useLiveMessages } from "../live/live-provider.tsx";
import { throttle } from "../live/throttle.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import type { ErrorFilter } from "./filter.ts";
import { arrange, type Arranged } from "./order.ts";
import { errorsQuery } from "./queries.ts";

interface Known {
  /** Of which list; another filter begins anew. */
  readonly list: string;
  readonly ids: readonly string[];
}

export interface ErrorGroups extends Arranged<ErrorGroup> {
  readonly list: ListResult<ErrorGroup>;
  /** Puts what came up meanwhile where it belongs. */
  readonly showFresh: () => void;
}

const AGAIN_MS = 1000;

/** Counts change in place as executions fail. */
export function useErrorGroups(filter: ErrorFilter): ErrorGroups {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const options = errorsQuery(workspaceId, filter);
  const list = useInfiniteQuery(options);
  const items = rowsOf(list.data);
  const key = JSON.stringify(options.queryKey);
  const [known, setKnown] = useState<Known>();
  const isKnown = known?.list === key;
  const ids = (): readonly string[] => items.map(({ id }) => id);
  const arranged = arrange(items, isKnown ? known.ids : undefined);
  // Where nothing is shown, nothing is moved by what comes.
  const isBare = arranged.rows.length === 0 && arranged.fresh.length > 0;
  if ((!isKnown || isBare) && list.isSuccess && !list.isFetching)
    setKnown({ list: key, ids: ids() });
  const reread = useMemo(
    () =>
      throttle(() => {
        void client.invalidateQueries(
          { queryKey: ["errors", workspaceId] },
          { cancelRefetch: false },
        );
      }, AGAIN_MS),
    [client, workspaceId],
  );
  useEffect(() => reread.stop, [reread]);
  useLiveMessages((message) => {
    if (message.type === "execution.changed" && message.execution.phase === "failed") reread.call();
  });
  return {
    list,
    ...arranged,
    showFresh: () => setKnown({ list: key, ids: ids() }),
  };
}
