import type { Condition, PlanStep } from "#domain/plan.ts";

import { isReaction } from "./reactions.ts";

type Skip = Extract<PlanStep, { readonly type: "skip" }>;

/** "Don't email anyone at Acme": a skip that holds for the whole text, wherever it was written. */
export interface Prohibition {
  readonly skip: Skip;
  /** Its own place in the plan too, where a wait stands before it: "… wait 3 days, don't email anyone who replied, …". */
  readonly again: number | undefined;
  /** Whether it holds behind every wait, whatever it asks: "Exit criteria: tagged Customer". */
  readonly isAlways: boolean;
}

/**
 * Puts every prohibition right behind each search, and first where something acts on what no search selected. What people do in
 * the meantime ("replied") holds behind every wait, too.
 */
export function placeProhibitions(
  steps: readonly PlanStep[],
  prohibitions: readonly Prohibition[],
): readonly PlanStep[] {
  if (prohibitions.length === 0) return steps;
  const skips = prohibitions.map(({ skip }) => skip);
  const lasting = prohibitions.filter(isLasting).map(({ skip }) => skip);
  const placed = behind(withAgain(steps, prohibitions), { skips, lasting }, true);
  return hasSearch(steps) && searchBeforeActs(steps, false) !== "late"
    ? placed
    : [...skips, ...placed];
}

export function hasWaitSinceSearch(steps: readonly PlanStep[]): boolean {
  const search = steps.findLastIndex(isSearch);
  return steps.slice(search + 1).some(isOrHoldsWait);
}

/** What was written last has nothing behind it to keep from. */
function withAgain(
  steps: readonly PlanStep[],
  prohibitions: readonly Prohibition[],
): readonly PlanStep[] {
  const placed = [...steps];
  for (const prohibition of prohibitions.toReversed()) {
    const { skip, again } = prohibition;
    if (again !== undefined && again < steps.length && !isLasting(prohibition))
      placed.splice(again, 0, skip);
  }
  return placed;
}

/** What may come about in the meantime. */
function isLasting({ skip, isAlways }: Prohibition): boolean {
  return isAlways || isReaction(skip.params);
}

interface Placed {
  readonly skips: readonly PlanStep[];
  /** Those that hold behind every wait. */
  readonly lasting: readonly PlanStep[];
}

function behind(steps: readonly PlanStep[], placed: Placed, isLast: boolean): readonly PlanStep[] {
  const done: PlanStep[] = [];
  let due: readonly PlanStep[] = [];
  steps.forEach((planStep, index) => {
    const isEnd = isLast && index === steps.length - 1;
    if (planStep.type !== "wait") done.push(...due.filter((skip) => !asksAgain(planStep, skip)));
    due = planStep.type === "if" ? due.filter((skip) => asksAgain(planStep, skip)) : [];
    done.push(planStep.type === "if" ? behindInside(planStep, placed, isEnd) : planStep);
    if (isSearch(planStep)) done.push(...placed.skips);
    if (planStep.type === "wait") due = placed.lasting;
  });
  return isLast ? done : [...done, ...due];
}

/** Whether this asks the same. */
function asksAgain(next: PlanStep, skip: PlanStep): boolean {
  if (next.type !== "if" && next.type !== "skip") return false;
  const asked = questionsOf(next.params);
  return questionsOf(skip.params as Condition).every((one) => asked.includes(one));
}

/** What is asked, with what it is held against: whether somebody replied is one question either way. */
function questionsOf(condition: Condition): readonly string[] {
  if ("all" in condition) return condition.all.flatMap(questionsOf);
  if ("any" in condition) return condition.any.flatMap(questionsOf);
  if ("not" in condition) return questionsOf(condition.not);
  const { field, value } = condition;
  return [typeof value === "boolean" ? field : JSON.stringify([field, value])];
}

type If = Extract<PlanStep, { readonly type: "if" }>;

function behindInside(branch: If, placed: Placed, isLast: boolean): If {
  const then = [...behind(branch.then, placed, isLast)];
  if (branch.else === undefined) return { ...branch, then };
  return { ...branch, then, else: [...behind(branch.else, placed, isLast)] };
}

/** Whether a search has made the selection once these are done; "late" when something acted on one that none had made. */
function searchBeforeActs(steps: readonly PlanStep[], isSearched: boolean): boolean | "late" {
  let state = isSearched;
  for (const planStep of steps) {
    if (isSearch(planStep)) state = true;
    if (!state && isActing(planStep)) return "late";
    if (planStep.type !== "if") continue;
    const then = searchBeforeActs(planStep.then, state);
    const other = searchBeforeActs(planStep.else ?? [], state);
    if (then === "late" || other === "late") return "late";
    state = then && other;
  }
  return state;
}

const IDLE: ReadonlySet<string> = new Set(["web_search", "wait", "stop", "notify", "skip", "if"]);

function isActing({ type }: PlanStep): boolean {
  return !IDLE.has(type);
}

function isSearch({ type }: PlanStep): boolean {
  return type.startsWith("search_");
}

function hasSearch(steps: readonly PlanStep[]): boolean {
  return steps.some(
    (planStep) =>
      isSearch(planStep) ||
      (planStep.type === "if" && (hasSearch(planStep.then) || hasSearch(planStep.else ?? []))),
  );
}

function isOrHoldsWait(planStep: PlanStep): boolean {
  if (planStep.type !== "if") return planStep.type === "wait";
  return planStep.then.some(isOrHoldsWait) || (planStep.else ?? []).some(isOrHoldsWait);
}
