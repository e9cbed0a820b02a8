import type { IfStep, Plan, PlanStep } from "../plan.ts";
import { phraseCondition } from "./conditions.ts";
import { phrasePlainStep, type Subject, type Way } from "./steps.ts";
import { PLAIN, type Style } from "./style.ts";
import { phraseTrigger } from "./triggers.ts";
import { capitalized, listed } from "./words.ts";

const SUBJECTS: Readonly<Record<string, Subject>> = {
  search_contacts: "contacts",
  search_companies: "companies",
  search_deals: "deals",
};

/**
 * A plan as instructions that a person could have written: the parser reads them back into the same plan.
 * The plain style has a line a step, branches indented below their condition.
 */
export function phrasePlan(plan: Plan, style: Style = PLAIN): string {
  const trigger = plan.trigger === undefined ? undefined : phraseTrigger(plan.trigger, style);
  const layout = plan.steps.every(isFlat) ? style.layout : "lines";
  const begin = trigger === undefined ? "" : LAYOUT[layout].trigger(trigger);
  const steps = LAYOUT[layout].steps(placed(plan.steps, style));
  return trigger === undefined && layout === "sentences" ? capitalized(steps) : `${begin}${steps}`;
}

/** One planStep in the plain style, as it stands on a line of its own (an `if` on several). */
export function phraseStep(planStep: PlanStep, subject: Subject = "contacts"): string {
  return linesOf({ planStep, way: { style: PLAIN, subject } }).join("\n");
}

interface Placed {
  readonly planStep: PlanStep;
  readonly way: Way;
}

interface LayoutOf {
  readonly trigger: (words: string) => string;
  readonly steps: (steps: readonly Placed[]) => string;
}

const LAYOUT: Readonly<Record<Style["layout"], LayoutOf>> = {
  lines: {
    trigger: (words) => `${words}:\n`,
    steps: (steps) => steps.flatMap((step) => linesOf(step)).join("\n"),
  },
  numbered: {
    trigger: (words) => `${words}:\n`,
    steps: (steps) =>
      steps.map((step, index) => `${index + 1}. ${capitalized(ordered(step))}`).join("\n"),
  },
  sentences: {
    trigger: (words) => `${words}, `,
    steps: (steps) =>
      steps
        .map((step, index) => `${index === 0 ? ordered(step) : capitalized(ordered(step))}.`)
        .join(" "),
  },
  arrows: {
    trigger: (words) => `${words} -> `,
    steps: (steps) => steps.map(ordered).join(" -> "),
  },
  semicolons: {
    trigger: (words) => `${words}: `,
    steps: (steps) => steps.map(ordered).join("; "),
  },
};

/** Each planStep with what is worked on there. */
function placed(
  steps: readonly PlanStep[],
  style: Style,
  from: Subject = "contacts",
): readonly Placed[] {
  let subject = from;
  return steps.map((planStep) => {
    subject = SUBJECTS[planStep.type] ?? subject;
    return { planStep, way: { style, subject } };
  });
}

/** Said in one sentence: no `if` inside an `if`, none with nothing in it. */
const isFlat = (planStep: PlanStep): boolean =>
  planStep.type !== "if" ||
  [planStep.then, planStep.else ?? []].every((branch) => branch.every(({ type }) => type !== "if"));

function ordered({ planStep, way }: Placed): string {
  if (planStep.type !== "if") return phrasePlainStep(planStep, way);
  const then = branchOf(planStep.then, way);
  const otherwise =
    planStep.else === undefined ? "" : `, otherwise ${branchOf(planStep.else, way)}`;
  return `if ${phraseCondition(planStep.params, "step", way.style)}, ${then}${otherwise}`;
}

const branchOf = (steps: readonly PlanStep[], { style, subject }: Way): string =>
  listed(placed(steps, style, subject).map(ordered), "and");

/** Below a condition every line has its dash, "Otherwise" too: without it, what comes after would seem to belong to it. */
function linesOf({ planStep, way }: Placed, dash = ""): readonly string[] {
  if (planStep.type !== "if") return [`${dash}${capitalized(phrasePlainStep(planStep, way))}.`];
  const otherwise = planStep.else ?? [];
  return [
    `${dash}If ${phraseCondition(planStep.params, "step", way.style)}:`,
    ...indented(planStep.then, way),
    ...(otherwise.length === 0 ? [] : [`${dash}Otherwise:`, ...indented(otherwise, way)]),
  ];
}

const indented = (steps: IfStep["then"], { style, subject }: Way): readonly string[] =>
  placed(steps, style, subject).flatMap((step) => linesOf(step, "- ").map((line) => `  ${line}`));
