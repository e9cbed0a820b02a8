import type { CreatedFact, Fact } from "#domain/facts.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { upcast } from "#ledger/upcast.ts";

/** How an execution began and where it stands: what a list needs of its facts. */
export interface Ends {
  readonly created: CreatedFact;
  /** The facts of its last appends, oldest first. */
  readonly latest: readonly Fact[];
  /** When the last of them was written. */
  readonly latestAt: number;
}

export const LAST_APPENDS = 3;

/** Reads the first append of the driver's own stream and the last few. */
export async function readEnds({ store }: Pick<Ledger, "store">, no: number): Promise<Ends> {
  const stream = store.db
    .selectFrom("facts")
    .select(["at", "v", "data"])
    .where("no", "=", no)
    .where("lane", "=", 0);
  const first = await stream.orderBy("version").limit(1).executeTakeFirstOrThrow();
  const last = await stream.orderBy("version", "desc").limit(LAST_APPENDS).execute();
  const created = upcast(first.v, first.data)[0] as CreatedFact;
  const latest = last.toReversed().flatMap(({ v, data }) => upcast(v, data));
  return { created, latest, latestAt: last[0]?.at ?? first.at };
}
