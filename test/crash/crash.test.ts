import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import fc from "fast-check";

import { testClock, type TestClock } from "#domain/test-clock.ts";
import { settleAll } from "#engine/testing.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { EXPECTED, lifeOn, live, openOutside, type Fate } from "./life.ts";
import { FATES, NEVER, Node, type Living } from "./living.ts";

const FULL = process.argv.includes("--full") || process.env["STINT_FULL"] !== undefined;

let folder = "";
let ledger: Ledger;
let node: Node;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-crash-"));
  ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  node = new Node(ledger);
});
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

let runs = 0;

function scene(clock: TestClock = testClock()) {
  const outside = openOutside();
  const made = lifeOn(outside);
  const key = `run-${++runs}`;
  const begin = (n: number, when: Fate): Promise<Living> =>
    node.begin(made.programs, clock, [n, when]);
  const run = async ({ engine, watch }: Living): Promise<string | undefined> =>
    engine === undefined ? undefined : await live(engine, made, clock, key, watch);
  return { outside, begin, run, clock };
}

async function assertEnded(id: string | undefined, done: ReadonlyMap<string, number>) {
  const found = await ledger.find(id ?? "");
  assert.equal(found?.state, "completed");
  const last = (await ledger.read(found?.no ?? 0, 0)).at(-1)?.facts.at(-1);
  assert.ok(last?.t === "completed");
  assert.deepEqual(last.r, EXPECTED);
  assert.deepEqual([...done.values()], [1, 1, 1], "each effect once");
}

async function countWrites(): Promise<number> {
  const { outside, begin, run } = scene();
  const living = await begin(NEVER, "before");
  await assertEnded(await run(living), outside.done);
  await living.engine?.stop(0);
  return living.watch.writes();
}

test("EN-56 a run that dies before or after any write ends as if it had not, its effects once", async () => {
  const writes = await countWrites();
  assert.ok(writes > 20, `${writes} writes`);
  for (const when of FATES) {
    // Runs differ in what shares a write, so each write of each run is met by going on until one lives.
    for (let n = 1, died = true; died; n += 1) {
      const { outside, begin, run } = scene();
      const first = await begin(n, when);
      const id = await run(first);
      died = first.watch.hasStopped();
      assert.ok(died || n > 20, `write ${n} of ${writes}`);
      if (!died) {
        await assertEnded(id, outside.done);
        await first.engine?.stop(0);
        continue;
      }
      const next = await begin(NEVER, "before");
      await assertEnded(await run(next), outside.done);
      await next.engine?.stop(0);
    }
  }
  assert.deepEqual(await compareWithRebuilt(ledger), []);
});

test("EN-57 a run that dies again and again ends as if it had not", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 25 }), fc.constantFrom(...FATES)), {
        maxLength: 8,
      }),
      async (deaths) => {
        const { outside, begin, run } = scene();
        for (const [n, when] of deaths) await run(await begin(n, when));
        const last = await begin(NEVER, "before");
        await assertEnded(await run(last), outside.done);
        await last.engine?.stop(0);
      },
    ),
    { numRuns: FULL ? 500 : 25 },
  ));

test("EN-58 an owner that was stopped and taken over writes nothing more when it goes on", async () => {
  const writes = await countWrites();
  for (let n = 2; n <= writes; n += FULL ? 1 : 2) {
    for (const when of FATES) {
      const { outside, begin, run, clock } = scene();
      const first = await begin(n, when);
      await run(first);
      const second = await begin(NEVER, "before");
      const id = await run(second);
      await assertEnded(id, outside.done);
      const head = await ledger.head();
      first.watch.resume();
      for (let i = 0; i < 3; i += 1) {
        await settleAll(first.watch.busy);
        clock.advance(10_000);
      }
      await settleAll(first.watch.busy);
      assert.equal(await ledger.head(), head, `stopped ${when} write ${n}`);
      await assertEnded(id, outside.done);
      await Promise.all([second.engine?.stop(0), stopQuietly(first)]);
    }
  }
  assert.deepEqual(await compareWithRebuilt(ledger), []);
});

async function stopQuietly({ engine }: Living): Promise<void> {
  await engine?.stop(0);
}

test("EN-59 two owners that overlap at any moment come to the same end, effects once", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          n: fc.integer({ min: 2, max: 25 }),
          when: fc.constantFrom(...FATES),
          resumes: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      async (owners) => {
        const { outside, begin, run } = scene();
        const earlier: Living[] = [];
        for (const { n, when, resumes } of owners) {
          const living = await begin(n, when);
          const running = run(living);
          if (resumes) earlier.at(-1)?.watch.resume();
          await running;
          earlier.push(living);
        }
        const last = await begin(NEVER, "before");
        const running = run(last);
        for (const { watch } of earlier) watch.resume();
        await assertEnded(await running, outside.done);
        await Promise.all([last, ...earlier].map(stopQuietly));
      },
    ),
    { numRuns: FULL ? 500 : 25 },
  ));
