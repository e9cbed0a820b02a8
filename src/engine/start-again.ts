/** Tries an ended execution again with what it was given, on the program as it is now. */
import type { CreatedFact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";

import type { Core } from "./core.ts";
import { readBeginning } from "./created.ts";
import type { Room } from "./room.ts";
import { start, type Started, type StartOptions } from "./start.ts";
import { notFound } from "./teller.ts";

export interface RetryOptions {
  /** `start` (the default), `failed`: where it failed, or the name of a step that it came to. */
  readonly from?: string;
  /** Idempotency: a second retry with the same key answers with the first one. */
  readonly key?: string;
  /** A user's id, or `system`. */
  readonly by?: string;
}

/** @throws Fault `not_found`, `conflict`, `invalid`, and what a start throws */
export async function startAgain(
  core: Core,
  room: Room,
  id: string,
  { from = "start", key, by = "system" }: RetryOptions = {},
): Promise<Started> {
  const found = await core.ledger.find(id);
  const before = found && (await readBeginning(core.ledger, found.no));
  if (before === undefined) throw notFound(id);
  const { created, input } = before;
  const program = core.programs.latest(created.driver);
  if (program === undefined) {
    throw new Fault("unknown_program", `No program "${created.driver}" was given to this engine.`, {
      suggestion: "Name it in the list of programs when you open Stint.",
    });
  }
  return await start(core, room, program, input as never, {
    ...sameOf(created),
    trigger: { type: "retry", by },
    again: { of: id, from },
    ...(key !== undefined && { key }),
  });
}

/** What both have in common. */
function sameOf({
  ws: workspace,
  target,
  label,
  guards,
  agent: no,
  agentVersion: version,
}: CreatedFact): StartOptions {
  return {
    workspace,
    ...(target !== null && { target }),
    ...(label !== null && { label }),
    ...(guards !== undefined && { guards }),
    ...(version !== undefined && { agent: { no, version } }),
  };
}
