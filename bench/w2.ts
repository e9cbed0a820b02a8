/** W2: one execution after another through the library, from start to result. */
import { open } from "stint";

import { quantile, round, type Figures } from "./figures.ts";
import { machine } from "./meter.ts";
import { threeSteps } from "./w1.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 10_000;
const WARM_UP = 500;

export async function oneAfterAnother(bench: Bench): Promise<Figures> {
  const { folder, say, executions = EXECUTIONS } = bench;
  await using stint = await open({ data: folder, programs: [threeSteps] });
  say(`W2: ${executions} executions, one after another`);
  for (let index = 0; index < WARM_UP; index += 1) await stint.run(threeSteps, { index });
  const took = new Float64Array(executions);
  for (let index = 0; index < executions; index += 1) {
    const startedAt = performance.now();
    await stint.run(threeSteps, { index });
    took[index] = performance.now() - startedAt;
  }
  return {
    workload: "W2",
    p50Ms: round(quantile(took, 0.5), 3),
    p99Ms: round(quantile(took, 0.99), 3),
    maxMs: round(quantile(took, 1), 3),
    executions,
    sync: "full",
    ...machine(),
  };
}
