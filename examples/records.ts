/**
 * An agent that works in a project folder, on record in the folder's own files (docs/records.md). It
 * outlives this program: run it again, and what was left open is found first.
 *
 *   node examples/records.ts ./app "Fix the failing tests"
 */
import { setTimeout as pause } from "node:timers/promises";

import { openRecords } from "stint/records";

const [project = ".", prompt = "Say hello"] = process.argv.slice(2);
const { specManagerService, recordService, metricsService } = openRecords({ project });

const { found, ended, interrupted } = await specManagerService.recoverAgents();
console.log(`${found.length} at work, ${ended.length} ended, ${interrupted.length} interrupted`);

const before = await metricsService.getMetricsForSpec("login");
const { agentId } = await specManagerService.startAgent({
  specId: "login",
  phase: "impl",
  command: "claude",
  args: ["-p", prompt, "--output-format", "stream-json", "--verbose"],
});

// Its end is recorded by itself: first in its record, then in the metrics of its spec.
let now = before;
while (now.totalAiTimeMs === before.totalAiTimeMs) {
  await pause(100);
  now = await metricsService.getMetricsForSpec("login");
}
const record = await recordService.readRecord("login", agentId);
const last = record?.executions?.at(-1);
console.log(`${record?.status}: "${last?.prompt}" from ${last?.startedAt} to ${last?.endedAt}`);
const [spent] = record?.spent ?? [];
console.log(`nano-dollars: ${spent?.nano ?? "not known"}, by ${spent?.costSource ?? "nobody"}`);
