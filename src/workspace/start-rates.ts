/** How often agents may start, as they are configured now: whoever is paused or on hold starts nothing. */
import { restrictionsSchema } from "#contract/shapes/agents.ts";
import type { Rate } from "#domain/rate.ts";
import type { Store } from "#store/store.ts";

const MINUTE = 60_000;
const STOPPED: ReadonlySet<string> = new Set(["paused", "onHold"]);

export async function startRates(
  { db }: Store,
  nos: readonly number[],
): Promise<ReadonlyMap<number, Rate>> {
  const rows = await db
    .selectFrom("agent")
    .innerJoin("agent_version", (join) =>
      join
        .onRef("agent_version.agent", "=", "agent.no")
        .onRef("agent_version.version", "=", "agent.version"),
    )
    .select(["agent.no", "agent.status", "agent_version.restrictions"])
    .where("agent.no", "in", [...nos])
    .execute();
  return new Map(
    rows.map(({ no, status, restrictions }) => {
      const { maxExecutionsPerMinute } = restrictionsSchema.parse(JSON.parse(restrictions));
      const most = STOPPED.has(status) ? 0 : maxExecutionsPerMinute;
      return [no, { most, perMs: MINUTE }];
    }),
  );
}
