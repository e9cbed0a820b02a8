/** What is left of pruned executions, what is to be pruned, and where it went. */
import type { RollupsTable, SketchesTable, TotalsTable } from "./ledger.ts";

interface PruningTable {
  no: number;
}

interface PrunedTable {
  ws: number;
  /** Of the last fact that was pruned: nothing up to here can be told without a gap. */
  position: number;
}

/** Who was on a journey of an agent that is pruned by now: some agents enrol nobody twice. */
interface EnrolledTable {
  agent: number;
  entity: string;
  ws: number;
}

interface RetentionTable {
  ws: number;
  kind: string;
  /** Null: they are kept for ever. */
  days: number | null;
  archive: number;
}

export interface ArchivesTable {
  ws: number;
  /** Below the archive's folder. */
  file: string;
  kind: string;
  executions: number;
  facts: number;
  bytes: number;
  sha256: string;
  /** Over what each execution's record says, whatever compressed it. */
  digest: string;
  /** The least and the greatest id, without its prefix. */
  least: string;
  most: string;
  first_end: number;
  last_end: number;
  made_at: number;
  /** 1: all that it holds is out of the ledger. */
  pruned: number;
}

/** What a person's payloads in archives are encrypted with; erasing the person deletes it. */
interface SubjectKeysTable {
  ws: number;
  subject: string;
  /** Hexadecimal. */
  key: string;
}

/** Who was erased: what comes in late about them is erased too. */
interface ErasuresTable {
  ws: number;
  subject: string;
  at: number;
}

export interface RetentionTables {
  rollup_base: RollupsTable;
  sketch_base: SketchesTable;
  total_base: TotalsTable;
  pruning: PruningTable;
  pruned: PrunedTable;
  enrolled: EnrolledTable;
  retention: RetentionTable;
  archives: ArchivesTable;
  subject_keys: SubjectKeysTable;
  erasures: ErasuresTable;
}
