/**
 * An engine on a store of its own, its time moved by the test. Nothing sleeps: `settle` turns the event
 * loop until nothing is under way, `pass` moves the clock and settles again.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Fact, FactOf, FactType } from "#domain/facts.ts";
import { testClock, type TestClock } from "#domain/test-clock.ts";
import type { Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { openEngine, type Engine, type EngineOptions } from "./engine.ts";
import type { Runnable } from "./program.ts";

export type Programs = readonly Runnable[];

export interface World extends AsyncDisposable {
  readonly clock: TestClock;
  /** The store's file. */
  readonly path: string;
  readonly ledger: Ledger;
  readonly engine: Engine;
  readonly warnings: readonly string[];
  /** Until nothing can go on without time or input. */
  readonly settle: () => Promise<void>;
  /** Moves time on, then settles. */
  readonly pass: (ms: number) => Promise<void>;
  /** The process dies and another one takes the store over, with these programs. */
  readonly restart: (programs?: Programs, more?: Partial<EngineOptions>) => Promise<Engine>;
  /** All facts of a stream, in order. */
  readonly facts: (id: string, lane?: number) => Promise<readonly Fact[]>;
  readonly factsOf: <T extends FactType>(
    id: string,
    type: T,
    lane?: number,
  ) => Promise<readonly FactOf<T>[]>;
}

/** A ledger that knows what is under way, and that can be cut off as when its process dies. */
export function watched(ledger: Ledger, owner: Owner = ledger.owner): Watched {
  let open = 0;
  let dead = false;
  const never = new Promise<never>(() => undefined);
  return {
    ledger: {
      ...ledger,
      owner,
      append: async (item) => {
        if (dead) return await never;
        open += 1;
        try {
          const outcome = await ledger.append(item);
          return dead ? await never : outcome;
        } finally {
          open -= 1;
        }
      },
    },
    busy: () => open > 0,
    die: () => {
      dead = true;
    },
  };
}
export interface Watched {
  readonly ledger: Ledger;
  readonly busy: () => boolean;
  readonly die: () => void;
}

const QUIET_TURNS = 12;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns the event loop until nothing has been under way for some turns. */
export async function settleAll(busy: () => boolean): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await turn();
    if (busy()) quiet = -1;
  }
}

export async function openWorld(
  programs: Programs,
  given: Partial<EngineOptions> | ((clock: TestClock) => Partial<EngineOptions>) = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "stint-engine-"));
  const path = join(folder, "stint.db");
  const clock = testClock();
  const more = typeof given === "function" ? given(clock) : given;
  const warnings: string[] = [];
  const log = {
    warn: (message: string, facts: Readonly<Record<string, unknown>>) => {
      warnings.push(`${message} ${JSON.stringify(facts)}`);
    },
  };
  const base = { clock, log, random: () => 0.5 };
  let real = await openSqliteLedger(path, { sync: "off" });
  let watch = watched(real);
  let engine = await openEngine({ ...base, programs, ...more, ledger: watch.ledger });
  let latest = programs;

  const settle = (): Promise<void> => settleAll(() => watch.busy());
  const facts = async (id: string, lane = 0): Promise<readonly Fact[]> => {
    const found = await real.find(id);
    const entries = found === undefined ? [] : await real.read(found.no, lane);
    return entries.flatMap((entry) => entry.facts);
  };

  return {
    clock,
    path,
    warnings,
    get ledger() {
      return real;
    },
    get engine() {
      return engine;
    },
    settle,
    pass: async (ms) => {
      await settle();
      clock.advance(ms);
      await settle();
    },
    restart: async (next = latest, options = {}) => {
      watch.die();
      void engine.stop(0); // what it waits for never comes
      await real.close();
      latest = next;
      real = await openSqliteLedger(path, { sync: "off" });
      watch = watched(real);
      engine = await openEngine({
        ...base,
        programs: next,
        ...more,
        ...options,
        ledger: watch.ledger,
      });
      return engine;
    },
    facts,
    factsOf: async <T extends FactType>(id: string, type: T, lane?: number) =>
      (await facts(id, lane)).filter((fact): fact is FactOf<T> => fact.t === type),
    [Symbol.asyncDispose]: async () => {
      await engine.stop(0);
      await real.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
