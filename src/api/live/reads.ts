import type { Entry, Ledger } from "#ledger/ledger.ts";
import { upcast } from "#ledger/upcast.ts";

export interface Append {
  readonly position: number;
  readonly no: number;
}

/** Where something was appended, without what. */
export function appendsAfter(
  ledger: Ledger,
  position: number,
  limit: number,
): Promise<readonly Append[]> {
  const rows = ledger.store.db.selectFrom("facts").select(["position", "no"]);
  return rows.where("position", ">", position).orderBy("position").limit(limit).execute();
}

/** The position of the last fact that was pruned; 0: none was. */
export async function prunedUpTo({ store }: Ledger, ws: number): Promise<number> {
  const pruned = store.db.selectFrom("pruned").select("position").where("ws", "=", ws);
  return Number((await pruned.executeTakeFirst())?.position ?? 0);
}

/** The appends of one execution in all its lanes, by position: after the first, up to and with the second. */
export async function entriesBetween(
  ledger: Ledger,
  no: number,
  after: number,
  upTo: number,
  limit: number,
): Promise<readonly Entry[]> {
  const rows = await ledger.store.db
    .selectFrom("facts")
    .selectAll()
    .where("no", "=", no)
    .where("position", ">", after)
    .where("position", "<=", upTo)
    .orderBy("position")
    .limit(limit)
    .execute();
  return rows.map(({ data, v, count: _count, ...place }) => ({ ...place, facts: upcast(v, data) }));
}

/** Those of the executions that belong to the workspace. */
export async function ofWorkspace(
  ledger: Ledger,
  ws: number,
  nos: readonly number[],
): Promise<readonly number[]> {
  if (nos.length === 0) return [];
  const { db } = ledger.store;
  const open = db
    .selectFrom("live")
    .select("no")
    .where("ws", "=", ws)
    .where("lane", "=", 0)
    .where("no", "in", nos);
  const ended = db
    .selectFrom("executions")
    .select("no")
    .where("ws", "=", ws)
    .where("no", "in", nos);
  const rows = await open.union(ended).execute();
  return rows.map(({ no }) => no);
}
