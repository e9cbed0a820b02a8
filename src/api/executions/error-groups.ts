/** What has failed, grouped by kind, code and what is said, so that one cause is one line however often it struck. */
import type { z } from "zod";

import type { errorGroupsSchema } from "#contract/shapes/error-groups.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { Kind } from "#domain/kinds.ts";
import { upcast } from "#ledger/upcast.ts";
import type { Store } from "#store/store.ts";

import { showTime, showTimeOr } from "../times.ts";

type Groups = z.input<typeof errorGroupsSchema>;
type Group = Groups["items"][number];

export interface GroupQuery {
  readonly ws: number;
  readonly kind?: Kind | undefined;
  /** Ended at or after, epoch milliseconds. */
  readonly since: number;
}

/** The latest so many failures are looked at. */
const MOST = 2000;

export async function errorGroups(
  { heavy }: Pick<Store, "heavy">,
  { ws, kind, since }: GroupQuery,
): Promise<Groups> {
  let query = heavy
    .selectFrom("executions")
    .innerJoin("facts", (join) =>
      join
        .onRef("facts.no", "=", "executions.no")
        .onRef("facts.version", "=", "executions.version")
        .on("facts.lane", "=", 0),
    )
    .select(["id", "kind", "ended_at", "v", "data"])
    .where("ws", "=", ws)
    .where("state", "=", "failed")
    .where("ended_at", ">=", since);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  const rows = await query.orderBy("executions.no", "desc").limit(MOST).execute();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const fault = upcast(row.v, row.data).findLast((fact) => fact.t === "failed")?.fault;
    if (fault !== undefined) add(groups, row, fault);
  }
  const last = rows.length < MOST ? undefined : rows.at(-1)?.ended_at;
  const items = [...groups.values()].toSorted((a, b) => b.count - a.count);
  return { items, lookedBackTo: showTimeOr(last) };
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly ended_at: number;
}

function add(groups: Map<string, Group>, { id, kind, ended_at }: Row, fault: KeptFault): void {
  const message = alike(fault.message);
  const key = JSON.stringify([kind, fault.code, message]);
  const at = showTime(ended_at);
  const group = groups.get(key);
  if (group !== undefined) {
    const isLatest = at > group.lastSeen;
    groups.set(key, {
      ...group,
      count: group.count + 1,
      firstSeen: at < group.firstSeen ? at : group.firstSeen,
      ...(isLatest && { lastSeen: at, executionId: id }),
    });
    return;
  }
  const seen = { count: 1, firstSeen: at, lastSeen: at, executionId: id };
  const { code, suggestion = null } = fault;
  groups.set(key, { kind: kind as Kind, code, message, suggestion, ...seen });
}

const LONGEST = 300;

/** The same words for the same cause: what names one case stands as `#`. */
export function alike(message: string): string {
  return message
    .slice(0, LONGEST)
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "#")
    .replaceAll(/\b(?:[a-z]{2,5}_)?[0-9a-f]{8}-[0-9a-f-]{20,}/gi, "#")
    .replaceAll(/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, "#")
    .replaceAll(/\d+(?:[.,:]\d+)*/g, "#");
}
