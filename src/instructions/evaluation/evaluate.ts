import type { ParseDetail, Parsed } from "#domain/plan.ts";

import { differences } from "./agreement.ts";
import type { LabelledCase } from "./cases.ts";

/** Each text is read so often after all were read once: a single reading is shorter than the CPU's count is fine. */
const READINGS = 20;

export interface FailedCase {
  readonly id: string | number;
  readonly text: string;
  /** What differs, by path. */
  readonly differences: readonly string[];
  /** What the parser said where it refused a text that has a plan. */
  readonly refused: readonly ParseDetail[];
}

export interface Evaluation {
  readonly cases: number;
  readonly right: number;
  /** The right ones' share, from 0 to 1. */
  readonly accuracy: number;
  readonly refusals: {
    readonly expected: number;
    readonly right: number;
    /** Texts that have a plan, and were refused. */
    readonly wrong: number;
  };
  /** Milliseconds of CPU a text. */
  readonly times: { readonly p50: number; readonly p99: number };
  readonly failed: readonly FailedCase[];
}

interface Judged {
  readonly labelled: LabelledCase;
  readonly parsed: Parsed;
  readonly differences: readonly string[];
  readonly took: number;
}

/** Measures a parser by labelled cases; where its times do not matter, one reading of each is enough. */
export function evaluate(
  cases: readonly LabelledCase[],
  parse: (text: string) => Parsed,
  readings = READINGS,
): Evaluation {
  for (const { text } of cases) parse(text); // what was never run before is slow
  const judged = cases.map((labelled) => judge(labelled, parse, readings));
  const right = judged.filter(isRight);
  const refusals = judged.filter(({ labelled }) => "error" in labelled.expect);
  const refused = judged.filter(({ parsed }) => "error" in parsed);
  const times = judged.map(({ took }) => took).toSorted((a, b) => a - b);
  return {
    cases: cases.length,
    right: right.length,
    accuracy: cases.length === 0 ? 0 : right.length / cases.length,
    refusals: {
      expected: refusals.length,
      right: refusals.filter(isRight).length,
      wrong: refused.filter((one) => !isRight(one)).length,
    },
    times: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    failed: judged.filter((one) => !isRight(one)).map(tellFailed),
  };
}

const isRight = (one: Judged): boolean => one.differences.length === 0;

function judge(labelled: LabelledCase, parse: (text: string) => Parsed, readings: number): Judged {
  const parsed = parse(labelled.text);
  const before = process.threadCpuUsage(); // what others do on the machine is not its time
  for (let reading = 0; reading < readings; reading += 1) parse(labelled.text);
  const { user, system } = process.threadCpuUsage(before);
  const took = (user + system) / 1000 / readings;
  return { labelled, parsed, differences: differences(labelled.expect, parsed), took };
}

function tellFailed({ labelled: { id, text }, parsed, differences: found }: Judged): FailedCase {
  return { id, text, differences: found, refused: "error" in parsed ? parsed.error.details : [] };
}

/** The smallest of the sorted values that so much of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
