import { Fault } from "#domain/fault.ts";

/** What a list is asked for. */
export interface PageQuery {
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A page from `limit + 1` rows that were asked for: the one too many says that there is more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string | number,
  show: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(show),
    nextCursor: last === undefined ? null : Buffer.from(String(keyOf(last))).toString("base64url"),
  };
}

/** The key that a cursor holds. */
export function keyAfter(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString("utf8");
}

/** The growing number that a cursor holds. @throws Fault `invalid` for what no list has given out. */
export function numberAfter(cursor: string): number {
  const key = keyAfter(cursor);
  if (/^\d{1,15}$/.test(key)) return Number(key);
  throw new Fault("invalid", "The cursor is not one that this list has given out", {
    suggestion: "Begin again without a cursor",
  });
}
