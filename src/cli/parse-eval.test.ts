import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import {
  BAD_KEY,
  FAKE_KEY,
  FAKE_MODEL,
  fakeGemini,
  saying,
} from "#instructions/parsers/model/testing.ts";

import { evaluateParser } from "./parse-eval.ts";

const wait = { steps: [{ type: "wait", params: { duration: "P3D" } }] };
const CASES = [
  { id: "a", text: "Wait 3 days", expect: wait },
  { id: "b", text: "Wait 4 days", expect: wait },
  { id: "c", text: "Merge the duplicates", expect: { error: true } },
];

test("PA-224 parse --eval --model measures a language model by the same texts, and no figure is given where it could not be asked", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stint-eval-"));
  const file = join(folder, "cases.jsonl");
  await writeFile(file, CASES.map((line) => JSON.stringify(line)).join("\n"));
  await using gemini = await fakeGemini();
  process.env["STINT_GEMINI_ENDPOINT"] = gemini.endpoint;
  process.env["STINT_MODEL_KEY"] = FAKE_KEY;
  const lines: string[] = [];
  const nothing = (): void => undefined;
  const terminal = {
    out: (line: string) => lines.push(line),
    err: nothing,
    redraw: nothing,
    isLive: false,
    columns: 80,
  };
  const measure = (json: boolean): Promise<number> =>
    evaluateParser(terminal, { eval: file, json, model: FAKE_MODEL });
  try {
    assert.equal(await measure(false), 0);
    const told = lines.join("\n");
    assert.match(told, /^b {2}Wait 4 days\n.*\n\n2 of 3 right \(66\.7 %\)\n1 of 1 refused/s);
    assert.match(told, /\d\.\d s a text \(p50\), 3600 tokens read, 300 written$/);
    await measure(true);
    const { accuracy, model, tokens } = JSON.parse(lines.at(-1) ?? "");
    assert.deepEqual([accuracy > 0.6, model, tokens.output], [true, FAKE_MODEL, 300]);
    gemini.next(saying("{", "MAX_TOKENS"));
    await measure(true);
    assert.ok(JSON.parse(lines.at(-1) ?? "").failed.length > 1);
    gemini.next(BAD_KEY, BAD_KEY, BAD_KEY);
    await assert.rejects(measure(false), /did not accept the key/);
    delete process.env["STINT_MODEL_KEY"];
    await assert.rejects(measure(false), /no key to ask the model with/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
