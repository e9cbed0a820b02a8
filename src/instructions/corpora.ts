import { readFileSync } from "node:fs";

import { type LabelledCase, readCases } from "./evaluation/cases.ts";

const CORPORA = [
  "dev-ops",
  "dev-talk",
  "dev-cadence",
  "dev-automations",
  "dev-mixed",
  "dev-idioms",
  "dev-terse",
  "dev-refusals",
  "examples",
  "aside",
] as const;

/** The labelled texts of `test/instructions/`, for tests. */
export function labelledTexts(): readonly LabelledCase[] {
  return CORPORA.flatMap((name) =>
    readCases(
      readFileSync(new URL(`../../test/instructions/${name}.jsonl`, import.meta.url), "utf8"),
    ),
  );
}
