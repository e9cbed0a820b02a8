/** How long an execution has worked and waited: of an ended one for good, of an open one until now. */
import type { Execution } from "#domain/execution.ts";
import type { FactType } from "#domain/facts.ts";
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
      eb.or(
        ["waiting", "resumed", "pauseAsked", "resumeAsked"].map((t) =>
          eb("data", "like", `%"t":"${t}"%`),
        ),
      ),
    )
    .orderBy("version")
    .execute();
  let waited = 0;
  let since: number | null = null;
  const holds: Holds = new Set();
  for (const { at, v, data } of appends) {
    for (const { t } of upcast(v, data)) {
      note(holds, t);
      if (holds.size > 0) since ??= at;
      else if (since !== null) {
        waited += at - since;
        since = null;
      }
    }
  }
  return since === null ? waited : waited + Math.max(0, now - since);
}

/** What keeps it from working: a wait, a pause, or both at once. */
type Holds = Set<"wait" | "pause">;

function note(holds: Holds, t: FactType): void {
  if (t === "waiting") holds.add("wait");
  else if (t === "pauseAsked") holds.add("pause");
  else if (t === "resumed") holds.delete("wait");
  else if (t === "resumeAsked") holds.delete("pause");
}
