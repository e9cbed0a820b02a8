/** Fields of JSON from outside: what is not there, or is something else, is null and never an error. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

/** The object at the end of the path; an empty one where there is none. */
export function inside(value: unknown, ...path: readonly string[]): Fields {
  let found: unknown = value;
  for (const key of path) found = fieldsOf(found)?.[key];
  return fieldsOf(found) ?? {};
}

export function textIn(fields: Fields, key: string): string | null {
  const value = fields[key];
  return typeof value === "string" ? value : null;
}

export function numberIn(fields: Fields, key: string): number | null {
  const value = fields[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A count: a whole number from 0. */
export function countIn(fields: Fields, key: string): number | null {
  const value = numberIn(fields, key);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function listIn(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** What is said in a text or in a list of blocks of text. */
export function wordsIn(content: unknown): string | null {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return null;
  const texts = content
    .map((block) => textIn(inside(block), "text"))
    .filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join("\n");
}

/** The parts of two disjoint counts of which one source tells the sum. */
export function without(whole: number | null, part: number | null): number | null {
  return whole === null ? null : Math.max(0, whole - (part ?? 0));
}

/** For records whose keys come from outside: "constructor" is a name like any other. */
export function ownIn<Value>(
  record: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
