/**
 * `stint bench`: the workloads of the design, measured. Each one makes its store in a folder of its
 * own, says what it found as one line of JSON or as a table, and leaves nothing behind.
 */
import { parseArgs } from "node:util";

import { Fault } from "#domain/fault.ts";

import { tableOf, type Figures } from "./figures.ts";
import { throughLibrary } from "./w1.ts";
import { oneAfterAnother } from "./w2.ts";
import { sleepers } from "./w3.ts";
import { lookAtHistory } from "./w4.ts";
import { killAndRestart } from "./w5.ts";
import { startOnHistory } from "./w8.ts";
import { parseOneByOne } from "./w9.ts";
import { storagePath } from "./w10.ts";
import { chattyCommand } from "./w11.ts";
import { inFolder, type BenchOptions, type Workload } from "./workload.ts";

const WORKLOADS: Readonly<Record<string, Workload>> = {
  W1: throughLibrary,
  W2: oneAfterAnother,
  W3: sleepers,
  W4: lookAtHistory,
  W5: killAndRestart,
  W8: startOnHistory,
  W9: parseOneByOne,
  W10: storagePath,
  W11: chattyCommand,
};

/** Measures one workload of design section 9. @throws Fault `not_found` */
export async function runBench(name: string, options: BenchOptions = {}): Promise<Figures> {
  const workload = WORKLOADS[name.toUpperCase()];
  if (workload === undefined) {
    throw new Fault("not_found", `There is no workload "${name}".`, {
      suggestion: `Choose one of ${Object.keys(WORKLOADS).join(", ")}.`,
    });
  }
  return await inFolder(workload, options);
}

/** Where it is printed: figures to `out`, progress to `err`. */
export interface Printer {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const OPTIONS = {
  json: { type: "boolean", default: false },
  executions: { type: "string" },
  "in-flight": { type: "string" },
  data: { type: "string" },
} as const;

/** Takes the arguments behind `stint bench`; without a workload it measures all of them. */
export async function main(args: readonly string[], { out, err }: Printer): Promise<number> {
  const { values, positionals } = readArguments(args);
  const { json, data } = values;
  const options: BenchOptions = {
    say: err,
    ...(data !== undefined && { data }),
    ...countOf("executions", values.executions),
    ...countOf("inFlight", values["in-flight"]),
  };
  for (const name of positionals.length > 0 ? positionals : Object.keys(WORKLOADS)) {
    const figures = await runBench(name, options);
    if (json) out(JSON.stringify(figures));
    else for (const line of [...tableOf(figures), ""]) out(line);
  }
  return 0;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Fault("bad_request", error instanceof Error ? error.message : String(error));
  }
}

function countOf(name: keyof BenchOptions, text: string | undefined): BenchOptions {
  if (text === undefined) return {};
  const count = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(count) && count > 0) return { [name]: count };
  throw new Fault("bad_request", `"${text}" is no count.`, {
    suggestion: "Give a whole number from 1.",
  });
}
