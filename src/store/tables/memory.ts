/** What agents remember: lists of entities, or a value for each. */
export interface MemoryTable {
  ws: number;
  agent: number;
  /** `agent` where it lasts, else the id of the execution. */
  scope: string;
  key: string;
  /** The entity that was added; empty for what an execution remembers for itself. */
  item: string;
  value: string | null;
}

export interface MemoryTables {
  memory: MemoryTable;
}
