import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import fc from "fast-check";

import { testClock, type TestClock } from "#domain/test-clock.ts";
import { anyScenes, scripted, scriptedPrograms, type Scene } from "#engine/scripts.ts";
import { settleAll } from "#engine/testing.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { FATES, Node, type Living } from "./living.ts";

const FULL = process.argv.includes("--full") || process.env["STINT_FULL"] !== undefined;

let folder = "";
let ledger: Ledger;
let node: Node;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-pause-"));
  ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  node = new Node(ledger);
});
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

type Word = "pause" | "resume" | "pass";
interface Life {
  readonly dies: readonly [number, "before" | "after"];
  readonly words: readonly Word[];
}

const anyLife: fc.Arbitrary<Life> = fc.record({
  dies: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...FATES)),
  words: fc.array(fc.constantFrom<Word>("pause", "resume", "pass"), { maxLength: 8 }),
});

let runs = 0;

/** One execution of these scenes through all its lives, and what is said to it in each. */
function scene(scenes: readonly Scene[], clock: TestClock) {
  const key = `paused-${++runs}`;
  let id: string | undefined;

  async function live({ engine, watch }: Living, words: readonly Word[]): Promise<void> {
    if (engine === undefined) return;
    void engine.start(scripted, scenes, { key }).then((started) => (id = started.id));
    for (const word of words) {
      // Said while everything is under way, not only when it has come to rest.
      if (id !== undefined && word !== "pass")
        void engine[word](id, "usr_1").catch(() => undefined);
      else await settleAll(watch.busy);
      if (word === "pass") clock.advance(3_000);
      if (watch.hasStopped()) return;
    }
    await settleAll(watch.busy);
  }

  async function end(living: Living): Promise<unknown> {
    await live(living, ["pass", "resume"]);
    for (let i = 0; i < 60; i += 1) {
      if ((await ledger.find(id ?? ""))?.ended === true) break;
      clock.advance(20_000);
      await settleAll(living.watch.busy);
    }
    assert.equal((await ledger.find(id ?? ""))?.ended, true);
    return await living.engine?.result(id ?? "").catch(String);
  }
  return { live, end };
}

test("EN-110 paused and resumed at any moment, dying at any write, it ends as if it had not been", () =>
  fc.assert(
    fc.asyncProperty(anyScenes, fc.array(anyLife, { maxLength: 5 }), async (scenes, lives) => {
      const clock = testClock();
      const undisturbed = await node.begin(scriptedPrograms, clock);
      const expected = await scene(scenes, clock).end(undisturbed);
      await undisturbed.engine?.stop(0);
      const { live, end } = scene(scenes, clock);
      for (const { dies, words } of lives) {
        const living = await node.begin(scriptedPrograms, clock, dies);
        await live(living, words);
        living.watch.die();
      }
      const last = await node.begin(scriptedPrograms, clock);
      assert.deepEqual(await end(last), expected);
      await last.engine?.stop(0);
      assert.deepEqual(await compareWithRebuilt(ledger), []);
    }),
    { numRuns: FULL ? 500 : 25 },
  ));
