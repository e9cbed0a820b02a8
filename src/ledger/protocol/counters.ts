import { query, reading, type Protocol } from "../statement.ts";

/** The numbers given out last. One writer has them, so they need no sequence. */
export interface Counters {
  no: number;
  position: number;
}

const LAST = reading(
  `select coalesce((select max(position) from facts), 0) as position,
     max(coalesce((select max(no) from live), 0), coalesce((select max(no) from executions), 0)) as no`,
);
const LAST_POSTGRES = reading(LAST.sql.replace("max(coalesce", "greatest(coalesce"));

/** Reads them from the store: when a writer opens it, and at each batch where several may write. */
export function* readCounters(dialect: "sqlite" | "postgres"): Protocol<Counters> {
  const [row] = yield* query<{ no: number; position: number }>(
    dialect === "sqlite" ? LAST : LAST_POSTGRES,
    [],
  );
  return { no: Number(row?.no ?? 0), position: Number(row?.position ?? 0) };
}
