import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { crewOf } from "./members.ts";
import type { Process, Processes } from "./processes.ts";
import { Sampler } from "./sampling.ts";
import { linuxProcesses } from "./tables/linux.ts";
import { psProcesses } from "./tables/ps.ts";

const one = (more: Partial<Process>): Process => ({
  pid: 10,
  parent: 1,
  group: 10,
  session: 10,
  started: 100,
  cpuMs: 0,
  isZombie: false,
  ...more,
});

const marked = (...pids: readonly number[]): Processes => ({
  boot: () => "boot",
  look: () => [],
  isMarked: (pid) => pids.includes(pid),
  holdingOf: () => ({ memoryBytes: 1000, readBytes: null, writtenBytes: null }),
});

const pidsOf = (all: readonly Process[]): readonly number[] => all.map(({ pid }) => pid);
const leader = { boot: "boot", pid: 10, started: 100 };

test("SV-20 members are the leader's group and session, their children, and whoever carries the mark", () => {
  const all = [
    one({}),
    one({ pid: 11, parent: 10 }),
    one({ pid: 12, parent: 11, group: 12, session: 12 }),
    one({ pid: 13, group: 13, session: 13, started: 150 }),
    one({ pid: 14, group: 14, session: 14, started: 150 }),
    one({ pid: 15, isZombie: true }),
  ];
  const crew = crewOf(marked(13), { id: "x", leader, since: 100 });
  assert.deepEqual(pidsOf(crew.members(all)), [10, 11, 13, 12]);
});

test("SV-21 neither a leader's pid that was given again nor a mark from before makes a member", () => {
  const stranger = one({ started: 999 });
  const crew = crewOf(marked(20), { id: "x", leader, since: 100 });
  const earlier = one({ pid: 20, group: 20, session: 20, started: 99 });
  assert.deepEqual(crew.members([stranger, earlier]), []);
});

test("SV-22 what was taken never goes back, its series stays short, and its CPU adds up", () => {
  const looks = fc.array(
    fc.uniqueArray(
      fc.record({ pid: fc.integer({ min: 2, max: 6 }), cpuMs: fc.nat(1000), parent: fc.nat(6) }),
      { selector: ({ pid }) => pid },
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(looks, (all) => {
      const sampler = new Sampler(marked(), 8);
      let before = 0;
      for (const [at, members] of all.entries()) {
        sampler.take(members.map(one), at);
        const { cpuMs } = sampler.resources();
        assert.ok(cpuMs >= before);
        before = cpuMs;
      }
      const series = sampler.series();
      assert.ok(series.length <= 8);
      assert.equal(
        series.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
        sampler.resources().cpuMs,
      );
    }),
  );
});

test(
  "SV-23 `ps` tells of this process what Linux tells",
  { skip: process.platform !== "linux" && "only Linux has /proc" },
  () => {
    const [here, there] = [linuxProcesses, psProcesses].map((processes) =>
      processes.look().find(({ pid }) => pid === process.pid),
    );
    assert.deepEqual([there?.parent, there?.group], [here?.parent, here?.group]);
    const held = psProcesses.holdingOf(process.pid).memoryBytes ?? 0;
    assert.ok(held > 10e6 && held < 10e9);
    assert.equal(linuxProcesses.isMarked(process.pid, "NO_SUCH=line"), false);
    assert.equal(psProcesses.isMarked(process.pid, "NO_SUCH=line"), null);
    assert.equal(psProcesses.boot(), psProcesses.boot());
  },
);
