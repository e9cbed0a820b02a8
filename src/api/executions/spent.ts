/** How long an execution has worked and waited: of an ended one for good, of an open one until now. */
import type { Execution } from "#domain/execution.ts";
import { upcast } from "#ledger/upcast.ts";
import type { Store } from "#store/store.ts";

import type { ExecutionRow } from "./rows.ts";

export interface Spent {
  readonly activeMs: number | null;
  readonly waitedMs: number | null;
}

export async function readSpent(store: Store, row: ExecutionRow, now: number): Promise<Spent> {
  const { startedAt, endedAt, waitedMs } = row;
  if (startedAt === null) return { activeMs: null, waitedMs };
  if (endedAt !== null) return spentIn(endedAt - startedAt, waitedMs ?? 0);
  return spentIn(now - startedAt, await waitedUntil(store, row.no, now));
}

/** The same, folded from its facts up to `now`. */
export function spentBy(
  { startedAt, endedAt, waitedMs, waitingSince }: Execution,
  now: number,
): Spent {
  if (startedAt === null) return { activeMs: null, waitedMs: endedAt === null ? null : waitedMs };
  const waited = waitingSince === null ? waitedMs : waitedMs + Math.max(0, now - waitingSince);
  return spentIn((endedAt ?? now) - startedAt, waited);
}

function spentIn(total: number, waitedMs: number): Spent {
  return { activeMs: Math.max(0, total - waitedMs), waitedMs };
}

/** Its waits that are over, and the one that it is in. */
async function waitedUntil({ db }: Store, no: number, now: number): Promise<number> {
  const appends = await db
    .selectFrom("facts")
    .select(["at", "v", "data"])
    .where("no", "=", no)
    .where("lane", "=", 0)
    .where((eb) =>
      eb.or([eb("data", "like", '%"t":"waiting"%'), eb("data", "like", '%"t":"resumed"%')]),
    )
    .orderBy("version")
    .execute();
  let waited = 0;
  let since: number | null = null;
  for (const { at, v, data } of appends) {
    for (const { t } of upcast(v, data)) {
      if (t === "waiting") since ??= at;
      if (t !== "resumed" || since === null) continue;
      waited += at - since;
      since = null;
    }
  }
  return since === null ? waited : waited + Math.max(0, now - since);
}
