/** What lies in the data folder. */
import { join } from "node:path";

import type { Logger } from "pino";

import { type DayKeeper, keepDays } from "#api/zones.ts";
import { readSecret } from "#auth/secret.ts";
import type { SteadyClock } from "#domain/steady-clock.ts";
import type { EngineLog } from "#engine/core.ts";
import { openTime } from "#engine/time.ts";
import type { Reader } from "#instructions/reader.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { openSandboxMail, type SandboxMail } from "#providers/mails/sandbox.ts";
import { openSearch } from "#search/search-thread.ts";
import type { Search } from "#search/search.ts";
import type { Store } from "#store/store.ts";
import { openSealing } from "#workspace/sealing.ts";
import { openWorkspaces, type WorkspaceServices } from "#workspace/workspace.ts";

import { openReading, readProviders } from "./reading.ts";

export interface Kept extends DayKeeper {
  readonly folder: string;
  /** The ledger's file. */
  readonly path: string;
  readonly ledger: Ledger;
  readonly clock: SteadyClock;
  readonly store: Store;
  readonly search: Search;
  readonly workspace: WorkspaceServices;
  readonly mail: SandboxMail;
  readonly reader: Reader;
  readonly providers: readonly string[];
}

export async function openKept(
  folder: string,
  log: Logger,
  closing: AsyncDisposableStack,
): Promise<Kept> {
  const path = join(folder, "stint.db");
  const ledger = await openSqliteLedger(path);
  closing.defer(() => ledger.close());
  const { store } = ledger;
  const search = openSearch({ ledger, folder, warn: (message) => log.warn(message) });
  closing.defer(() => search.close());
  const clock = await openTime(ledger, engineLog(log));
  const providers = readProviders(process.env);
  const sealing = openSealing(() => readSecret(folder, process.env["STINT_SECRET"]));
  const opened = openWorkspaces({
    store,
    clock,
    sealing,
    parse: (instructions, ws, by) => reader.read(instructions, ws, by),
  });
  const reader = openReading({ clock, providers, workspace: opened, log });
  const days = await keepDays(opened.workspaces);
  const mail = openSandboxMail({ path: join(folder, "outbox.db"), clock });
  closing.defer(() => mail.close());
  const workspace = { ...opened, workspaces: days.workspaces };
  const kept = { folder, path, ledger, clock, store, search, mail, workspace };
  return { ...days, ...kept, reader, providers: providers.names };
}

export const engineLog = (log: Logger): EngineLog => ({
  warn: (message, facts) => log.warn(facts, message),
});
