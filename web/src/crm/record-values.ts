/** A record as a form holds it, and the change that a form makes of it: only what differs is sent. */
import type { FieldSpec } from "./fields.ts";

export type FormValue = string | number | boolean | string[] | null;
export type FormValues = Readonly<Record<string, FormValue>>;
type Row = Readonly<Record<string, unknown>>;

const EMPTY: Readonly<Record<FieldSpec["type"], FormValue>> = {
  text: "",
  email: "",
  number: "",
  day: null,
  tags: [],
  flag: false,
  member: null,
  choice: null,
};

export function valuesOf(fields: readonly FieldSpec[], row: Row | undefined): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, row)]));
}

function valueOf({ name, type }: FieldSpec, row: Row | undefined): FormValue {
  const value = row?.[name];
  if (value === null || value === undefined) return EMPTY[type];
  if (type === "tags") return [...(value as string[])];
  if (type === "day") return typeof value === "string" ? value.slice(0, 10) : null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return EMPTY[type];
}

/** What is sent: every field that differs from the row, empty ones as null. */
export function changesOf(
  fields: readonly FieldSpec[],
  values: FormValues,
  row: Row | undefined,
): Row {
  const before = valuesOf(fields, row);
  const changed = fields.filter(
    ({ name }) => JSON.stringify(values[name]) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(
    changed.map((field) => [field.name, toSend(field, values[field.name] ?? null)]),
  );
}

function toSend({ type, name }: FieldSpec, value: FormValue): unknown {
  if (value === "" || value === null) return null;
  if (type === "number") return Number(value);
  if (type === "text" || type === "email") return String(value).trim();
  if (type === "day" && name.endsWith("At")) return `${String(value)}T12:00:00Z`;
  return value;
}
