/** A ledger on a connection of this very thread: for one that is in memory and that nobody else waits for. */
import type { DatabaseSync } from "node:sqlite";

import { v7 } from "uuid";

import { Fault } from "#domain/fault.ts";
import type { Store, Write } from "#store/store.ts";

import type { Item, Outcome } from "../items.ts";
import type { Ledger } from "../ledger.ts";
import { readsOver } from "../reads.ts";
import { askingOn } from "./asking.ts";
import { Batches, countersOf, type Settled } from "./batch.ts";
import { writingThrough } from "./writing-through.ts";

export interface InThread {
  readonly db: DatabaseSync;
  readonly store: Omit<Store, "write">;
  /** Called with the writes of a batch before they are carried out. */
  readonly beforeWrites: (writes: readonly Write[]) => void;
  readonly close: () => void;
}

/** What is appended in one turn of the event loop is one transaction in the next. Closing is its caller's. */
export function openLedgerInThread({ db, store, beforeWrites, close }: InThread): Ledger {
  const batches = new Batches(db, countersOf);
  const followers = new Set<() => void>();
  const waiting: Waiting[] = [];

  function carryOut(): void {
    const all = waiting.splice(0);
    beforeWrites(all.flatMap(({ item }) => ("writes" in item ? (item.writes ?? []) : [])));
    const settled = batches.run(all.map(({ item }) => item));
    for (const [index, one] of settled.entries()) tell(all[index] as Waiting, one);
    for (const wake of followers) wake();
  }

  const append = ((item: Item): Promise<Outcome> => {
    if (waiting.length === 0) setImmediate(carryOut);
    return new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
    });
  }) as Ledger["append"];

  return {
    id: v7(),
    owner: { id: v7(), incarnation: 1 },
    store: { ...store, write: writingThrough(append) },
    append,
    ...readsOver(askingOn(db)),
    onAppend: (wake) => {
      followers.add(wake);
      return () => followers.delete(wake);
    },
    underWay: () => waiting.length,
    broken: new Promise(() => undefined),
    close: async () => {
      close();
    },
  };
}

interface Waiting {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Fault) => void;
}

function tell({ resolve, reject }: Waiting, settled: Settled): void {
  if ("outcome" in settled) resolve(settled.outcome);
  else reject(new Fault(settled.conflict ? "conflict" : "store_failed", settled.error));
}
