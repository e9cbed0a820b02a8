import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";

import type { Invocation, InvocationItem } from "#contract/shapes/invocations.ts";

import { api } from "../api/api.ts";
import type { Pages } from "../api/lists.ts";
import { receive } from "../executions/fresh.ts";
import { addRows, replaceRow } from "../live/changes.ts";
import { useLiveMessages } from "../live/live-provider.tsx";
import { throttle } from "../live/throttle.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import { fits, type InvocationFilter } from "./filter.ts";

interface Gathered {
  /** Of which list; another filter begins anew. */
  readonly list: string;
  readonly fresh: readonly InvocationItem[];
}

/** Rows change in place while the list is shown; those that begin meanwhile are gathered, and put on top of it when asked for. */
export function useFreshInvocations(
  queryKey: readonly unknown[],
  rows: readonly InvocationItem[],
  filter: InvocationFilter,
): readonly [readonly InvocationItem[], () => void] {
  const client = useQueryClient();
  const list = JSON.stringify(queryKey);
  const [gathered, setGathered] = useState<Gathered>({ list, fresh: [] });
  const fresh = gathered.list === list ? gathered.fresh : [];
  const hear = useReadAgain((item) => {
    setGathered((known) => {
      const before = known.list === list ? known.fresh : [];
      return { list, fresh: receive(before, item, { rows, belongs: fits(item, filter) }) };
    });
  });
  useLiveMessages((message) => {
    if (message.type === "reset") setGathered({ list, fresh: [] });
    if (message.type === "execution.changed" && message.execution.kind === "invocation")
      hear(message.execution.id);
  });
  const known = new Set(rows.map(({ id }) => id));
  const unseen = fresh.filter(({ id }) => !known.has(id));
  const show = (): void => {
    client.setQueryData<Pages<InvocationItem>>(queryKey, (data) => addRows(data, unseen));
    setGathered({ list, fresh: [] });
  };
  return [unseen, show];
}

const AGAIN_MS = 1000;

/** Reads whatever has changed again, about once a second, and changes its row in every list. */
function useReadAgain(onRead: (item: InvocationItem) => void): (executionId: string) => void {
  const workspaceId = useWorkspaceId();
  const client = useQueryClient();
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  const { changed, reread } = useMemo(() => {
    const ids = new Set<string>();
    const take = (item: Invocation): void => {
      client.setQueriesData<Pages<InvocationItem>>(
        { queryKey: ["invocations", workspaceId] },
        (data) => replaceRow(data, item.id, () => item),
      );
      latest.current(item);
    };
    const readAll = throttle(() => {
      for (const executionId of ids) {
        api
          .getInvocation({ params: { workspaceId, executionId } })
          // What cannot be read now is told again by its next change, or by the list.
          .then(take, () => {});
      }
      ids.clear();
    }, AGAIN_MS);
    return { changed: ids, reread: readAll };
  }, [client, workspaceId]);
  useEffect(() => reread.stop, [reread]);
  return (executionId) => {
    changed.add(executionId);
    reread.call();
  };
}
