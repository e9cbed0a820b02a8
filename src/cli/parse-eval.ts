import { readFile } from "node:fs/promises";

import { Fault } from "#domain/fault.ts";
import { readCases } from "#instructions/evaluation/cases.ts";
import { evaluate, type Evaluation, type FailedCase } from "#instructions/evaluation/evaluate.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";

import { EXIT } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

export interface EvalOptions {
  readonly eval: string;
  readonly json: boolean;
}

/** Prints how well the parser reads the labelled texts of a file. */
export async function evaluateParser(terminal: Terminal, options: EvalOptions): Promise<number> {
  const evaluation = evaluate(readCases(await readText(options.eval)), parseOffline);
  if (options.json) terminal.out(JSON.stringify(evaluation));
  else for (const line of tell(evaluation)) terminal.out(line);
  return EXIT.done;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Fault("not_found", `${path} cannot be read`, {
      suggestion: "Give a file with lines of labelled texts",
      cause: error,
    });
  }
}

function tell({ cases, right, accuracy, refusals, times, failed }: Evaluation): readonly string[] {
  return [
    ...failed.flatMap(tellFailed),
    `${right} of ${cases} right (${(accuracy * 100).toFixed(1)} %)`,
    `${refusals.right} of ${refusals.expected} refused that have to be, ${refusals.wrong} refused that need not be`,
    `${times.p50.toFixed(2)} ms of CPU a text (p50), ${times.p99.toFixed(2)} ms (p99)`,
  ];
}

function tellFailed({ id, text, differences, refused }: FailedCase): readonly string[] {
  return [
    `${id}  ${text.replaceAll("\n", " ⏎ ")}`,
    ...differences.map((difference) => `    ${difference}`),
    ...refused.map(({ text: clause, reason }) => `    "${clause}": ${reason}`),
    "",
  ];
}
