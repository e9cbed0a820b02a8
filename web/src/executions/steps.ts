/** Which steps stand open, how far each is, and how deep it stands. */
import type { Execution, ExecutionStep } from "#contract/shapes/executions.ts";

const NOTEWORTHY: ReadonlySet<ExecutionStep["status"]> = new Set([
  "failed",
  "warning",
  "uncertain",
]);

/** Failed and warning steps are open, and the one that the address points at. */
export function openAtFirst(
  steps: readonly ExecutionStep[],
  pointedAt: string | undefined,
): readonly string[] {
  return steps
    .filter(
      ({ status, path, warnings }) =>
        NOTEWORTHY.has(status) || warnings.length > 0 || path === pointedAt,
    )
    .map(({ path }) => path);
}

/** A step that has come to fail since opens too; what somebody closed stays closed. */
export function openSince(
  open: readonly string[],
  seen: ReadonlySet<string>,
  steps: readonly ExecutionStep[],
): readonly string[] {
  const fresh = openAtFirst(steps, undefined).filter(
    (path) => !seen.has(path) && !open.includes(path),
  );
  return fresh.length === 0 ? open : [...open, ...fresh];
}

/** From 0 to 1: how many journeys have been through it; undefined where it works on none. */
export function partOf({ progress }: Pick<ExecutionStep, "progress">): number | undefined {
  if (progress === null || progress.total === 0) return undefined;
  return (progress.done + progress.failed + progress.skipped) / progress.total;
}

/** "3 of 5 done, 1 failed, 1 waiting". */
export function phraseStepProgress({ progress }: Pick<ExecutionStep, "progress">): string | null {
  if (progress === null || progress.total === 0) return null;
  const { total, done, failed, skipped, waiting } = progress;
  const rest = [
    failed === 0 ? "" : `${failed} failed`,
    skipped === 0 ? "" : `${skipped} skipped`,
    waiting === 0 ? "" : `${waiting} waiting`,
  ].filter((text) => text !== "");
  return [`${done} of ${total} done`, ...rest].join(", ");
}

/** `3.then.1` stands one deep. */
export function depthOf(path: string): number {
  return path.split(".").filter((part) => part === "then" || part === "else").length;
}

/** "then " or "otherwise " before the first step of a branch. */
export function branchOf(path: string): string {
  const [branch, place] = path.split(".").slice(-2);
  if (place !== "1") return "";
  if (branch === "then") return "then ";
  return branch === "else" ? "otherwise " : "";
}

/** The words of the instructions that a step came from. */
export function wordsOf(
  { instructions }: Pick<Execution, "instructions">,
  { span }: Pick<ExecutionStep, "span">,
): string | null {
  if (instructions === null || span === null) return null;
  const words = instructions.slice(span.start, span.end).trim();
  return words === "" ? null : words;
}

/** Params and results as lines that a person reads; what is nested stays JSON. */
export function linesOf(value: unknown): readonly (readonly [string, string])[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object" || Array.isArray(value)) return [["", textOf(value)]];
  return Object.entries(value).map(([name, inner]) => [name, textOf(inner)] as const);
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (
    Array.isArray(value) &&
    value.every((one) => typeof one === "string" || typeof one === "number")
  )
    return value.join(", ");
  return JSON.stringify(value, null, 2) ?? "";
}
