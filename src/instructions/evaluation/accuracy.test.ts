import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { parseOffline } from "../parsers/offline.ts";
import { readCases } from "./cases.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";

const figures = (name: string, readings?: number): Evaluation =>
  evaluate(
    readCases(
      readFileSync(new URL(`../../../test/instructions/${name}.jsonl`, import.meta.url), "utf8"),
    ),
    parseOffline,
    readings,
  );

const tell = ({ failed }: Evaluation): string =>
  failed.map(({ id, differences }) => `${id}: ${differences.join("; ")}`).join("\n");

test("PA-193 and 3.1-4 of the contract's examples at least 97 % are read right, each in less than 5 ms", () => {
  const examples = figures("examples");
  assert.ok(examples.accuracy >= 0.97, tell(examples));
  assert.equal(examples.refusals.right, examples.refusals.expected, tell(examples));
  assert.ok(examples.times.p99 < 5, `${examples.times.p99} ms`);
});

test("PA-194 of the texts that nothing can carry out at least 97 % are refused", () => {
  const refusals = figures("dev-refusals", 1);
  assert.ok(refusals.accuracy >= 0.97, tell(refusals));
});

test("PA-339 of rounds that were written without knowing the parser, what nothing can carry out is refused, and at least 97 % in the manner of the examples are read right", () => {
  const folder = new URL("../../../test/instructions/", import.meta.url);
  const rounds = readdirSync(folder).filter((name) => name.startsWith("dev-round-"));
  const all = rounds.map((name) => figures(name.replace(".jsonl", ""), 1));
  for (const one of all) assert.equal(one.refusals.right, one.refusals.expected, tell(one));
  const manner = all.filter((_, index) => rounds[index]?.startsWith("dev-round-k"));
  assert.ok(manner.length > 0);
  for (const one of manner) assert.ok(one.accuracy >= 0.97, tell(one));
});
