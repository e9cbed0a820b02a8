/**
 * The append protocol. A batch is one transaction; its items are carried out one after another, each
 * on its own. What an item may refuse it refuses before it changes anything, or undoes behind a savepoint.
 */
import type {
  CreateItem,
  DriveItem,
  EndItem,
  Item,
  Outcome,
  WriteItem,
  WriteOutcome,
} from "../items.ts";
import type { Protocol } from "../statement.ts";
import { writeLive, type Batch } from "./batch.ts";
import { claim, claimLanes, recover, release, unblock } from "./claim.ts";
import { create } from "./create.ts";
import { drive } from "./drive.ts";
import { end } from "./end.ts";
import { erase } from "./erase.ts";
import { prune } from "./prune.ts";
import { reopen } from "./reopen.ts";
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
    case "write":
      return write(batch, item);
    default:
      return afterLive(batch, look(batch, item));
  }
}

function look(
  batch: Batch,
  item: Exclude<Item, CreateItem | DriveItem | EndItem | WriteItem>,
): Protocol<Outcome> {
  switch (item.op) {
    case "claim":
      return claim(item);
    case "claimLanes":
      return claimLanes(item);
    case "signal":
      return signal(item);
    case "recover":
      return recover(item);
    case "release":
      return release(item);
    case "unblock":
      return unblock(item);
    case "reopen":
      return reopen(batch, item);
    case "prune":
      return prune(batch, item);
    case "erase":
      return erase(batch, item);
  }
}

/** These look at open executions, so they must see those that were created just before them. */
function* afterLive<Result>(batch: Batch, work: Protocol<Result>): Protocol<Result> {
  yield* writeLive(batch);
  return yield* work;
}

function* write(batch: Batch, { writes }: WriteItem): Protocol<WriteOutcome> {
  const held = yield* allOrNothing(batch, runWrites(writes), (all) => all);
  return held ? { ok: true } : { ok: false, why: "stale" };
}
