/** Who triggered or canceled, by name. The ledger keeps an id alone; names are looked up as they are now. */
import type { Actor } from "#contract/shapes/common.ts";
import { KEY_PREFIX, SYSTEM } from "#workspace/actor.ts";

/** The id of the user or key; null: it was nobody. */
export function idOf(by: string): string | null {
  if (by === "system") return null;
  return by.startsWith(KEY_PREFIX) ? by.slice(KEY_PREFIX.length) : by;
}

export interface Actors {
  readonly of: (by: string) => Actor;
}

/** @param names of users by their id, of keys by theirs */
export function actorsNamed(names: ReadonlyMap<string, string>): Actors {
  return {
    of: (by) => {
      const id = idOf(by);
      if (id === null) return SYSTEM;
      const isKey = by.startsWith(KEY_PREFIX);
      const gone = isKey ? "a revoked key" : "a former member";
      return { type: isKey ? "key" : "user", id, name: names.get(id) ?? gone };
    },
  };
}
