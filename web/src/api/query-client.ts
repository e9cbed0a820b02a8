import { QueryCache, QueryClient } from "@tanstack/react-query";

import { mayPass, problemOf } from "./problems.ts";

/** Calls `onSignedOut` when the session has ended under the page. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const isAskingWho = query.queryKey[0] === "me";
        if (problemOf(error).status === 401 && !isAskingWho) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        // What changes is told by the live feed; nothing is asked again on a timer.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 3 && mayPass(error),
        retryDelay: (count) => Math.min(500 * 2 ** count, 4000),
      },
    },
  });
}
