import type { Condition, ParseDetail, PlanStep, Span, Trigger } from "#domain/plan.ts";

import { type Builder, openBuilder } from "./builder.ts";
import type { Said } from "./gaps.ts";
import type { Prohibition } from "./prohibitions.ts";
import type { Kind } from "./readers/fields.ts";
import { slice, type Source } from "./source.ts";
import { wordTable } from "./word-table.ts";

/** What is known while a text is read from its beginning to its end. */
export interface Reading {
  readonly source: Source;
  readonly builder: Builder;
  trigger?: Trigger;
  triggerSpan?: Span;
  subject: Kind;
  hasSelection: boolean;
  /** Whether the web was searched. */
  hasResults?: boolean;
  /** The point of a cadence that was named last, in hours. */
  hours?: number;
  /** Where offsets count from, in hours: a cadence that has a day 0 begins a day before its day 1. */
  origin?: number;
  /** The clause that was carried out last. */
  said?: Said;
  lastType?: string | undefined;
  /** The field that a condition compared last, for "if it is over 10k". */
  compared?: string | undefined;
  /** Whom the last audience asked for: "for VPs …, for directors …". */
  audience?: Condition;
  isFirstClause: boolean;
  readonly faults: ParseDetail[];
  /** Where they stand. */
  readonly faulty: Span[];
  /** Words that carry no step: links, courtesy, preambles, prohibitions, what was corrected. */
  readonly passed: Span[];
  /** Those of them that were taken for remarks: somebody may have meant them. */
  readonly remarks: Span[];
  /** What must not be done to some; it is placed when the text has been read. */
  readonly prohibitions: Prohibition[];
}

export function openReading(source: Source): Reading {
  return {
    source,
    builder: openBuilder(),
    subject: "contact",
    hasSelection: false,
    isFirstClause: true,
    faults: [],
    faulty: [],
    passed: [],
    remarks: [],
    prohibitions: [],
  };
}

const SELECTS: Readonly<Record<string, Kind>> = wordTable({
  search_contacts: "contact",
  search_companies: "company",
  search_deals: "deal",
});

/** Adds planSteps with the words they came from. */
export function addSteps(
  reading: Reading,
  steps: readonly PlanStep[],
  from: number,
  to: number,
): void {
  const span = spanOf(reading, from, to);
  reading.builder.add(steps.map((planStep) => placeStep(planStep, span)));
  for (const { type } of steps) {
    if (type === "web_search") reading.hasResults = true;
    const kind = SELECTS[type];
    if (kind === undefined) continue;
    reading.subject = kind;
    reading.hasSelection = true;
  }
}

function placeStep(planStep: PlanStep, span: Span): PlanStep {
  if (planStep.type !== "if") return { ...planStep, span };
  return { ...planStep, then: planStep.then.map((inner) => placeStep(inner, span)), span };
}

/** Passes over what reads as a remark. */
export function passOver(reading: Reading, ...spans: readonly Span[]): void {
  reading.passed.push(...spans);
  reading.remarks.push(...spans);
}

export function spanOf(
  { source }: Pick<Reading, "source">,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  const first = source.tokens[from];
  const last = source.tokens[Math.max(from, to - 1)];
  return { start: first?.start ?? 0, end: Math.max(first?.end ?? 0, last?.end ?? 0) };
}

export function fault(
  reading: Reading,
  from: number,
  to: number,
  reason: string,
  suggestion: string,
): void {
  reading.faults.push({ text: slice(reading.source, from, to), reason, suggestion });
  reading.faulty.push(spanOf(reading, from, to));
}
