/** One execution step by step, folded from its facts. */
import type { ExecutionStep } from "#contract/shapes/executions.ts";
import { phaseOf } from "#domain/kinds.ts";
import { type Plan, walkPlan } from "#domain/plan.ts";
import { AUTOMATION } from "#drivers/automation/automation.ts";
import type { AutomationInput } from "#drivers/automation/input.ts";
import type { MovedTo } from "#drivers/automation/moving.ts";
import { readBeginning } from "#engine/created.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { Ends } from "./ends.ts";
import type { Folds } from "./folds.ts";
import { lastOf, showFault } from "./item.ts";
import { phraseSteps } from "./phrases.ts";
import { readAnswers, stepsOfPlan } from "./plan-steps.ts";
import { stepsOfProgram } from "./program-steps.ts";
import type { ExecutionRow } from "./rows.ts";

export interface DescribeNeeds {
  readonly ledger: Ledger;
  readonly folds: Folds;
}

export async function readSteps(
  { ledger, folds }: DescribeNeeds,
  row: ExecutionRow,
  ends: Ends,
): Promise<ExecutionStep[]> {
  const fold = await folds.of(row.no);
  const answers = await readAnswers(ledger, row.ws, row.no, fold);
  const plan = await readPlan({ ledger, folds }, row);
  if (plan === null) return row.driver === AUTOMATION ? [] : stepsOfProgram(fold, answers);
  const phase = phaseOf(row.kind, row.state) ?? "pending";
  return markFailed(stepsOfPlan(plan, fold, phase, answers), ends);
}

/** The plan that its journeys go by: after a move the new one, as soon as one of them has taken it. */
async function readPlan(
  { ledger, folds }: DescribeNeeds,
  { driver, no }: ExecutionRow,
): Promise<Plan | null> {
  const began = driver === AUTOMATION ? await readBeginning(ledger, no) : undefined;
  const first = (began?.input as AutomationInput | undefined)?.plan ?? null;
  const last = began?.moves.at(-1) as MovedTo | undefined;
  if (last === undefined) return first;
  const { moved, lanes } = await folds.of(no);
  return moved > 0 || lanes.size === 0 ? last.plan : first;
}

/**
 * The fault that ended the execution fails its step: also where no journey came to it, and where it had gone well for
 * others. A contact's fault ends no more than its journey, and stays a warning.
 */
function markFailed(steps: ExecutionStep[], ends: Ends): ExecutionStep[] {
  const fault = lastOf(ends, "failed")?.fault;
  if (fault?.step === undefined) return steps;
  const isFailed = steps.some(({ status }) => status === "failed");
  return steps.map((step) => {
    const { status } = step;
    const isEnded = fault.scope !== "contact" && status === "warning";
    const isThis = step.path === fault.step && (isEnded || (!isFailed && status === "notExecuted"));
    return isThis ? { ...step, status: "failed", error: showFault(fault) } : step;
  });
}

export interface Standing {
  readonly stepsTotal: number | null;
  readonly stepsDone: number;
  /** While it runs: what is under way. */
  readonly message: string | null;
}

/** Only a program shows what it does as steps; what an agent does beside its plan is its own affair. */
export function withoutPlan({ driver, steps }: ExecutionRow): Standing {
  return driver === AUTOMATION
    ? { stepsTotal: 0, stepsDone: 0, message: null }
    : { stepsTotal: null, stepsDone: steps, message: null };
}

const DONE: ReadonlySet<ExecutionStep["status"]> = new Set(["completed", "warning", "skipped"]);

/** How far the steps are, without what they came to: for lists and for who watches. */
export async function readStanding(
  { ledger, folds }: DescribeNeeds,
  row: ExecutionRow,
): Promise<Standing> {
  const plan = await readPlan({ ledger, folds }, row);
  if (plan === null) return withoutPlan(row);
  const phase = phaseOf(row.kind, row.state) ?? "pending";
  const fold = await folds.of(row.no);
  const steps = stepsOfPlan(plan, fold, phase, { of: () => undefined, nameOf: () => null });
  return standingOf(steps, row);
}

export function standingOf(steps: readonly ExecutionStep[], { state }: ExecutionRow): Standing {
  const stepsDone = steps.filter(({ status }) => DONE.has(status)).length;
  return {
    stepsTotal: steps.length,
    stepsDone,
    message: state === "running" ? phraseSteps(steps) : null,
  };
}

/** People whom a step of its plan has sent an email; one that goes to nobody's journey counts as one. */
export async function countMailed(
  { ledger, folds }: DescribeNeeds,
  row: ExecutionRow,
): Promise<number> {
  const plan = await readPlan({ ledger, folds }, row);
  if (plan === null) return 0;
  const { steps, lanes } = await folds.of(row.no);
  const mails = [...walkPlan(plan)].filter(({ planStep }) => planStep.type === "send_email");
  const people = mails.flatMap(({ path }) =>
    [...(steps.get(path) ?? [])].flatMap(([lane, { status }]) =>
      status === "completed" ? [lanes.get(lane)?.entity ?? path] : [],
    ),
  );
  return new Set(people).size;
}
