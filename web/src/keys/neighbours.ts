/** What `j` and `k` go to: the row after or before, and the execution after or before in the list that one came from. */
export type Direction = 1 | -1;

/** The place of the row to go to; a list's end stays where it is, and from outside it begins at its start. */
export function nextPlace(current: number, count: number, direction: Direction): number {
  if (count === 0) return -1;
  if (current === -1) return 0;
  return Math.min(count - 1, Math.max(0, current + direction));
}

/** Undefined at the end of the list, and for what is not in it. */
export function neighbourOf(
  ids: readonly string[],
  id: string,
  direction: Direction,
): string | undefined {
  const place = ids.indexOf(id);
  return place === -1 ? undefined : ids[place + direction];
}

let lastList: readonly string[] = [];

/** Keeps the list that was shown last, so that `j` goes on from inside one of its executions. */
export function rememberList(ids: readonly string[]): void {
  lastList = ids;
}

export function rememberedList(): readonly string[] {
  return lastList;
}
