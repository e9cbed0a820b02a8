import type { z } from "zod";

import type { executionsQuerySchema } from "#contract/shapes/executions.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { filtersOf } from "../executions/asked.ts";
import type { Filters } from "../executions/filters.ts";
import { searchOf } from "../redact.ts";
import type { Services } from "../services.ts";
import { agentNoOf } from "./agent-no.ts";

type Asked = Omit<
  z.output<typeof executionsQuerySchema>,
  "agentId" | "cursor" | "limit" | "sort"
> & { readonly agentId?: string | undefined };

/** What narrows lists, exports and bulk actions alike. @throws Fault `not_found` for an agent or error that is not there */
export async function filtersIn(
  { agents, errors, clock }: Pick<Services, "agents" | "errors" | "clock">,
  entered: Entered,
  { agentId, error, search, ...asked }: Asked,
): Promise<Filters> {
  const ws = entered.workspace.no;
  return {
    ...filtersOf(asked, clock.now()),
    ws,
    agent: await agentNoOf({ agents }, entered, agentId),
    nos: error === undefined ? undefined : await errors.numbersOf(ws, error),
    search: searchOf(search, entered),
  };
}
