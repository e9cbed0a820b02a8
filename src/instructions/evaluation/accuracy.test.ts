import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { parseOffline } from "../parsers/offline.ts";
import { readCases } from "./cases.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";

const figures = (name: string): Evaluation =>
  evaluate(
    readCases(
      readFileSync(new URL(`../../../test/instructions/${name}.jsonl`, import.meta.url), "utf8"),
    ),
    parseOffline,
  );

const tell = ({ failed }: Evaluation): string =>
  failed.map(({ id, differences }) => `${id}: ${differences.join("; ")}`).join("\n");

test("PA-193 of the contract's examples at least 97 % are read right, each in less than 5 ms", () => {
  const examples = figures("examples");
  assert.ok(examples.accuracy >= 0.97, tell(examples));
  assert.equal(examples.refusals.right, examples.refusals.expected, tell(examples));
  assert.ok(examples.times.p99 < 5, `${examples.times.p99} ms`);
});

test("PA-194 of the texts that nothing can carry out at least 97 % are refused", () => {
  const refusals = figures("dev-refusals");
  assert.ok(refusals.accuracy >= 0.97, tell(refusals));
});
