import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import fc from "fast-check";

import { testClock } from "#domain/test-clock.ts";
import type { Engine } from "#engine/engine.ts";
import { program, type LaneContext, type Program, type ProgramContext } from "#engine/program.ts";
import { settleAll } from "#engine/testing.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { FATES, Node, type Living } from "./living.ts";

const FULL = process.argv.includes("--full") || process.env["STINT_FULL"] !== undefined;
const DAY = 86_400_000;

let folder = "";
let ledger: Ledger;
let node: Node;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "stint-trees-"));
  ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  node = new Node(ledger);
});
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

/** How a node spends its life beside its children, which would go on for days. */
const WAYS = ["sleeps", "asks", "works", "walks", "is lost", "ends"] as const;
interface Tree {
  readonly way: (typeof WAYS)[number];
  readonly under: readonly Tree[];
}
type Way = (run: ProgramContext<typeof lanes>) => Promise<unknown>;

const lanes = { way: async (lane: LaneContext, ms: number) => lane.sleep("nap", ms) };
const WAY: Readonly<Record<Exclude<Tree["way"], "is lost">, Way>> = {
  sleeps: (run) => run.sleep("nap", DAY),
  asks: (run) => run.signal("answer"),
  walks: (run) => run.each("way", [DAY, 2 * DAY]),
  works: (run) =>
    run.step("work", ({ signal }) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve());
      return promise;
    }),
  ends: async () => undefined,
};

async function grow(run: ProgramContext<typeof lanes>, { way, under }: Tree): Promise<void> {
  const children = under.map((tree, i) => run.child(["under", i], programFor(tree), tree));
  await Promise.all([...children, ...(way === "is lost" ? [] : [WAY[way](run)])]);
}

type Grower = Program<Tree, void, typeof lanes>;
const grown: Grower = program("grown", grow, { lanes });
/** Later lives have no such program: what it drove is blocked. */
const lost: Grower = program("lost", grow, { lanes });
const programFor = ({ way }: Tree): Grower => (way === "is lost" ? lost : grown);

type End = "canceled" | "failed" | "completed";
/** The root, which comes to one of the three ends while its tree is in whatever state. */
const root = program("root", async (run, { tree, end }: { tree: Tree; end: End }) => {
  const child = run.child("tree", grown, tree).catch(() => undefined);
  if (end === "canceled") return await Promise.all([child, run.sleep("for ever", 90 * DAY)]);
  await run.sleep("a while", 5_000);
  if (end === "failed") throw new Error("The root gives up.");
  return undefined;
});
const everything = [root, grown, lost];

const anyTreeOf = (depth: number): fc.Arbitrary<Tree> =>
  fc.record({
    way: fc.constantFrom(...WAYS),
    under: depth === 0 ? fc.constant([]) : fc.array(anyTreeOf(depth - 1), { maxLength: 3 }),
  });
const anyTree = anyTreeOf(2);
const anyDeath = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(...FATES));
/** Only a cancel needs no free place. */
const anyCase: fc.Arbitrary<Case> = fc.oneof(
  fc.record({
    tree: anyTree,
    end: fc.constant("canceled" as const),
    pauses: fc.boolean(),
    concurrency: fc.constantFrom(3, 1000),
  }),
  fc.record({
    tree: anyTree,
    end: fc.constantFrom("failed" as const, "completed" as const),
    pauses: fc.boolean(),
    concurrency: fc.constant(1000),
  }),
);

let runs = 0;

interface Case {
  readonly tree: Tree;
  readonly end: End;
  readonly pauses: boolean;
  readonly concurrency: number;
}

/** A root's lives: it grows its tree, which may be paused, and then ends. */
function growing({ tree, end, pauses }: Case) {
  const clock = testClock();
  const key = `tree-${++runs}`;
  let id: string | undefined;
  const words: readonly (((engine: Engine, id: string) => Promise<unknown>) | undefined)[] = [
    undefined,
    pauses ? (engine, of): Promise<unknown> => engine.pause(of, "usr_1") : undefined,
    end === "canceled"
      ? (engine, of): Promise<unknown> => engine.cancel(of, "usr_1")
      : (engine, of): Promise<unknown> => engine.resume(of, "usr_1"),
    undefined,
  ];
  async function live({ engine, watch }: Living): Promise<void> {
    if (engine === undefined) return;
    void engine.start(root, { tree, end }, { key }).then((started) => (id = started.id));
    for (const word of words) {
      await settleAll(watch.busy);
      if (id !== undefined) void word?.(engine, id);
      clock.advance(3_000);
    }
    await settleAll(watch.busy);
  }
  return { clock, live, state: async () => (await ledger.find(id ?? ""))?.state };
}

async function openIds(): Promise<readonly unknown[]> {
  return await ledger.store.db.selectFrom("live").select(["driver", "lane", "state"]).execute();
}

test("EN-111 however a parent ends, nothing under it goes on, in whatever state and wherever the process dies", () =>
  fc.assert(
    fc.asyncProperty(anyCase, fc.array(anyDeath, { maxLength: 4 }), async (one, deaths) => {
      const { concurrency } = one;
      const { live, clock, state } = growing(one);
      for (const [index, death] of deaths.entries()) {
        const programs = index === 0 ? everything : [root, grown];
        const living = await node.begin(programs, clock, death, { concurrency });
        await live(living);
        living.watch.die();
      }
      const last = await node.begin([root, grown], clock, undefined, { concurrency });
      await live(last);
      for (let i = 0; i < 20 && (await openIds()).length > 0; i += 1) {
        clock.advance(2_000);
        await settleAll(last.watch.busy);
      }
      assert.deepEqual(await openIds(), []);
      assert.equal(await state(), one.end);
      await last.engine?.stop(0);
      assert.deepEqual(await compareWithRebuilt(ledger), []);
    }),
    { numRuns: FULL ? 500 : 25 },
  ));
