import { queryOptions } from "@tanstack/react-query";

import { api } from "../api/api.ts";
import { listOptions } from "../api/lists.ts";

const pageOf = (cursor: string | undefined) => ({
  limit: 50,
  ...(cursor === undefined ? {} : { cursor }),
});

interface Found {
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
}

export const companiesQuery = (workspaceId: string, found: Found = {}) =>
  listOptions(["companies", workspaceId, found], (cursor, signal) =>
    api.listCompanies(
      { params: { workspaceId }, query: { ...pageOf(cursor), ...found } },
      { signal },
    ),
  );

export const dealsQuery = (
  workspaceId: string,
  found: Found & { readonly stage?: string | undefined } = {},
) =>
  listOptions(["deals", workspaceId, found], (cursor, signal) =>
    api.listDeals({ params: { workspaceId }, query: { ...pageOf(cursor), ...found } }, { signal }),
  );

interface TaskFilter {
  readonly status?: "open" | "done";
  readonly contactId?: string;
}

export const tasksQuery = (workspaceId: string, filter: TaskFilter = {}) =>
  listOptions(["tasks", workspaceId, filter], (cursor, signal) =>
    api.listCrmTasks(
      { params: { workspaceId }, query: { ...pageOf(cursor), ...filter } },
      { signal },
    ),
  );

export const membersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["members", workspaceId],
    queryFn: ({ signal }) => api.listMembers({ params: { workspaceId } }, { signal }),
  });
