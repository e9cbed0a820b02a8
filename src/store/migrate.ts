import type { Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";

import type { Dialect } from "./dialect.ts";
import * as ledger from "./migrations/0001-ledger.ts";
import * as crm from "./migrations/0002-crm.ts";
import * as workspace from "./migrations/0003-workspace.ts";
import * as memory from "./migrations/0004-memory.ts";
import * as spending from "./migrations/0005-spending.ts";
import * as retention from "./migrations/0006-retention.ts";
import * as blockedSince from "./migrations/0008-blocked-since.ts";
import * as trees from "./migrations/0009-trees.ts";
import * as limits from "./migrations/0010-limits.ts";
import * as liveVersion from "./migrations/0011-live-version.ts";
import * as statistics from "./migrations/0012-statistics.ts";
import * as models from "./migrations/0013-models.ts";
import * as restoredVersions from "./migrations/0014-restored-versions.ts";
import * as fallbacks from "./migrations/0015-fallbacks.ts";
import * as counted from "./migrations/0016-counted.ts";
import * as workNodes from "./migrations/0017-work-nodes.ts";
import * as imported from "./migrations/0018-imported.ts";
import * as errorMarks from "./migrations/0019-error-marks.ts";

interface Step {
  readonly up: (db: Kysely<never>, dialect: Dialect) => Promise<void>;
}

/** Forward only. A migration never imports living code: what it makes is spelled out in it. */
const MIGRATIONS: Readonly<Record<string, Step>> = {
  "0001-ledger": ledger,
  "0002-crm": crm,
  "0003-workspace": workspace,
  "0004-memory": memory,
  "0005-spending": spending,
  "0009-trees": trees,
  "0006-retention": retention,
  "0010-limits": limits,
  "0008-blocked-since": blockedSince,
  "0011-live-version": liveVersion,
  "0012-statistics": statistics,
  "0013-models": models,
  "0014-restored-versions": restoredVersions,
  "0015-fallbacks": fallbacks,
  "0016-counted": counted,
  "0017-work-nodes": workNodes,
  "0018-imported": imported,
  "0019-error-marks": errorMarks,
};

/** Those that this Stint knows. */
export const MIGRATION_NAMES: ReadonlySet<string> = new Set(Object.keys(MIGRATIONS));

/** Brings the store's tables up to date; does nothing where they are. @throws what the database said. */
export async function migrate(db: Kysely<never>, dialect: Dialect): Promise<void> {
  const bound = ([name, step]: [string, Step]): [string, Migration] => [
    name,
    { up: (schema) => step.up(schema as Kysely<never>, dialect) },
  ];
  const migrations = Object.fromEntries(Object.entries(MIGRATIONS).map(bound));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error("The store could not be migrated.", { cause: error });
}
