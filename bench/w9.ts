/** W9: the offline parse of one instruction, over the sentences that the parser is proven with. */
import { readFileSync } from "node:fs";

import { parseOffline } from "#instructions/parsers/offline.ts";

import { quantile, round, type Figures } from "./figures.ts";
import { machine } from "./meter.ts";
import type { Bench } from "./workload.ts";

const PARSES = 5_000;

function readTexts(): readonly string[] {
  const file = new URL("../test/fixtures/instructions.jsonl", import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as { readonly text: string }).text);
}

export async function parseOneByOne({ say, executions = PARSES }: Bench): Promise<Figures> {
  const texts = readTexts();
  say(`W9: ${executions} parses of ${texts.length} texts`);
  const took = new Float64Array(executions);
  for (let index = 0; index < executions; index += 1) {
    const startedAt = performance.now();
    parseOffline(texts[index % texts.length] ?? "");
    took[index] = performance.now() - startedAt;
  }
  return {
    workload: "W9",
    p50Ms: round(quantile(took, 0.5), 3),
    p99Ms: round(quantile(took, 0.99), 3),
    maxMs: round(quantile(took, 1), 3),
    executions,
    ...machine(),
  };
}
