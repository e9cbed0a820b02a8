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
