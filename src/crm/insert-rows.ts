import { type Kysely, sql } from "kysely";

import { compiled, type Write } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import type { CrmTables } from "#store/tables/crm.ts";

/**
 * Many rows as one statement whose text does not depend on how many: the writer prepares it once, and
 * one parameter carries them all. Every row has the columns of the first.
 */
export function insertRows(
  db: Kysely<Tables>,
  table: keyof CrmTables,
  rows: readonly object[],
): readonly Write[] {
  const [first] = rows;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const values = rows.map((row) => {
    const held = row as Readonly<Record<string, unknown>>;
    return columns.map((column) => held[column] ?? null);
  });
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const cells = sql.join(columns.map((_, index) => sql.raw(`json_extract(value, '$[${index}]')`)));
  const statement = sql`insert into ${sql.table(table)} (${names})
    select ${cells} from json_each(${JSON.stringify(values)}) where true`;
  return [compiled({ compile: () => statement.compile(db) })];
}
