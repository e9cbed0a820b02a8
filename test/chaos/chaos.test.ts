import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import fc from "fast-check";

import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { anyLife, type Life } from "./disturbed.ts";
import { runThrough } from "./run.ts";
import { anyScenes, UNCERTAIN, type Scene } from "./scenes.ts";

const FULL = process.argv.includes("--full") || process.env["STINT_FULL"] !== undefined;

let folder = "";
let ledger: Ledger;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-chaos-"));
  ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
});
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

const stops = (n: number, more: Partial<Life> = {}): Life => {
  return { n, when: "after", resumes: false, duplicates: false, lateMs: 0, ...more };
};

/** What was found before: a run, and the lives that once brought it to another end. */
const KEPT: [readonly Scene[], readonly Life[]][] = [
  // An owner whose creation was answered late began a step that another one had done meanwhile.
  [[{ do: "both", left: [], right: [{ do: "fail", times: 1 }] }], [stops(3)]],
  [
    [
      { do: "child", acts: [{ do: "fail", times: 2 }] },
      { do: "both", left: [{ do: "step" }], right: [] },
    ],
    [stops(9, { when: "before", lateMs: 5_000 }), stops(11, { lateMs: 700 })],
  ],
  // One that had lost its execution looked for the lanes again and again, without end.
  [
    [
      { do: "step" },
      {
        do: "each",
        items: [
          [{ do: "step" }],
          [{ do: "sleep", ms: 654 }],
          [
            { do: "fail", times: 1 },
            { do: "once", loses: true, blind: true },
          ],
        ],
      },
    ],
    [
      stops(18, { resumes: true, duplicates: true, lateMs: 5_000 }),
      stops(16, { when: "before", duplicates: true, lateMs: 700 }),
    ],
  ],
];

/** Where it could not be known whether an effect had happened, both answers are right. */
const leniently = (answers: unknown): string =>
  JSON.stringify(answers).replaceAll(`"${UNCERTAIN}"`, '"sent"');

const countIn = (answers: unknown): number => JSON.stringify(answers).split(UNCERTAIN).length - 1;

test("CH-1 whatever kills, stops, delays, doubles or overlaps its processes, a run comes to the end of an undisturbed one", () =>
  fc.assert(
    fc.asyncProperty(anyScenes, fc.array(anyLife, { maxLength: 4 }), async (scenes, lives) => {
      const whole = await runThrough(ledger, scenes, []);
      const { state, answers, outside, uncertain } = await runThrough(ledger, scenes, lives);
      assert.equal(state, "completed", JSON.stringify(answers));
      assert.equal(leniently(answers), leniently(whole.answers));
      const twice = [...outside.effects].filter(([, times]) => times !== 1);
      assert.deepEqual(twice, [], "effects happen once");
      assert.deepEqual(outside.repeated, [], "completed steps do not run again");
      assert.equal(uncertain, countIn(answers), "what is uncertain is on record");
    }),
    { numRuns: FULL ? 2_000 : 60, examples: KEPT },
  ));

test("CH-2 after all of it the projections are what the facts say", async () => {
  assert.deepEqual(await compareWithRebuilt(ledger), []);
});
