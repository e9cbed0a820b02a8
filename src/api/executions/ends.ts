import type { CreatedFact, Fact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
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

const LAST_APPENDS = 3;

/** Reads the first append of the driver's own stream and the last few. @throws Fault `not_found` once it was pruned */
export async function readEnds({ store }: Pick<Ledger, "store">, no: number): Promise<Ends> {
  const stream = store.db
    .selectFrom("facts")
    .select(["at", "v", "data"])
    .where("no", "=", no)
    .where("lane", "=", 0);
  const first = await stream.orderBy("version").limit(1).executeTakeFirst();
  if (first === undefined) throw new Fault("not_found", "This execution is not kept any more");
  const last = await stream.orderBy("version", "desc").limit(LAST_APPENDS).execute();
  const created = upcast(first.v, first.data)[0] as CreatedFact;
  const latest = last.toReversed().flatMap(({ v, data }) => upcast(v, data));
  return { created, latest, latestAt: last[0]?.at ?? first.at };
}
