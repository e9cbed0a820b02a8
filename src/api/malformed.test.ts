import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { readJson } from "./malformed.ts";

function complaint(text: string): string {
  try {
    readJson(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "read";
}

test("AP-1 malformed JSON is refused with the line and column where it breaks", () => {
  assert.match(complaint('{"a":1,}'), /line 1, column 8 \(position 7\)/);
  assert.match(complaint('{\n  "a": tru}'), /line 2, column 11 \(position 12\)/);
  assert.match(complaint("nope"), /position 1\)/);
  assert.match(complaint('{"a":'), /ends too early/);
  assert.match(complaint('{"__proto__":{"admin":true}}'), /__proto__/);
  assert.match(complaint(String.raw`{"\u005f_proto__":{"admin":true}}`), /__proto__/);
});

test("AP-1 whatever is JSON is read as it is, and a refusal never repeats the body", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(readJson(text), JSON.parse(text));
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (text) => {
      const said = complaint(`secret-${text}`);
      assert.ok(!said.includes("secret"), said);
    }),
  );
});
