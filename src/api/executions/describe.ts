/** One execution step by step, folded from its facts. */
import type { ExecutionStep } from "#contract/shapes/executions.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Agents } from "#workspace/agents.ts";

import { showTime } from "../times.ts";
import { type Ends, showFault } from "./item.ts";
import type { ExecutionRow } from "./rows.ts";

export interface Description {
  readonly steps: ExecutionStep[];
  readonly stepsDone: number;
  readonly stepsTotal: number | null;
  readonly instructions: string | null;
}

export interface DescribeNeeds {
  readonly ledger: Ledger;
  readonly agents: Pick<Agents, "version">;
}

export async function describe(
  { ledger }: DescribeNeeds,
  row: ExecutionRow,
  _ends: Ends,
): Promise<Description> {
  const steps = await stepsOfProgram(ledger, row);
  const stepsDone = steps.filter(({ status }) => status === "completed").length;
  return { steps, stepsDone, stepsTotal: null, instructions: null };
}

/** A program has no plan: its steps are those that it came to, in the order in which it did. */
async function stepsOfProgram(ledger: Ledger, { no }: ExecutionRow): Promise<ExecutionStep[]> {
  const steps = new Map<string, ExecutionStep>();
  for (const { at, facts } of await ledger.read(no, 0)) {
    for (const fact of facts) {
      if (fact.t !== "stepDone" && fact.t !== "stepFailed") continue;
      const { path, ms } = fact;
      const failed = fact.t === "stepFailed" ? fact : undefined;
      const status =
        failed === undefined ? "completed" : failed.retryAt === undefined ? "failed" : "running";
      steps.set(path, {
        number: steps.get(path)?.number ?? steps.size + 1,
        path,
        type: "step",
        label: path,
        status,
        startedAt: showTime(at - ms),
        completedAt: status === "running" ? null : showTime(at),
        durationMs: status === "running" ? null : ms,
        params: null,
        result: fact.t === "stepDone" ? (fact.r ?? null) : null,
        error: failed === undefined ? null : showFault(failed.fault),
        warnings: [],
        progress: null,
        span: null,
      });
    }
  }
  return [...steps.values()];
}
