import { queryOptions } from "@tanstack/react-query";

import { api } from "../api/api.ts";

export const keysQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["keys", workspaceId],
    queryFn: ({ signal }) => api.listApiKeys({ params: { workspaceId } }, { signal }),
  });

export const userRolesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["userRoles", workspaceId],
    queryFn: ({ signal }) => api.getUserRoles({ params: { workspaceId } }, { signal }),
  });

export const fallbacksQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["fallbacks", workspaceId],
    queryFn: ({ signal }) => api.getFallbacks({ params: { workspaceId } }, { signal }),
  });

/** With right `workspace:write` only. */
export const modelQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["model", workspaceId],
    queryFn: ({ signal }) => api.getModelSettings({ params: { workspaceId } }, { signal }),
  });
