import assert from "node:assert/strict";
import { test } from "node:test";

import { Fault } from "#domain/fault.ts";

import { parseOffline } from "../parsers/offline.ts";
import { readCases } from "./cases.ts";
import { evaluate } from "./evaluate.ts";

const WAIT = { steps: [{ type: "wait", params: { duration: "P3D" } }] };
const line = (id: string, text: string, expect: unknown): string =>
  JSON.stringify({ id, text, expect });

test("PA-182 an evaluation counts what is right and refused, rightly or not, and says what failed and why", () => {
  const cases = readCases(
    [
      line("right", "Wait 3 days", WAIT),
      line("differs", "Wait 4 days", WAIT),
      line("refused wrongly", "Fly to the moon", WAIT),
      line("refused rightly", "Fly to the moon", { error: true }),
      line("not refused", "Wait 3 days", { error: true }),
    ].join("\n"),
  );
  const { failed, times, ...figures } = evaluate(cases, parseOffline);
  assert.deepEqual(figures, {
    cases: 5,
    right: 2,
    accuracy: 0.4,
    refusals: { expected: 2, right: 1, wrong: 1 },
  });
  assert.deepEqual(
    failed.map(({ id, differences }) => [id, ...differences]),
    [
      ["differs", 'steps[0].duration: expected "P3D", got "P4D"'],
      ["refused wrongly", "refused"],
      ["not refused", "should have been refused"],
    ],
  );
  assert.match(failed[1]?.refused[0]?.text ?? "", /fly to the moon/i);
  assert.ok(times.p50 >= 0 && times.p99 >= times.p50);
});

test("PA-183 a labelled line that is none is named, and no figure is given", () => {
  const broken: readonly (readonly [string, RegExp])[] = [
    ["{", /Line 2 is not JSON/],
    ['{"text":"Wait"}', /Line 2 lacks an id or a text/],
    [line("a", "Wait", { steps: [] }), /Line 2 expects no plan: steps: A plan has at least/],
  ];
  for (const [second, message] of broken)
    assert.throws(
      () => readCases(`${line("first", "Wait 3 days", WAIT)}\n${second}\n`),
      (error) => error instanceof Fault && message.test(error.message),
    );
});
