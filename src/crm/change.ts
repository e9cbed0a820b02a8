import type { Actor } from "#contract/shapes/common.ts";
import type { Write } from "#store/store.ts";

/** Who changes what when, and for which execution: every change of the CRM carries it. */
export interface Change {
  readonly ws: number;
  readonly at: number;
  readonly actor: Actor;
  readonly executionId?: string | undefined;
}

/** Something new, and the writes that bring it into being. Nothing has happened until they are executed. */
export interface Created {
  readonly id: string;
  readonly writes: readonly Write[];
}

/** A page by key: `next` is the key to go on after; null when this was the last. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface PageQuery {
  readonly ws: number;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

/** Reads one row more than asked, so that the last page is known without counting. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): Page<Row> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
