import assert from "node:assert/strict";
import { test } from "node:test";

import { parseLine } from "./parse-lines.ts";
import { parseOffline } from "./parsers/offline.ts";

const answer = (
  text: string,
): readonly { id: unknown; plan?: unknown; error?: { details: { reason: string }[] } }[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => JSON.parse(parseLine(line, index + 1, parseOffline).answer));

test("PA-1 every line is answered under its id with a plan or an error", () => {
  const [first, second] = answer(
    '{"id":"a","text":"Wait 3 days"}\n\n{"id":2,"text":"fly to the moon"}\n',
  );
  assert.equal(first?.id, "a");
  assert.ok(first?.plan !== undefined);
  assert.equal(second?.id, 2);
  assert.ok(second?.error !== undefined);
});

test("PA-2 a malformed line is answered with its number and what is wrong", () => {
  const lines = answer('not json\n{"id":"b"}\n{"text":"Wait 3 days"}');
  assert.deepEqual(
    lines.map(({ id }) => id),
    [null, "b", null],
  );
  assert.deepEqual(
    lines.map(({ error }) => error?.details[0]?.reason),
    ["Line 1 is not JSON", "Line 2 lacks an id or a text", "Line 3 lacks an id or a text"],
  );
});
