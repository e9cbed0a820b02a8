/** An execution whose files are gone: what still runs of it is known by its mark alone, and nobody would follow it. */
import { end, POLITELY } from "./ending.ts";
import type { Machine } from "./launch.ts";
import { crewOf } from "./members.ts";
import type { Left } from "./supervise.ts";

export interface Found {
  readonly ended: readonly Left[];
  /** Those that nothing could end. */
  readonly left: readonly Left[];
}

/** Where no marks are told none are found. */
export async function endLost(machine: Machine, executionId: string): Promise<Found> {
  const crew = crewOf(machine.processes, { id: executionId, leader: undefined, since: 0 });
  const found = crew.members(machine.processes.look());
  const left = await end({ ...machine, crew, leader: undefined }, POLITELY);
  const isLeft = new Set(left.map(({ pid }) => pid));
  return { ended: found.filter(({ pid }) => !isLeft.has(pid)), left };
}
