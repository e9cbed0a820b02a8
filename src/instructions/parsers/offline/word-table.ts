/** A table to look words up in: people may also write `constructor` or `__proto__`, which no word means. */
export function wordTable<Value>(
  words: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, words);
}
