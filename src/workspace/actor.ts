import type { Actor } from "#contract/shapes/common.ts";

/** What Stint does by itself. */
export const SYSTEM: Actor = { type: "system", id: null, name: "Stint" };

export function writeActor({ type, id, name }: Actor): string {
  return JSON.stringify({ type, id, name });
}

export function readActor(text: string): Actor {
  return JSON.parse(text) as Actor;
}
