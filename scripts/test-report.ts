/** How a test run is shown: a line for each file, what failed in full at the end, then the one line that scripts read. */
import { relative } from "node:path";
import { styleText } from "node:util";

import type { Failure, FileResult } from "./test-file.ts";

const OUTPUT_LINES = 40;
const SLOWEST = 3;
const SLOW_MS = 10_000;

export function printFile({ path, passed, failures, skipped, ms }: FileResult): void {
  const mark = failures.length > 0 ? styleText("red", "✖") : styleText("green", "✔");
  const counts = [
    `${passed} passed`,
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
  ];
  console.log(`${mark} ${path}  ${styleText("gray", `${counts.join(", ")} (${seconds(ms)})`)}`);
  for (const { name } of failures) console.log(`    ${styleText("red", "✖")} ${name}`);
}

/** Answers whether the run was a success: a run without any test is none. */
export function printSummary(results: readonly FileResult[], seed: number): boolean {
  for (const result of results) printFailures(result, seed);
  printSlowest(results);
  printReasons(results);
  const count = (of: (result: FileResult) => number): number =>
    results.reduce((sum, result) => sum + of(result), 0);
  const passed = count((result) => result.passed);
  const failed = count((result) => result.failures.length);
  const skipped = count((result) => result.skipped.length);
  if (passed + failed === 0) console.log("No test ran.");
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0;
}

function printFailures({ path, failures, output }: FileResult, seed: number): void {
  if (failures.length === 0) return;
  for (const failure of failures) printFailure(failure);
  const lines = output.trimEnd().split("\n");
  if (output.trim() !== "") {
    console.log(styleText("gray", `What ${path} printed:`));
    console.log(indent(lines.slice(-OUTPUT_LINES).join("\n")));
  }
  console.log(styleText("gray", `Again: npm test -- ${path} --seed ${seed}\n`));
}

function printFailure({ name, place, reason }: Failure): void {
  const where = place.replace(/^[^:]+/, (file) => relative(process.cwd(), file));
  console.log(`\n${styleText("red", "✖")} ${styleText("bold", name)}\n  ${where}`);
  console.log(indent(reason));
}

function printSlowest(results: readonly FileResult[]): void {
  const slow = results.filter(({ ms }) => ms > SLOW_MS).toSorted((a, b) => b.ms - a.ms);
  if (slow.length === 0) return;
  const named = slow.slice(0, SLOWEST).map(({ path, ms }) => `${path} ${seconds(ms)}`);
  console.log(`Slowest: ${named.join(", ")}`);
}

function printReasons(results: readonly FileResult[]): void {
  const reasons = Map.groupBy(
    results.flatMap(({ skipped }) => skipped),
    (reason) => reason,
  );
  for (const [reason, all] of reasons) console.log(`Skipped ${all.length}: ${reason}`);
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, "    ");

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
