import type { Actor } from "#contract/shapes/common.ts";

/** What Stint does by itself. */
export const SYSTEM: Actor = { type: "system", id: null, name: "Stint" };

export function writeActor({ type, id, name }: Actor): string {
  return JSON.stringify({ type, id, name });
}

export function readActor(text: string): Actor {
  return JSON.parse(text) as Actor;
}

export const KEY_PREFIX = "key:";

/** An actor as facts name it: a user's id, a key's behind `key:`, or `system`. */
export function writeBy({ type, id }: Actor): string {
  if (id === null || type === "system" || type === "agent") return "system";
  return type === "key" ? `${KEY_PREFIX}${id}` : id;
}
