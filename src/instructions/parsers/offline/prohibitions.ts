import type { PlanStep } from "#domain/plan.ts";

/** "Don't email anyone at Acme": a skip that holds for the whole text, wherever it was written. */
export interface Prohibition {
  readonly skip: PlanStep;
  /** Its own place in the plan too, where a wait stands before it: "… wait 3 days, don't email anyone who replied, …". */
  readonly again: number | undefined;
}

/** Puts every prohibition right behind each search, and first where something acts on what no search selected. */
export function placeProhibitions(
  steps: readonly PlanStep[],
  prohibitions: readonly Prohibition[],
): readonly PlanStep[] {
  if (prohibitions.length === 0) return steps;
  const skips = prohibitions.map(({ skip }) => skip);
  const placed = behindSearches(withAgain(steps, prohibitions), skips);
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
  for (const { skip, again } of prohibitions.toReversed())
    if (again !== undefined && again < steps.length) placed.splice(again, 0, skip);
  return placed;
}

function behindSearches(
  steps: readonly PlanStep[],
  skips: readonly PlanStep[],
): readonly PlanStep[] {
  return steps.flatMap((planStep): readonly PlanStep[] => {
    if (isSearch(planStep)) return [planStep, ...skips];
    if (planStep.type !== "if") return [planStep];
    const then = behindSearches(planStep.then, skips);
    if (planStep.else === undefined) return [{ ...planStep, then: [...then] }];
    return [{ ...planStep, then: [...then], else: [...behindSearches(planStep.else, skips)] }];
  });
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
