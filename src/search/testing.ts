/** A ledger in a folder of its own, and the index over it, without a thread. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Fact } from "#domain/facts.ts";
import type { CreateItem } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { drive, ending, held } from "#ledger/testing.ts";

import type { IndexPlace } from "./open-index.ts";
import { SEARCH_FILE, type SearchQuery } from "./search.ts";

export interface World extends AsyncDisposable {
  readonly folder: string;
  readonly ledger: Ledger;
  readonly place: IndexPlace;
}

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "stint-search-"));
  const ledgerPath = join(folder, "stint.db");
  const ledger = await openSqliteLedger(ledgerPath, { sync: "off" });
  return {
    folder,
    ledger,
    place: { path: join(folder, SEARCH_FILE), ledgerPath, ledgerId: ledger.id },
    [Symbol.asyncDispose]: async () => {
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function asking(text: string, more: Partial<SearchQuery> = {}): SearchQuery {
  return { ws: 1, view: "full", text, order: "desc", from: null, limit: 1000, ...more };
}

/** A step that is done, with its answer. */
export const done = (path: string, r: unknown): Fact => ({ t: "stepDone", path, ms: 1, r });
/** Facts as an item holds them. */
export const data = (
  facts: readonly Fact[],
): { readonly count: number; readonly data: string } => ({
  count: facts.length,
  data: JSON.stringify(facts),
});

/** An execution from its start to its end; answers its number. */
export async function ran(
  ledger: Ledger,
  facts: readonly Fact[],
  more: Partial<CreateItem> = {},
): Promise<number> {
  const on = await held(ledger, more);
  await drive(ledger, on, facts);
  await ledger.append(ending(on));
  return on.no;
}
