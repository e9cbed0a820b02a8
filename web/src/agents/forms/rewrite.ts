/**
 * A form's change as a change of words. The words of the step alone are written anew, in the few ways in which they may
 * stand there; whoever applies one reads the text again first and takes it only if it becomes the plan that is wanted.
 */
import { type IfStep, type Plan, type PlanStep, planStepPath, type Span } from "#domain/plan.ts";

import { type Edit, lowered, removeWords, replaceWords } from "../edits.ts";

type Steps = readonly PlanStep[];

/** What a form wants: words that become that plan, and the ways in which they may be written. */
export interface Wanted {
  readonly plan: Plan;
  readonly ways: readonly Edit[];
  /** What would be written, for a person to write where the page finds no place for it. */
  readonly words: string;
}

/** The plan with one step changed (its branches stay), or without it. */
export function withStep(plan: Plan, path: string, changed: PlanStep | undefined): Plan {
  return { ...plan, steps: changeSteps(plan.steps, "", path, changed) };
}

function changeSteps(
  steps: Steps,
  prefix: string,
  path: string,
  changed: PlanStep | undefined,
): Steps {
  return steps.flatMap((step, index): Steps => {
    const here = planStepPath(prefix, index);
    if (here === path) return changed === undefined ? [] : [changed];
    if (step.type !== "if" || !path.startsWith(`${here}.`)) return [step];
    const branch = { then: changeSteps(step.then, `${here}.then`, path, changed) };
    if (step.else === undefined) return [{ ...step, ...branch }];
    return [{ ...step, ...branch, else: changeSteps(step.else, `${here}.else`, path, changed) }];
  });
}

/** Whether two plans say the same, wherever their words stand. */
export function isSamePlan(one: Plan, other: Plan): boolean {
  return JSON.stringify(bare(one)) === JSON.stringify(bare(other));
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, inner]) => name !== "span" && inner !== undefined && !isEmptyBranch(name, inner),
  );
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, bare(inner)]),
  );
}

const isEmptyBranch = (name: string, inner: unknown): boolean =>
  name === "else" && Array.isArray(inner) && inner.length === 0;

/** The ways to say a step anew where it stands. Of an `if` only its condition is said anew, not its branches. */
export function waysToSay(text: string, step: PlanStep, words: string): readonly Edit[] {
  const { span } = step;
  if (span === undefined || span.rough === true) return [];
  const said = lowered(words.trim());
  if (step.type !== "if") return [replaceWords(text, span, said)];
  return placesOfCondition(step, span).map(({ start, end }) => {
    const behind = end < span.end;
    const inPlace = behind ? `${said.replace(/,$/, "")}, ` : ` ${said}`;
    return replaceWords(text, { start, end }, inPlace);
  });
}

/** Before its first branch, or behind its last one: "If they replied, stop", "Stop if they replied". */
function placesOfCondition(step: IfStep, span: Span): readonly Span[] {
  const spans = [...step.then, ...(step.else ?? [])].flatMap((inner) =>
    inner.span === undefined ? [] : [inner.span],
  );
  const first = Math.min(span.end, ...spans.map(({ start }) => start));
  const last = Math.max(span.start, ...spans.map(({ end }) => end));
  return [
    ...(first > span.start ? [{ start: span.start, end: first }] : []),
    ...(last < span.end ? [{ start: last, end: span.end }] : []),
  ];
}

/** "If no reply after 5 days, …": one clause that says a wait and the `if` behind it. */
export interface Pair {
  readonly wait: PlanStep;
  readonly decision: IfStep;
  /** The words of both, up to the first branch. */
  readonly words: Span;
}

/** The pair that a step is one of, where the words of both are the same. */
export function pairAt(steps: Steps, step: PlanStep): Pair | undefined {
  const lists = [steps, ...branchesOf(steps)];
  for (const list of lists) {
    for (const [index, wait] of list.entries()) {
      const decision = list[index + 1];
      if (wait !== step && decision !== step) continue;
      const pair = wait.type === "wait" && decision?.type === "if" && pairOf(wait, decision);
      if (pair) return pair;
    }
  }
  return undefined;
}

const branchesOf = (steps: Steps): readonly Steps[] =>
  steps.flatMap((step) =>
    step.type !== "if"
      ? []
      : [step.then, step.else ?? []].flatMap((branch) => [branch, ...branchesOf(branch)]),
  );

function pairOf(wait: PlanStep, decision: IfStep): Pair | undefined {
  const place = decision.span && placesOfCondition(decision, decision.span)[0];
  if (wait.span === undefined || place === undefined) return undefined;
  if (wait.span.rough === true || decision.span?.rough === true) return undefined;
  if (wait.span.end <= place.start || place.end <= wait.span.start) return undefined;
  return {
    wait,
    decision,
    words: { start: Math.min(wait.span.start, place.start), end: place.end },
  };
}

/** Both parts of the clause as sentences of their own. */
export function sayPair(
  text: string,
  { words }: Pair,
  wait: string | undefined,
  decision: string | undefined,
): Edit {
  const waited = wait === undefined ? "" : `${lowered(wait)}. `;
  const asked = decision === undefined ? "" : `${decision.trim().replace(/,$/, "")}, `;
  return replaceWords(text, words, waited === "" ? lowered(asked) : waited + asked);
}

export function waysToRemove(text: string, step: PlanStep): readonly Edit[] {
  const { span } = step;
  return span === undefined || span.rough === true ? [] : [removeWords(text, span)];
}
