import type { Fact } from "#contract/shapes/executions.ts";
import type { Entry } from "#ledger/ledger.ts";

import { showTime } from "./times.ts";

/** The facts of one append, each with its own position and version: the append is named by those of its last. */
export function showFacts({ position, version, lane, at, facts }: Entry): readonly Fact[] {
  return facts.map((fact, index) => {
    const back = facts.length - 1 - index;
    return {
      position: position - back,
      lane,
      version: version - back,
      type: fact.t,
      at: showTime(at),
      data: fact,
    };
  });
}
