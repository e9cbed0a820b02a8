import { readFileSync } from "node:fs";

import { type LabelledCase, readCases } from "./evaluation/cases.ts";

/** Whole instructions, as people write them. */
const WHOLE = [
  "dev-ops",
  "dev-talk",
  "dev-cadence",
  "dev-automations",
  "dev-mixed",
  "dev-fresh",
  "dev-kept",
  "examples",
  "aside",
] as const;

/** One way of saying one thing each. */
const SINGLE = ["dev-idioms", "dev-terse", "dev-refusals"] as const;

function read(names: readonly string[]): readonly LabelledCase[] {
  return names.flatMap((name) =>
    readCases(
      readFileSync(new URL(`../../test/instructions/${name}.jsonl`, import.meta.url), "utf8"),
    ),
  );
}

/** The labelled texts of `test/instructions/`, for tests. */
export const wholeTexts = (): readonly LabelledCase[] => read(WHOLE);
export const allTexts = (): readonly LabelledCase[] => read([...WHOLE, ...SINGLE]);
