import type { Entity } from "#domain/catalogue.ts";

import type { Note } from "./activities.ts";
import type { Stored } from "./field-values.ts";
import { FIELDS } from "./fields.ts";
import type { Prepared } from "./prepare.ts";
import { customOf, type EntityRow } from "./rows.ts";

export interface FieldChange {
  readonly field: string;
  readonly from: Stored;
  readonly to: Stored;
}

/** Which of the prepared values differ from what the row holds. */
export function fieldChanges(
  entity: Entity,
  row: EntityRow,
  { columns, custom }: Prepared,
): readonly FieldChange[] {
  const held = row as unknown as Readonly<Record<string, Stored>>;
  const own = FIELDS[entity].flatMap(({ name, column, isWritable, kind }) => {
    const to = columns[column];
    if (to === undefined || !isWritable) return [];
    const from = held[column] ?? null;
    return [{ field: name, from: kind === "flag" ? from === 1 : from, to }];
  });
  const values = customOf(row) as Readonly<Record<string, Stored>>;
  const others = Object.entries(custom).map(([field, to]) => {
    return { field, from: values[field] ?? null, to };
  });
  return [...own, ...others].filter(({ from, to }) => from !== to);
}

/** Each change as a line of the timeline, with the old and the new value beside it. */
export function describeChanges(
  entityId: string,
  changes: readonly FieldChange[],
): readonly Note[] {
  return changes.map(({ field, from, to }) => ({
    entityId,
    kind: "fieldChanged",
    text: `${field} changed from ${show(from)} to ${show(to)}`,
    data: { field, from, to },
  }));
}

function show(value: Stored): string {
  return value === null ? "nothing" : `"${String(value)}"`;
}
