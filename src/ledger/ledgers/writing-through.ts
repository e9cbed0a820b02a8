import { Fault } from "#domain/fault.ts";
import type { Store } from "#store/store.ts";

import type { Ledger } from "../ledger.ts";

/** A store's writes, as items of its ledger. */
export function writingThrough(append: Ledger["append"]): Store["write"] {
  return async (writes) => {
    const outcome = await append({ op: "write", writes });
    if (!outcome.ok)
      throw new Fault("stale", "The data changed meanwhile. Read it again and retry.");
  };
}
