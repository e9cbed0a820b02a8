import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { openParts } from "./parts.ts";

const shownOf = (chunks: readonly Uint8Array[]): readonly string[] => {
  const parts = openParts();
  return [...chunks.map((chunk) => parts.take(chunk)), parts.rest()];
};

test("CL-115 however bytes are cut, a terminal is shown whole lines and the rest, all of it", () => {
  const text = fc.array(fc.constantFrom("a", "é", "日", "🙂", "\n", "\u001B[31m"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (letters, size) => {
      const whole = letters.join("");
      const bytes = Buffer.from(whole);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const shown = shownOf(chunks);
      assert.equal(shown.join(""), whole);
      for (const part of shown.slice(0, -1)) assert.ok(part === "" || part.endsWith("\n"));
    }),
  );
});

test("CL-115 a line that is too long is shown in parts before it ends, cut through no sequence", () => {
  const long = "x".repeat(70_000);
  const shown = shownOf([
    Buffer.from(`${long}\u001B[3`),
    Buffer.from(`1mred${long}`),
    Buffer.from("!"),
  ]);
  assert.deepEqual(shown, [long, `\u001B[31mred${long}`, "", "!"]);
});
