/** W5: `kill -9` with many executions in flight, then a restart: everything ends, nothing happens twice. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { startChild } from "./child.ts";
import { round, type Figures } from "./figures.ts";
import { machine } from "./meter.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 10_000;
const CHILD = new URL("w5-child.ts", import.meta.url).pathname;

export async function killAndRestart(bench: Bench): Promise<Figures> {
  const { folder, say, executions = EXECUTIONS } = bench;
  const data = join(folder, "data");
  const effects = join(folder, "effects");
  const args = [data, effects, String(executions)];

  const first = startChild(CHILD, ["start", ...args]);
  const before = await first.line(/^in flight/);
  await first.kill();
  const effectsBeforeKill = countEffects(effects).happened;
  say(`W5: killed with ${before}`);

  const restartedAt = Date.now();
  const second = startChild(CHILD, ["go-on", ...args]);
  const progressAt = Number((await second.line(/^progress /)).split(" ")[1]);
  const { completed, lost } = JSON.parse((await second.line(/^\{/)).toString()) as {
    readonly completed: number;
    readonly lost: number;
  };
  const completedAt = Date.now();
  await second.done();
  const { happened, doubled } = countEffects(effects);
  return {
    workload: "W5",
    executions,
    inFlightAtKill: Number(/in flight (\d+)/.exec(before)?.[1]),
    completed,
    lost,
    onceEffects: happened,
    onceEffectsBeforeKill: effectsBeforeKill,
    onceDoubled: doubled,
    firstProgressMs: progressAt - restartedAt,
    allCompletedMs: completedAt - restartedAt,
    perSecond: round((completed * 1000) / (completedAt - restartedAt)),
    sync: "full",
    ...machine(),
  };
}

/** A line is one effect, named by its key. */
function countEffects(file: string): { readonly happened: number; readonly doubled: number } {
  const keys = readFileSync(file, "utf8")
    .split("\n")
    .filter((key) => key !== "");
  return { happened: keys.length, doubled: keys.length - new Set(keys).size };
}
