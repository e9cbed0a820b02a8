import { type RawBuilder, sql } from "kysely";

import type { Store } from "#store/store.ts";

/** The number of each among those of its work node; one without a node has none. */
export async function indexesOf(
  { db }: Pick<Store, "db">,
  nos: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (nos.length === 0) return new Map();
  const rows = await db.selectFrom("counted").select(["no", "n"]).where("no", "in", nos).execute();
  return new Map(rows.map(({ no, n }) => [no, n]));
}

/** Of a number: its invocation is in the ledger still. */
export const IS_KEPT: RawBuilder<boolean> = sql`
  (exists (select 1 from live where live.no = counted.no and live.lane = 0)
    or exists (select 1 from executions where executions.no = counted.no))`;

/** How many invocations of a work node retention has let go of. */
export async function letGoOf({ db }: Pick<Store, "db">, nodeId: string): Promise<number> {
  const { gone } = await db
    .selectFrom("counted")
    .select((eb) => eb.fn.countAll<number>().as("gone"))
    .where("series", "=", nodeId)
    .where(sql<boolean>`not ${IS_KEPT}`)
    .executeTakeFirstOrThrow();
  return Number(gone);
}
