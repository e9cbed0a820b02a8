import type { CrmTables } from "./tables/crm.ts";
import type { LedgerTables } from "./tables/ledger.ts";
import type { MemoryTables } from "./tables/memory.ts";
import type { ModelTables } from "./tables/models.ts";
import type { RetentionTables } from "./tables/retention.ts";
import type { WorkspaceTables } from "./tables/workspace.ts";

/** Every table, as Kysely sees it. Times are epoch milliseconds, booleans 0 or 1, JSON is text. */
export interface Tables
  extends LedgerTables, WorkspaceTables, CrmTables, MemoryTables, RetentionTables, ModelTables {}
