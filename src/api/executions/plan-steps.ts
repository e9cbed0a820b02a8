/** The steps of a plan as an execution has gone through them, with what they came to. */
import type { ExecutionStep } from "#contract/shapes/executions.ts";
import { entryOf } from "#domain/catalogue.ts";
import type { Phase } from "#domain/kinds.ts";
import { type PlacedStep, type Plan, walkPlan } from "#domain/plan.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { namesOf } from "../crm/show.ts";
import { showTime, showTimeOr } from "../times.ts";
import type { AnswerAt, Fold, LaneStep } from "./fold.ts";
import { showFault } from "./item.ts";
import { progressOf, statusOf } from "./step-status.ts";

/** What is shown of each journey's answer to a step; the rest is to be found in the journeys themselves. */
const MOST_ANSWERS = 100;

export interface Answers {
  /** The answer of a step in a lane; undefined once its data was erased. */
  readonly of: (lane: number, answer: AnswerAt) => unknown;
  /** What the entity of a lane is called. */
  readonly nameOf: (lane: number) => string | null;
}

export function stepsOfPlan(
  plan: Plan,
  fold: Fold,
  phase: Phase,
  answers: Answers,
): ExecutionStep[] {
  return [...walkPlan(plan)].map((placed, index) =>
    showStep(placed, index + 1, fold, phase, answers),
  );
}

function showStep(
  { path, planStep }: PlacedStep,
  number: number,
  fold: Fold,
  phase: Phase,
  answers: Answers,
): ExecutionStep {
  const lanes = fold.steps.get(path) ?? new Map<number, LaneStep>();
  const status = statusOf(fold, path, phase);
  const answered = answersOf(lanes, answers);
  return {
    number,
    path,
    type: planStep.type,
    label: entryOf(planStep.type).label,
    status,
    ...timesOf(lanes, status),
    params: planStep.params,
    result: resultOf(answered),
    error: errorOf(lanes, status),
    warnings: warningsOf(lanes, answered),
    progress: progressOf(fold, path),
    span: planStep.span ?? null,
  };
}

const ENDED: ReadonlySet<ExecutionStep["status"]> = new Set([
  "completed",
  "failed",
  "warning",
  "uncertain",
]);

function timesOf(
  lanes: ReadonlyMap<number, LaneStep>,
  status: ExecutionStep["status"],
): Pick<ExecutionStep, "startedAt" | "completedAt" | "durationMs"> {
  let startedAt = Number.POSITIVE_INFINITY;
  let endedAt = 0;
  for (const lane of lanes.values()) {
    startedAt = Math.min(startedAt, lane.startedAt);
    endedAt = Math.max(endedAt, lane.endedAt ?? 0);
  }
  if (lanes.size === 0) return { startedAt: null, completedAt: null, durationMs: null };
  const isOver = ENDED.has(status) && endedAt > 0;
  return {
    startedAt: showTime(startedAt),
    completedAt: showTimeOr(isOver ? endedAt : null),
    durationMs: isOver ? endedAt - startedAt : null,
  };
}

/** The first journey's fault stands for the step's where it failed; each journey has its own beside it. */
function errorOf(
  lanes: ReadonlyMap<number, LaneStep>,
  status: ExecutionStep["status"],
): ExecutionStep["error"] {
  if (status !== "failed" && status !== "warning" && status !== "uncertain") return null;
  const fault = [...lanes.values()].find(
    (lane) => lane.status !== "completed" && lane.fault !== undefined,
  )?.fault;
  return fault === undefined ? null : showFault(fault);
}

interface Answered {
  readonly lane: number;
  readonly name: string | null;
  readonly answer: unknown;
}

function answersOf(lanes: ReadonlyMap<number, LaneStep>, answers: Answers): readonly Answered[] {
  return [...lanes]
    .slice(0, MOST_ANSWERS)
    .flatMap(([lane, { answer }]) =>
      answer === undefined
        ? []
        : [{ lane, name: answers.nameOf(lane), answer: answers.of(lane, answer) ?? null }],
    );
}

/** Done once: its answer. Over a selection: each one's, by name. */
function resultOf(answered: readonly Answered[]): unknown {
  const [first] = answered;
  if (first === undefined) return null;
  if (first.lane === 0) return first.answer;
  return answered.map(({ name, answer }) => ({ name, result: answer }));
}

function warningsOf(
  lanes: ReadonlyMap<number, LaneStep>,
  answered: readonly Answered[],
): ExecutionStep["warnings"] {
  const said = answered.flatMap(({ answer }) => warningsIn(answer));
  const faults = [...lanes.values()].flatMap(({ status, fault }) =>
    status === "failed" && fault !== undefined ? [fault.message] : [],
  );
  const counts = new Map<string, number>();
  for (const message of [...said, ...faults]) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts].map(([message, count]) => ({ message, count }));
}

function warningsIn(answer: unknown): readonly string[] {
  const { warnings } = (answer ?? {}) as { readonly warnings?: unknown };
  return Array.isArray(warnings)
    ? warnings.filter((one): one is string => typeof one === "string")
    : [];
}

/** Reads what the lanes that are shown have answered. */
export async function readAnswers(
  ledger: Ledger,
  ws: number,
  no: number,
  fold: Fold,
): Promise<Answers> {
  const shown = [...fold.lanes].slice(0, MOST_ANSWERS);
  const bodies = await readBodies(ledger, no, [0, ...shown.map(([lane]) => lane)]);
  const names = await namesOf(
    ledger.store,
    ws,
    shown.flatMap(([, { entity }]) => entity ?? []),
  );
  return {
    of: (lane, { version, part, inline }) =>
      part === undefined ? inline : bodies.get(`${lane}.${version}.${part}`),
    nameOf: (lane) => {
      const entity = fold.lanes.get(lane)?.entity;
      return entity === null || entity === undefined ? null : (names.get(entity)?.name ?? entity);
    },
  };
}

async function readBodies(
  { store }: Ledger,
  no: number,
  lanes: readonly number[],
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await store.db
    .selectFrom("payloads")
    .select(["lane", "version", "part", "body"])
    .where("no", "=", no)
    .where("lane", "in", lanes)
    .execute();
  return new Map(
    rows.map(({ lane, version, part, body }) => [
      `${lane}.${version}.${part}`,
      body === null ? undefined : (JSON.parse(body) as unknown),
    ]),
  );
}
