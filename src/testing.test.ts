import assert from "node:assert/strict";
import { test } from "node:test";

import { testClock } from "stint/testing";

test("EN-62 the test's clock stands still, and rings what it passes in order, each at its time", () => {
  const clock = testClock(1_000);
  const rung: [string, number][] = [];
  const ring = (name: string) => () => rung.push([name, clock.now()]);
  clock.at(3_000, ring("late"));
  clock.at(2_000, () => {
    ring("early")();
    clock.at(2_500, ring("between"));
  });
  const takeBack = clock.at(2_200, ring("taken back"));
  takeBack();
  clock.advance(500);
  assert.deepEqual(rung, []);
  clock.advance(10_000);
  assert.deepEqual(rung, [
    ["early", 2_000],
    ["between", 2_500],
    ["late", 3_000],
  ]);
  assert.equal(clock.now(), 11_500);
});

test("EN-63 an alarm for a moment that has passed rings soon, without the clock being moved", async () => {
  const clock = testClock(1_000);
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.at(500, resolve);
  await promise;
  assert.equal(clock.now(), 1_000);
});
