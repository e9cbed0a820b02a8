/** New executions that are not shown yet, newest first, so that nothing moves under the pointer. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";

export type Fresh = readonly ExecutionItem[];

interface Shown {
  readonly rows: readonly Pick<ExecutionItem, "id" | "createdAt">[];
  /** Whether it fits the list's filter. */
  readonly belongs: boolean;
}

/** A row that is shown changes in place and is none of these; one that began before the newest row is further down the list. */
export function receive(fresh: Fresh, item: ExecutionItem, { rows, belongs }: Shown): Fresh {
  if (rows.some(({ id }) => id === item.id)) return fresh;
  if (fresh.some(({ id }) => id === item.id))
    return fresh.map((known) => (known.id === item.id ? item : known));
  const newest = rows[0];
  const isNew = newest === undefined || item.createdAt >= newest.createdAt;
  return belongs && isNew ? [item, ...fresh] : fresh;
}
