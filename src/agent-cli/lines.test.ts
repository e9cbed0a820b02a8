import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import fc from "fast-check";

import { splitLines } from "./lines.ts";

test("AC-8 a line ends at a newline and nowhere else, and characters are whole", () =>
  fc.assert(
    fc.property(
      fc.array(
        fc
          .array(fc.constantFrom("a", "\u2028", "\u2029", "\r", "\u0085", "é", "\u{1F600}"))
          .map((characters) => characters.join("")),
      ),
      fc.integer({ min: 1, max: 7 }),
      (texts, size) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(""));
        const splitter = splitLines();
        const lines = [];
        for (let at = 0; at < bytes.length; at += size) {
          const chunk = Buffer.from(bytes.subarray(at, at + size));
          lines.push(...splitter.push(chunk));
          chunk.fill(0); // readers use their buffers again
        }
        assert.deepEqual(
          lines.map(({ text }) => text),
          texts,
        );
        const offsets = lines.map(({ offset, bytes: length }) => offset + length + 1);
        assert.deepEqual([0, ...offsets].slice(0, -1), lines.map(({ offset }) => offset).slice());
        assert.deepEqual(splitter.end(), []);
      },
    ),
  ));

test("AC-9 of a line without an end no more is held than its beginning, and it is known again by its hash", () => {
  const splitter = splitLines(100);
  const long = Buffer.from(`${"é".repeat(70)}x`);
  for (let at = 0; at < long.length; at += 9) {
    assert.deepEqual(splitter.push(long.subarray(at, at + 9)), []);
  }
  const [line] = splitter.push(Buffer.from("\nnext\n"));
  assert.equal(line?.text, "é".repeat(50));
  assert.equal(line.bytes, long.length);
  assert.equal(line.sha256, createHash("sha256").update(long).digest("hex"));
  assert.deepEqual(splitter.end(), []);
});

test("AC-9 a limit in the middle of a character leaves the character out", () => {
  const splitter = splitLines(101);
  const [line] = splitter.push(Buffer.from(`${"é".repeat(70)}\n`));
  assert.equal(line?.text, "é".repeat(50));
});

test("what comes after the last newline is a line, too", () => {
  const splitter = splitLines();
  splitter.push(Buffer.from("one\ntw"));
  assert.deepEqual(splitter.end(), [{ offset: 4, bytes: 2, text: "tw", sha256: null }]);
});
