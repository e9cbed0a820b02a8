/** How far a step of a plan is, over all the journeys that take it. */
import type { ExecutionStep } from "#contract/shapes/executions.ts";
import type { Phase } from "#domain/kinds.ts";

import type { Fold, Group, LaneStep } from "./fold.ts";

export type Progress = NonNullable<ExecutionStep["progress"]>;
type Status = ExecutionStep["status"];

/** Journeys over a selection; null for what is done once. */
export function progressOf(fold: Fold, path: string): Progress | null {
  const lanes = fold.steps.get(path);
  const group = lanes === undefined ? undefined : groupOf(fold, [...lanes.keys()]);
  if (lanes === undefined || group === undefined) return null;
  const isBranch = path.includes(".");
  const statuses = [...lanes.values()].map(({ status }) => status);
  const count = (...wanted: LaneStep["status"][]): number =>
    statuses.filter((status) => wanted.includes(status)).length;
  // Who ended before it came here never will; a branch is taken only by those whom its condition sends there.
  const skipped = isBranch ? 0 : endedWithout(fold, group, lanes);
  return {
    total: isBranch ? lanes.size : group.count - endedBefore(fold, group),
    done: count("completed"),
    failed: count("failed", "uncertain"),
    skipped,
    waiting: count("waiting"),
  };
}

function groupOf({ groups }: Fold, lanes: readonly number[]): Group | undefined {
  const lane = lanes.find((one) => one > 0);
  return lane === undefined
    ? undefined
    : groups.find(({ first, count }) => lane >= first && lane < first + count);
}

function endedWithout(
  { lanes }: Fold,
  { first, count }: Group,
  reached: ReadonlyMap<number, LaneStep>,
): number {
  let n = 0;
  for (let lane = first; lane < first + count; lane += 1) {
    const { end, isOver = false } = lanes.get(lane) ?? {};
    if (!reached.has(lane) && end !== undefined && !isOver) n += 1;
  }
  return n;
}

/** Journeys that got through in the execution that this one tries again are none of its own. */
function endedBefore({ lanes }: Fold, { first, count }: Group): number {
  let n = 0;
  for (let lane = first; lane < first + count; lane += 1)
    if (lanes.get(lane)?.isOver === true) n += 1;
  return n;
}

export function statusOf(fold: Fold, path: string, phase: Phase): Status {
  const lanes = fold.steps.get(path);
  const isOpen = phase === "pending" || phase === "active" || phase === "waiting";
  if (lanes === undefined) return unreached(phase, isOpen);
  const statuses = new Set([...lanes.values()].map(({ status }) => status));
  const progress = progressOf(fold, path);
  if (isOpen && (progress === null ? !hasEnded(statuses) : isUnderWay(progress))) {
    return onlyWaits(statuses, progress) ? "waiting" : "running";
  }
  return ended(statuses);
}

function unreached(phase: Phase, isOpen: boolean): Status {
  if (isOpen) return "pending";
  return phase === "succeeded" ? "skipped" : "notExecuted";
}

function hasEnded(statuses: ReadonlySet<LaneStep["status"]>): boolean {
  return !statuses.has("running") && !statuses.has("waiting");
}

function isUnderWay({ total, done, failed, skipped }: Progress): boolean {
  return done + failed + skipped < total;
}

function onlyWaits(statuses: ReadonlySet<LaneStep["status"]>, progress: Progress | null): boolean {
  if (!statuses.has("waiting") || statuses.has("running")) return false;
  return (
    progress === null ||
    progress.done + progress.failed + progress.skipped + progress.waiting === progress.total
  );
}

/** One journey that got through makes the others' faults warnings. */
function ended(statuses: ReadonlySet<LaneStep["status"]>): Status {
  if (statuses.has("uncertain")) return "uncertain";
  if (statuses.has("failed")) return statuses.has("completed") ? "warning" : "failed";
  return statuses.has("completed") ? "completed" : "notExecuted";
}
