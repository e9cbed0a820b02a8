/** Who triggered or canceled, by name. The ledger keeps an id alone; names are looked up as they are now. */
import type { Actor } from "#contract/shapes/common.ts";
import { SYSTEM } from "#workspace/actor.ts";

const KEY_PREFIX = "key:";

/** An actor as facts name it: a user's id, a key's behind `key:`, or `system`. */
export function writeBy({ type, id }: Actor): string {
  if (id === null || type === "system" || type === "agent") return "system";
  return type === "key" ? `${KEY_PREFIX}${id}` : id;
}

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
