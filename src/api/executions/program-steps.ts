import type { ExecutionStep } from "#contract/shapes/executions.ts";

import { showTime, showTimeOr } from "../times.ts";
import type { Fold, LaneStep } from "./fold.ts";
import { showFault } from "./item.ts";
import type { Answers } from "./plan-steps.ts";

/** A program has no plan: its steps are those that it came to, in the order in which it did. */
export function stepsOfProgram({ steps }: Fold, answers: Answers): ExecutionStep[] {
  const own = [...steps].flatMap(([path, lanes]) => {
    const step = lanes.get(0);
    return step === undefined ? [] : [{ path, step }];
  });
  return own.map(({ path, step }, index) => showStep(path, step, index + 1, answers));
}

function showStep(path: string, step: LaneStep, number: number, answers: Answers): ExecutionStep {
  const { status, startedAt, endedAt, fault, answer } = step;
  return {
    number,
    path,
    type: "step",
    label: path,
    status,
    startedAt: showTime(startedAt),
    completedAt: showTimeOr(endedAt),
    durationMs: endedAt === null ? null : endedAt - startedAt,
    params: null,
    result: answer === undefined ? null : (answers.of(0, answer) ?? null),
    error: fault === undefined ? null : showFault(fault),
    warnings: [],
    progress: null,
    span: null,
  };
}
