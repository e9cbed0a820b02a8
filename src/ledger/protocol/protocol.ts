/**
 * The append protocol. A batch is one transaction; its items are carried out one after another, each
 * on its own. What an item may refuse it refuses before it changes anything, or undoes behind a savepoint.
 */
import type { Item, Outcome, WriteItem, WriteOutcome } from "../items.ts";
import type { Protocol } from "../statement.ts";
import type { Batch } from "./batch.ts";
import { claim, claimLanes, recover } from "./claim.ts";
import { create } from "./create.ts";
import { drive } from "./drive.ts";
import { end } from "./end.ts";
import { signal } from "./signal.ts";
import { allOrNothing, runWrites } from "./writes.ts";

export function carryOut(batch: Batch, item: Item): Protocol<Outcome> {
  switch (item.op) {
    case "create":
      return create(batch, item);
    case "drive":
      return drive(batch, item);
    case "end":
      return end(batch, item);
    case "claim":
      return claim(item);
    case "claimLanes":
      return claimLanes(item);
    case "signal":
      return signal(item);
    case "recover":
      return recover(item);
    case "write":
      return write(item);
  }
}

function* write({ writes }: WriteItem): Protocol<WriteOutcome> {
  const held = yield* allOrNothing(runWrites(writes), (all) => all);
  return held ? { ok: true } : { ok: false, why: "stale" };
}
