/** What happened (facts), and what follows from it (everything else). See the migration for reasons. */
import type { Generated } from "kysely";

export interface MetaTable {
  key: string;
  value: string;
}

/** One append: `count` facts of one stream (no, lane), the last of them numbered `version`. */
export interface FactsTable {
  /** Position of the last of its facts; positions advance by count. */
  position: number;
  no: number;
  lane: number;
  version: number;
  count: number;
  /** Schema version of `data`; older ones are upcast when read. */
  v: number;
  epoch: number;
  at: number;
  /** JSON: an array of facts. */
  data: string;
}

export interface PayloadsTable {
  no: number;
  lane: number;
  version: number;
  part: number;
  /** Whose data it is: a contact's id; erasing the subject empties the body. */
  subject: string | null;
  /** JSON; null once erased. */
  body: string | null;
}

export interface LiveTable {
  no: number;
  lane: number;
  id: string;
  ws: number;
  kind: string;
  agent: number;
  target: string | null;
  driver: string;
  driver_version: string;
  state: string;
  /** The step at which a replay did not match; it waits for a deploy. */
  blocked: string | null;
  /** Since when. */
  blocked_at: number | null;
  /** Who paused it, until somebody lets it go on; lane 0 only. */
  paused_by: string | null;
  epoch: number;
  /** The node that runs it, with the number of that node's life; null: nobody. */
  owner: string | null;
  incarnation: number;
  wake: number;
  /** When somebody should look; null: when a signal comes. */
  ready_at: number | null;
  trigger: string;
  label: string | null;
  parent_no: number | null;
  created_at: number;
  started_at: number | null;
}

export interface JourneysTable {
  no: number;
  lane: number;
  ws: number;
  agent: number;
  entity: string | null;
  state: string;
  plan_step: string | null;
  ended_at: number | null;
}

export interface InboxTable {
  seq: Generated<number>;
  no: number;
  lane: number;
  kind: string;
  body: string;
  at: number;
  command_key: string | null;
}

export interface GuardsTable {
  key: string;
  no: number;
}

export interface CommandsTable {
  ws: number;
  key: string;
  no: number;
  answer: string;
  at: number;
}

export interface ExecutionsTable {
  no: number;
  id: string;
  ws: number;
  kind: string;
  agent: number;
  target: string | null;
  driver: string;
  driver_version: string;
  state: string;
  version: number;
  epoch: number;
  trigger: string;
  label: string | null;
  parent_no: number | null;
  created_at: number;
  started_at: number | null;
  ended_at: number;
  /** Milliseconds spent waiting for timers and people. */
  waited_ms: number;
  steps: number;
  retries: number;
  warnings: number;
  error_code: string | null;
  /** JSON: counts by name, such as emails sent. */
  figures: string | null;
  /** Nano-dollars, as far as they are known; null: none are. */
  cost: number | null;
  /** How often a cost was not known; null: nothing was spent. */
  cost_unknown: number | null;
  /** JSON: tokens by what they were for; null: nothing was spent. */
  tokens: string | null;
}

export interface RollupsTable {
  ws: number;
  agent: number;
  kind: string;
  state: string;
  /** `h` an hour (epoch hours), `d` a day of the workspace's zone (days since 1970-01-01). */
  span: string;
  start: number;
  n: number;
  duration_ms: number;
  active_ms: number;
  steps: number;
  retries: number;
  warnings: number;
}

export interface SketchesTable {
  ws: number;
  agent: number;
  kind: string;
  span: string;
  start: number;
  /** Durations by bucket: see `domain/sketch.ts`. */
  counts: Uint8Array;
}

/** Sums by name: figures such as `emailsSent`, and `spent.…` (see `ledger/contribution.ts`). */
export interface TotalsTable {
  ws: number;
  agent: number;
  kind: string;
  span: string;
  start: number;
  name: string;
  n: number;
}

export interface ProjectionsTable {
  name: string;
  position: number;
  code_v: number;
}

/** Executions that are numbered among their like. */
export interface CountedTable {
  series: string;
  n: number;
  no: number;
}

export interface LedgerTables {
  meta: MetaTable;
  facts: FactsTable;
  payloads: PayloadsTable;
  live: LiveTable;
  journeys: JourneysTable;
  inbox: InboxTable;
  guards: GuardsTable;
  commands: CommandsTable;
  executions: ExecutionsTable;
  rollups: RollupsTable;
  sketches: SketchesTable;
  totals: TotalsTable;
  projections: ProjectionsTable;
  counted: CountedTable;
}
