import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { type OutputEvent, outputEventSchema } from "#contract/shapes/invocation-output.ts";

import { cutEvent, MOST_TEXT } from "./cutting.ts";

const bytesOf = (text: string): number => Buffer.byteLength(text);

test("IV-82 a long text is cut between two characters, and says how much is left and where the whole stands", () => {
  const characters = fc.constantFrom("a", "é", "語", "😀");
  fc.assert(
    fc.property(characters, fc.nat(20), fc.nat(9), (character, times, more) => {
      const text = "x".repeat(more) + character.repeat(times * 2000);
      const event: OutputEvent = { at: 7, type: "text", text, form: "whole", under: null };
      const to = 7 + 40 + bytesOf(text);
      const cut = cutEvent(event, { from: 7, to });
      assert.ok(cut.type === "text" && text.startsWith(cut.text));
      assert.ok(bytesOf(cut.text) <= MOST_TEXT);
      const left = bytesOf(text) - bytesOf(cut.text);
      assert.deepEqual(cut.cut, left === 0 ? undefined : { bytes: left, from: 7, to });
      assert.ok(left === 0 || bytesOf(cut.text) > MOST_TEXT - 4);
    }),
  );
});

test("IV-82 what a tool is given is cut within, and what comes first is kept", () => {
  const long = "y".repeat(100_000);
  const input = { file_path: "/a", lines: ["one", long, "two"], more: { deep: long }, n: 1 };
  const event: OutputEvent = {
    at: 0,
    type: "tool_started",
    id: "t1",
    name: "Write",
    input,
    under: null,
  };
  const cut = cutEvent(event, { from: 0, to: 300_000 });
  assert.deepEqual(outputEventSchema.parse(cut), cut);
  assert.ok(cut.type === "tool_started");
  assert.deepEqual(cut.input, { file_path: "/a", lines: ["one", "y".repeat(MOST_TEXT - 5)] });
  const rest = [long, "two", { deep: long }, 1].map((each) => JSON.stringify(each).length);
  const whole = 2 + 3 + rest.reduce((sum, bytes) => sum + bytes, 0) - 2;
  assert.equal(cut.cut?.bytes, whole - MOST_TEXT);
});
