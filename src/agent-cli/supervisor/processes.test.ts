import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { crewOf } from "./members.ts";
import { type Process, type Processes, type ProcessTable, shareLooks } from "./processes.ts";
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
  name: "sh",
  ...more,
});

const marked = (...pids: readonly number[]): Processes => ({
  boot: () => "boot",
  look: () => [],
  glance: () => [],
  of: () => undefined,
  isMarked: (pid) => pids.includes(pid),
  holdingOf: (pid) => ({ memoryBytes: 1000, readBytes: null, writtenBytes: pid * 10 }),
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

test("SV-90 without its leader a group is its as long as it was never empty, or where one in it is known as its", () => {
  const [first, other] = [one({}), one({ pid: 11 })];
  const session = one({ pid: 12, group: 12 });
  const members = (all: readonly Process[], seen: readonly string[] = [], boot = "boot") =>
    pidsOf(
      crewOf(marked(), { id: "x", leader: { ...leader, boot }, since: 100, seen }).members(all),
    );
  assert.deepEqual(members([other, session]), [], "nobody knows whose they are");
  assert.deepEqual(members([other, session], ["12/100"]), [11, 12]);
  assert.deepEqual(members([first, other], ["11/100"], "another"), [], "of another boot");

  const led = crewOf(marked(), { id: "x", leader, since: 100 });
  assert.deepEqual(pidsOf(led.members([first])), [10]);
  assert.deepEqual(pidsOf(led.members([other])), [11], "its leader was seen at the look before");
  assert.deepEqual(pidsOf(led.members([session, one({ pid: 13 })])), [12, 13]);
  assert.deepEqual(led.members([]), []);
  assert.deepEqual(led.members([one({ pid: 14 })]), [], "its number was given again meanwhile");

  const followed = crewOf(marked(), { id: "x", leader, since: 100 });
  followed.members([first]);
  assert.deepEqual(followed.members([one({ started: 999 })]), []);
  assert.deepEqual(followed.members([one({ pid: 15, started: 999 })]), [], "the other one's");
});

test("SV-75 who was a member once is one for as long as it lives, whatever becomes of its parent and in the next life", () => {
  const [parent, tool] = [one({}), one({ pid: 12, parent: 10, group: 12, session: 12 })];
  const orphan = { ...tool, parent: 1 };
  const crew = crewOf(marked(), { id: "x", leader, since: 100 });
  assert.deepEqual(pidsOf(crew.members([parent, tool])), [10, 12]);
  assert.deepEqual(pidsOf(crew.members([orphan, one({ pid: 14, parent: 12 })])), [12, 14]);
  const another = { ...orphan, started: 999 };
  assert.deepEqual(crew.members([another]), [], "its number was given again");
  const next = crewOf(marked(), { id: "x", leader, since: 100, seen: ["12/100"] });
  assert.deepEqual(pidsOf(next.members([orphan])), [12]);
});

test("SV-78 one look at the machine's processes is enough for all who ask within half a second", () => {
  let [now, looks] = [0, 0];
  const table: ProcessTable = { ...marked(), look: () => [one({ pid: ++looks })] };
  const processes = shareLooks(table, () => now);
  const glances = (): readonly number[] => processes.glance().map(({ pid }) => pid);
  assert.deepEqual([glances(), glances()], [[1], [1]]);
  now = 499;
  assert.deepEqual(glances(), [1]);
  now = 500;
  assert.deepEqual(glances(), [2]);
  assert.deepEqual([pidsOf(processes.look()), glances()], [[3], [3]], "who needs it now looks");
});

test("SV-22 what was taken never goes back, its series stays short, and its CPU and disk traffic add up", () => {
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
      const total = (of: "cpuMs" | "readBytes" | "writtenBytes"): number | null =>
        series.reduce((sum, sample) => sum + (sample[of] ?? 0), 0);
      const { cpuMs, readBytes, writtenBytes } = sampler.resources();
      assert.deepEqual([total("cpuMs"), total("writtenBytes")], [cpuMs, writtenBytes ?? 0]);
      assert.equal(readBytes, null);
      assert.ok(series.every((sample) => sample.readBytes === null));
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
    const placeOf = (found?: Process) => [found?.parent, found?.group, found?.name];
    assert.deepEqual(placeOf(there), placeOf(here));
    assert.equal(linuxProcesses.of(process.pid)?.started, here?.started);
    assert.equal(psProcesses.of(process.pid)?.started, there?.started);
    const held = psProcesses.holdingOf(process.pid).memoryBytes ?? 0;
    assert.ok(held > 10e6 && held < 10e9);
    assert.equal(linuxProcesses.isMarked(process.pid, "NO_SUCH=line"), false);
    assert.equal(psProcesses.isMarked(process.pid, "NO_SUCH=line"), null);
    assert.equal(psProcesses.boot(), psProcesses.boot());
  },
);
