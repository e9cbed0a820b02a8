/** A lane whose function no longer matches its history waits, visible, until one that does is there. */
import type { Core } from "./core.ts";
import type { Stream } from "./stream.ts";

/** Gives the claim back with the mark; what came in meanwhile has it looked at again at once. */
export async function parkBlocked(
  core: Core,
  stream: Stream,
  wake: number,
  path: string,
): Promise<void> {
  const { no, lane } = stream;
  core.log.warn("a program no longer matches the history of an execution", { no, lane, path });
  let park: { readonly wake: number; readonly readyAt: number | null } = { wake, readyAt: null };
  for (;;) {
    const { parked } = await stream.write({ blocked: path, park });
    if (parked) break;
    park = { wake: (await core.ledger.readInbox(no, lane)).wake, readyAt: core.clock.now() };
  }
  if (park.readyAt !== null) core.dueAt(park.readyAt);
}

/** False: nothing of it is blocked. */
export async function tryAgain({ ledger, clock, dueAt }: Core, id: string): Promise<boolean> {
  const at = clock.now();
  const lanes = await ledger.append({ op: "unblock", id, at });
  if (lanes > 0) dueAt(at);
  return lanes > 0;
}
