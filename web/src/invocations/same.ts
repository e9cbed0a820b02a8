/** Whether what is drawn of an entry is the same: entries are made anew at each fold, their texts mostly stay. */
interface Drawn {
  readonly entry: object;
  readonly isAllOpen: boolean;
}

export function isSame(one: Drawn, other: Drawn): boolean {
  return one.isAllOpen === other.isAllOpen && isSameEntry(one.entry, other.entry);
}

function isSameEntry(one: object, other: object): boolean {
  const [before, after] = [Object.entries(one), new Map(Object.entries(other))];
  return before.every(([name, value]) => {
    const next: unknown = after.get(name);
    if (Array.isArray(value) && Array.isArray(next)) return isSameList(value, next);
    return value === next;
  });
}

function isSameList(one: readonly object[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((entry, index) => isSameEntry(entry, other[index] as object));
}
