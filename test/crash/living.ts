/** Lives of one node on one ledger: each takes over from the one before, and may stop around its n-th write. */
import type { TestClock } from "#domain/test-clock.ts";
import { openEngine, type Engine, type EngineOptions } from "#engine/engine.ts";
import { settleAll, type Programs } from "#engine/testing.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { stoppingAt, type Fate, type Stopping } from "./life.ts";

export const NEVER = Number.POSITIVE_INFINITY;
export const FATES = ["before", "after"] as const;

export interface Living {
  /** Undefined: it stopped while it opened. */
  readonly engine: Engine | undefined;
  readonly watch: Stopping;
}

const quiet = { warn: () => undefined };

export class Node {
  readonly #ledger: Ledger;
  #lives = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  async begin(
    programs: Programs,
    clock: TestClock,
    [n, when]: readonly [number, Fate] = [NEVER, "before"],
    more: Partial<EngineOptions> = {},
  ): Promise<Living> {
    const owner = { id: "node", incarnation: ++this.#lives };
    const watch = stoppingAt(this.#ledger, owner, n, when);
    const base = { programs, clock, log: quiet, random: () => 0 };
    const opening = openEngine({ ...base, ...more, ledger: watch.ledger });
    return { engine: await openedOrStopped(opening, watch), watch };
  }
}

/** It may stop while it opens. */
async function openedOrStopped(
  opening: Promise<Engine>,
  { busy, hasStopped }: Stopping,
): Promise<Engine | undefined> {
  let engine: Engine | undefined;
  void opening.then((opened) => (engine = opened));
  while (engine === undefined && !hasStopped()) await settleAll(busy);
  return engine;
}
