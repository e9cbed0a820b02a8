import { queryOptions } from "@tanstack/react-query";

import { api } from "../api/api.ts";

export const notificationsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["notifications", workspaceId],
    queryFn: ({ signal }) =>
      api.listNotifications({ params: { workspaceId }, query: { limit: 30 } }, { signal }),
  });
