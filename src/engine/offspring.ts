/** What an execution says to its open children. Each word is on record before any of them hears it. */
import type { Core } from "./core.ts";
import type { History } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";

/** The ids of those whose end is not on record. */
function openChildren({ paths }: History): readonly string[] {
  const open: string[] = [];
  for (const { child, done, failed } of paths.values())
    if (child !== undefined && done === undefined && failed === undefined) open.push(child);
  return open;
}

/** Nothing outlives its parent, however that ends. Undefined: nothing is open. */
export function cancelOffspring(core: Core, run: LaneRun, by: string): Promise<void> | undefined {
  const open = openChildren(run.history);
  if (open.length === 0) return undefined;
  return tellAll(core, run, open, "cancel", { by, reason: "Its parent has ended." });
}

/** Tells them the last word on whether it may go on; one that has heard it is told nothing new. */
export async function passOnPause(core: Core, run: LaneRun): Promise<void> {
  const { pause } = run.history;
  const open = openChildren(run.history);
  if (pause === undefined || open.length === 0) return;
  const kind = pause.on ? "pause" : "resume";
  const key = `parent ${run.stream.no}.${pause.count}`;
  await tellAll(core, run, open, kind, { by: pause.by, through: "parent" }, key);
}

async function tellAll(
  core: Core,
  run: LaneRun,
  ids: readonly string[],
  kind: string,
  body: unknown,
  key?: string,
): Promise<void> {
  await run.stream.flush();
  await Promise.all(ids.map((id) => core.tell(id, kind, body, key)));
}
