import { queryOptions } from "@tanstack/react-query";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";

const pageOf = (cursor: string | undefined) => ({
  limit: 50,
  ...(cursor === undefined ? {} : { cursor }),
});

export const templatesQuery = (workspaceId: string) =>
  listOptions(["templates", workspaceId], (cursor, signal) =>
    api.listTemplates({ params: { workspaceId }, query: pageOf(cursor) }, { signal }),
  );

export const outboxQuery = (workspaceId: string, executionId?: string) =>
  listOptions(["outbox", workspaceId, executionId ?? null], (cursor, signal) =>
    api.listOutbox(
      {
        params: { workspaceId },
        query: { ...pageOf(cursor), ...(executionId === undefined ? {} : { executionId }) },
      },
      { signal },
    ),
  );

export const sandboxQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["outbox", workspaceId, "sandbox"],
    queryFn: ({ signal }) => api.getSandbox({ params: { workspaceId } }, { signal }),
  });
