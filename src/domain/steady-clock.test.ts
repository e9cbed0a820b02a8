import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { steadyClock, TOLERANCE_MS, type SteadyOptions } from "./steady-clock.ts";
import { testClock } from "./test-clock.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function open(more: Partial<SteadyOptions> = {}) {
  const machine = testClock();
  const told: number[] = [];
  const clock = steadyClock({
    clock: machine,
    uptime: machine.uptime,
    onChange: (ahead) => told.push(ahead),
    ...more,
  });
  return { machine, clock, told, start: machine.now() };
}

test("SF-20 time goes with the machine's clock as long as that goes with what has passed", () => {
  const { machine, clock, told } = open();
  for (const ms of [1, 10, 5_000, DAY, 400 * DAY]) {
    machine.advance(ms);
    assert.equal(clock.now(), machine.now());
  }
  assert.deepEqual(told, []);
});

test("SF-20 a jump goes by unnoticed by time, forward and back, and is told", () => {
  for (const jump of [DAY, -DAY, 10 * DAY, -2 * HOUR]) {
    const { machine, clock, told, start } = open();
    machine.advance(HOUR);
    machine.jump(jump);
    assert.equal(clock.now(), start + HOUR);
    machine.advance(HOUR);
    assert.equal(clock.now(), start + 2 * HOUR);
    assert.equal(clock.ahead(), jump);
    assert.deepEqual(told, [jump]);
  }
});

test("SF-21 time never runs backwards, whatever the machine's clock does, and keeps to what has passed", () => {
  const move = fc.record({
    jump: fc.oneof(fc.integer({ min: -DAY, max: DAY }), fc.integer({ min: -1000, max: 1000 })),
    pass: fc.integer({ min: 0, max: 2 * HOUR }),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      const { machine, clock, start } = open();
      let last = clock.now();
      let corrections = 0;
      for (const { jump, pass } of moves) {
        machine.jump(jump);
        if (Math.abs(jump) <= 2 * TOLERANCE_MS || jump > 0) corrections += TOLERANCE_MS;
        assert.ok(clock.now() >= last);
        last = clock.now();
        machine.advance(pass);
        assert.ok(clock.now() >= last);
        last = clock.now();
        const off = Math.abs(clock.now() - start - machine.uptime());
        const most = corrections + TOLERANCE_MS + machine.uptime() * 0.01 + moves.length * 100;
        assert.ok(off <= most, `${off} > ${most}`);
      }
    }),
  );
});

test("SF-22 a clock that is put right again is followed again", () => {
  const { machine, clock, told } = open();
  machine.jump(DAY);
  clock.now();
  machine.advance(HOUR);
  machine.jump(-DAY + 2_000);
  assert.equal(clock.ahead(), 0);
  assert.equal(clock.now(), machine.now());
  assert.deepEqual(told, [DAY, 0]);
});

test("SF-22 a small correction is followed: forward at once, back little by little", () => {
  const { machine, clock, start, told } = open();
  machine.jump(60_000);
  machine.advance(1_000);
  assert.equal(clock.now(), start + 61_000);
  machine.jump(-60_000);
  assert.equal(clock.now(), start + 61_000);
  machine.advance(10_000);
  const passed = clock.now() - (start + 61_000);
  assert.ok(passed > 9_800 && passed < 10_000, `it goes on, a little slower: ${passed}`);
  for (let i = 0; i < 7_000; i += 1) {
    machine.advance(1_000);
    clock.now();
  }
  assert.equal(clock.now(), machine.now());
  assert.deepEqual(told, []);
});

test("SF-23 a person can have it follow the machine's clock, and what is due by it rings", () => {
  const { machine, clock } = open();
  const rung: string[] = [];
  clock.at(machine.now() + HOUR, () => rung.push("hour"));
  clock.at(machine.now() + 2 * DAY, () => rung.push("two days"));
  machine.jump(DAY);
  machine.advance(1_000);
  clock.now();
  assert.deepEqual(rung, []);
  clock.follow();
  machine.advance(0);
  assert.deepEqual(rung, ["hour"]);
  assert.equal(clock.now(), machine.now());
});

test("SF-20 an alarm rings when its time has really passed", () => {
  for (const jump of [DAY, -DAY]) {
    const { machine, clock } = open();
    const rung: number[] = [];
    clock.at(machine.now() + HOUR, () => rung.push(machine.uptime()));
    machine.jump(jump);
    clock.now();
    clock.at(clock.now() + HOUR, () => rung.push(machine.uptime()));
    machine.advance(HOUR);
    assert.deepEqual(rung, [HOUR, HOUR]);
  }
});

test("SF-24 the next life goes on from what is on record, and from how far the clock was ahead", () => {
  const before = testClock().now();
  const behind = open({ notBefore: before + DAY });
  assert.equal(behind.clock.now(), before + DAY);
  assert.equal(behind.clock.ahead(), -DAY);
  const ahead = open({ ahead: DAY, notBefore: before - 2 * DAY });
  assert.equal(ahead.clock.now(), before - DAY);
  const mended = open({ ahead: DAY, notBefore: before - HOUR });
  assert.equal(mended.clock.now(), before, "the clock was put right meanwhile");
});
