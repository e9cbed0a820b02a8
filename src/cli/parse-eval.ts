import { readFile } from "node:fs/promises";

import { Fault } from "#domain/fault.ts";
import { type Parsed, refuse } from "#domain/plan.ts";
import { type LabelledCase, readCases } from "#instructions/evaluation/cases.ts";
import { evaluate, type Evaluation, type FailedCase } from "#instructions/evaluation/evaluate.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";

import { EXIT } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

export interface EvalOptions {
  readonly eval: string;
  readonly json: boolean;
  /** The id of a language model that is measured in place of the built-in parser. */
  readonly model?: string | undefined;
}

/** Prints how well the parser reads the labelled texts of a file. */
export async function evaluateParser(terminal: Terminal, options: EvalOptions): Promise<number> {
  const cases = readCases(await readText(options.eval));
  if (options.model !== undefined) return evaluateModel(terminal, options, options.model, cases);
  const evaluation = evaluate(cases, parseOffline);
  if (options.json) terminal.out(JSON.stringify(evaluation));
  else for (const line of tell(evaluation)) terminal.out(line);
  return EXIT.done;
}

async function evaluateModel(
  terminal: Terminal,
  { json }: EvalOptions,
  model: string,
  cases: readonly LabelledCase[],
): Promise<number> {
  const { openModel, readTexts } = await import("./read-by-model.ts");
  const parser = openModel(model, process.env);
  const { readings, tokens, seconds } = await readTexts(
    parser,
    cases.map(({ text }) => text),
  );
  const parsedOf = (text: string): Parsed => readings.get(text)?.parsed ?? refuse([]);
  const { times: _none, ...evaluation } = evaluate(cases, parsedOf);
  const half = seconds[Math.floor(seconds.length / 2)] ?? 0;
  if (json) {
    terminal.out(JSON.stringify({ ...evaluation, model, tokens, seconds: { p50: half } }));
    return EXIT.done;
  }
  for (const line of tellReading(evaluation)) terminal.out(line);
  const read = tokens.input + tokens.cacheRead + tokens.cacheWrite;
  terminal.out(`${half.toFixed(1)} s a text (p50), ${read} tokens read, ${tokens.output} written`);
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

const tell = (evaluation: Evaluation): readonly string[] => [
  ...tellReading(evaluation),
  `${evaluation.times.p50.toFixed(2)} ms of CPU a text (p50), ${evaluation.times.p99.toFixed(2)} ms (p99)`,
];

function tellReading({
  cases,
  right,
  accuracy,
  refusals,
  failed,
}: Omit<Evaluation, "times">): readonly string[] {
  return [
    ...failed.flatMap(tellFailed),
    `${right} of ${cases} right (${(accuracy * 100).toFixed(1)} %)`,
    `${refusals.right} of ${refusals.expected} refused that have to be, ${refusals.wrong} refused that need not be`,
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
