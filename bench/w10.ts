/** W10: the storage path alone, with all projections. */
import { join } from "node:path";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import type { Figures } from "./figures.ts";
import { keepInFlight } from "./in-flight.ts";
import { Meter } from "./meter.ts";
import { appendExecution } from "./storage.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 2_000_000;
const IN_FLIGHT = 2000;

export async function storagePath(bench: Bench): Promise<Figures> {
  const { folder, say, executions = EXECUTIONS, inFlight = IN_FLIGHT } = bench;
  const file = join(folder, "stint.db");
  const ledger = await openSqliteLedger(file);
  const meter = new Meter({ workload: "W10", total: executions, say, file });
  await keepInFlight(executions, inFlight, async (index) => {
    await appendExecution(ledger, index);
    meter.count();
  });
  const figures = meter.stop();
  await ledger.close();
  return { ...figures, inFlight, sync: "full" };
}
