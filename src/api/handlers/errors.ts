import type { errorRoutes } from "#contract/routes/errors.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";

export function errorHandlers({ errors }: Services): HandlersOf<typeof errorRoutes> {
  return {
    groupErrors: ({ entered, query }) => errors.list(entered.workspace.no, query),
    resolveErrors: ({ entered, params }) => errors.mark(entered, params.errorGroupId, "resolved"),
    muteErrors: ({ entered, params }) => errors.mark(entered, params.errorGroupId, "muted"),
    reopenErrors: ({ entered, params }) => errors.mark(entered, params.errorGroupId, "open"),
  };
}
