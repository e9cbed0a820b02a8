import type { executionRoutes } from "#contract/routes/executions.ts";
import { Fault } from "#domain/fault.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";

type Journeys = "retryJourney" | "stopJourney" | "skipJourneyWait";

/** What a person does about one contact's way through a plan. */
export function journeyHandlers(
  services: Services,
): HandlersOf<Pick<typeof executionRoutes, Journeys>> {
  const { runs } = services;
  return {
    stopJourney: async ({ entered, params: { executionId, lane }, body }) => {
      await laneOf(services, entered, executionId, { lane });
      return { executionId: await runs.stopJourney(entered, executionId, lane, body?.reason) };
    },
    skipJourneyWait: async ({ entered, params: { executionId, lane } }) => {
      await laneOf(services, entered, executionId, { lane });
      return { executionId: await runs.skipWait(entered, executionId, lane) };
    },
    retryJourney: ({ entered, params, idempotencyKey }) =>
      runs.retryJourney(entered, params.executionId, params.lane, idempotencyKey),
  };
}

interface Named {
  readonly lane?: number | undefined;
  readonly contactId?: string | undefined;
}

/** Which journey is meant. @throws Fault `not_found` for one that is not there, and for a contact that is on none. */
export async function laneOf(
  { store, executions }: Services,
  { workspace }: Entered,
  id: string,
  { lane, contactId }: Named = {},
): Promise<number | undefined> {
  if (contactId === undefined && (lane === undefined || lane === 0)) return lane;
  const { no } = await executions.row(workspace.no, id);
  if (contactId === undefined) return mustJourney(store, no, lane ?? 0);
  const rows = store.db.selectFrom("journeys").select("lane").where("no", "=", no);
  const found = await rows
    .where("entity", "=", contactId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (found !== undefined) return found.lane;
  throw new Fault("not_found", `${contactId} has no open journey in this execution`);
}

async function mustJourney({ db }: Services["store"], no: number, lane: number): Promise<number> {
  const rows = db.selectFrom("journeys").select(["state", "ended_at"]).where("no", "=", no);
  const found = await rows.where("lane", "=", lane).executeTakeFirst();
  if (found === undefined) {
    throw new Fault("not_found", `There is no journey ${lane} in this execution`, {
      suggestion: "GET …/journeys lists those there are",
    });
  }
  if (found.ended_at === null) return lane;
  throw new Fault("conflict", `Journey ${lane} is ${found.state}: it has ended`);
}
