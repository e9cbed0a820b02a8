/** Rows stay where they are while they are looked at; what comes up meanwhile waits until it is asked for. */
export interface Arranged<Item> {
  readonly rows: readonly Item[];
  /** Those that were not there when the list was first read. */
  readonly fresh: readonly Item[];
}

/** @param known the ids in their order when the list was read; undefined: it is not read yet */
export function arrange<Item extends { readonly id: string }>(
  items: readonly Item[],
  known: readonly string[] | undefined,
): Arranged<Item> {
  if (known === undefined) return { rows: items, fresh: [] };
  const byId = new Map(items.map((item) => [item.id, item]));
  const places = new Set(known);
  return {
    rows: known.flatMap((id) => byId.get(id) ?? []),
    fresh: items.filter(({ id }) => !places.has(id)),
  };
}

/** What is gone to when that row leaves the list: the one after it, else the one before. */
export function besides(ids: readonly string[], id: string): string | undefined {
  const place = ids.indexOf(id);
  return place === -1 ? undefined : (ids[place + 1] ?? ids[place - 1]);
}
