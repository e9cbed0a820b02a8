/** What is new and not shown yet, newest first, so that nothing moves under the pointer. */
interface Dated {
  readonly id: string;
  readonly createdAt: string;
}

interface Shown {
  readonly rows: readonly Dated[];
  /** Whether it fits the list's filter. */
  readonly belongs: boolean;
}

/** A row that is shown changes in place and is none of these; one that began before the newest row is further down the list. */
export function receive<Item extends Dated>(
  fresh: readonly Item[],
  item: Item,
  { rows, belongs }: Shown,
): readonly Item[] {
  if (rows.some(({ id }) => id === item.id)) return fresh;
  if (fresh.some(({ id }) => id === item.id))
    return fresh.map((known) => (known.id === item.id ? item : known));
  const newest = rows[0];
  const isNew = newest === undefined || item.createdAt >= newest.createdAt;
  return belongs && isNew ? [item, ...fresh] : fresh;
}
