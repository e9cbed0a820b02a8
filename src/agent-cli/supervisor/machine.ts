import { type Processes, shareLooks } from "./processes.ts";
import { linuxProcesses } from "./tables/linux.ts";
import { psProcesses } from "./tables/ps.ts";

/** The processes of the machine that this runs on. */
export const machineProcesses: Processes = shareLooks(
  process.platform === "linux" ? linuxProcesses : psProcesses,
);
