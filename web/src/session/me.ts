import { queryOptions } from "@tanstack/react-query";

import { api } from "../api/api.ts";

// The type of these options is spelled out by the library alone.
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => api.getMe({}, { signal }),
  staleTime: 5 * 60_000,
});
