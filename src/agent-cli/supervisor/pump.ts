/** What gives a process the words that stand in its file. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { send } from "./ending.ts";
import { FILES } from "./launch.ts";
import type { Process } from "./processes.ts";

/** Then the process's standard input ends. A pump that is gone, or whose number another has by now, is let be. */
export function stopPump(folder: string, members: readonly Process[]): void {
  const pid = pumpOf(folder);
  if (!members.some((one) => one.pid === pid)) return;
  send(pid, "SIGKILL");
  rmSync(join(folder, FILES.pump), { force: true });
}

function pumpOf(folder: string): number {
  try {
    return Number(readFileSync(join(folder, FILES.pump), "utf8"));
  } catch {
    return Number.NaN; // it has not begun, or was stopped
  }
}
