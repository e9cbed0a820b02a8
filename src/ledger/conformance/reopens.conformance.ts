/** What every ledger promises about executions that had ended and are opened again. */
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { createExecution, evolveAll, type Execution } from "#domain/execution.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";

import type { ReopenItem } from "../items.ts";
import type { Ledger } from "../ledger.ts";
import { differencesOf, project, type Rows, SUMMED, type Sums, type Value } from "../rebuild.ts";
import { endedRow } from "../rows.ts";
import { AT, claiming, creating, type Get, type Held, identity } from "../testing.ts";

const DAY_MS = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** One as its owner knows it, with what its facts come to. */
interface Known extends Omit<Held, "epoch"> {
  epoch: number;
  execution: Execution;
}

async function begin(ledger: Ledger, ws: number): Promise<Known> {
  const of = identity({ ws, kind: "invocation" });
  const created: CreatedFact = {
    ...of,
    t: "created",
    kind: "invocation",
    trigger: { type: "api", by: "system" },
  };
  const facts: Fact[] = [created, { t: "started" }];
  const data = JSON.stringify(facts);
  const running = { state: "running", startedAt: AT, count: 2, data };
  const outcome = await ledger.append(
    creating({ identity: of, owner: ledger.owner, at: AT, ...running }),
  );
  assert.ok(outcome.ok);
  const execution = evolveAll(createExecution(created, AT), facts, AT);
  return { no: outcome.no, lane: 0, epoch: 1, version: 2, identity: of, execution };
}

async function finish(ledger: Ledger, on: Known, facts: readonly Fact[], at: number) {
  on.execution = evolveAll(on.execution, facts, at);
  const { state, endedAt } = on.execution;
  const { no, lane, epoch, version } = on;
  const outcome = await ledger.append({
    op: "end",
    no,
    lane,
    epoch,
    version,
    at,
    state,
    count: facts.length,
    data: JSON.stringify(facts),
    ended: endedRow(on.execution, dayOf(endedAt ?? at)),
  });
  if (outcome.ok) on.version += facts.length;
  return outcome;
}

function reopening(on: Known, at: number, more: Partial<ReopenItem> = {}): ReopenItem {
  const { endedAt, startedAt, created } = on.execution;
  return {
    op: "reopen",
    no: on.no,
    ws: created.ws,
    version: on.version,
    state: "running",
    startedAt: startedAt ?? at,
    day: dayOf(endedAt ?? at),
    at,
    count: 1,
    data: JSON.stringify([REOPENED]),
    payloads: [{ part: 0, subject: null, body: '"go on"' }],
    ...more,
  };
}
const REOPENED: Fact = { t: "reopened", by: "usr_1", part: 0 };

/** Opens it again and claims it. */
async function goOn(ledger: Ledger, on: Known, at: number): Promise<void> {
  const outcome = await ledger.append(reopening(on, at));
  assert.ok(outcome.ok, JSON.stringify(outcome));
  on.version += 1;
  on.execution = evolveAll(on.execution, [REOPENED], at);
  const line = { ws: on.identity.ws, agent: 0, begun: true, most: 10 };
  const claimed = await ledger.append({ ...claiming(ledger.owner, at), from: [line] });
  const own = claimed.find(({ no }) => no === on.no);
  assert.equal(own?.state, "running");
  on.epoch = own.epoch;
}

const DONE: readonly Fact[] = [{ t: "completed" }];

export function reopens(get: Get): void {
  test("LG-61 one that is opened again is open as before: by its number and id, due at once, under a greater epoch", async () => {
    const ledger = get();
    const on = await begin(ledger, 161);
    await finish(ledger, on, DONE, AT + 1000);
    await goOn(ledger, on, AT + 5000);
    assert.equal(on.epoch, 3); // opened again under 2
    const found = await ledger.find(on.identity.id);
    assert.deepEqual({ ...found }, { no: on.no, ws: 161, state: "running", ended: false });
    assert.equal((await ledger.readPayloads(on.no, 0)).get("4.0"), "go on");
    assert.equal((await finish(ledger, on, DONE, AT + 9000)).ok, true);
    assert.equal((await ledger.find(on.identity.id))?.ended, true);
  });

  test("LG-62 one that is open, gone, or has changed since it was read is not opened again", async () => {
    const ledger = get();
    const on = await begin(ledger, 162);
    assert.deepEqual(await ledger.append(reopening(on, AT)), { ok: false, why: "open" });
    await finish(ledger, on, DONE, AT + 1000);
    const early = reopening(on, AT + 2000, { version: on.version - 1 });
    assert.deepEqual(await ledger.append(early), { ok: false, why: "stale" });
    const day = dayOf(AT + 1000);
    await ledger.append({ op: "prune", executions: [{ no: on.no, day }], most: 100 });
    assert.deepEqual(await ledger.append(reopening(on, AT)), { ok: false, why: "gone" });
  });

  test("LG-62 of two who open one again at the same moment one does, and a repeat by key gets the first answer", async () => {
    const ledger = get();
    const on = await begin(ledger, 163);
    await finish(ledger, on, DONE, AT + 1000);
    const command = { key: "again", answer: "2" };
    const outcomes = await Promise.all([
      ledger.append(reopening(on, AT + 2000, { command })),
      ledger.append(reopening(on, AT + 2000)),
      ledger.append(reopening(on, AT + 2000, { command })),
    ]);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.ok ? "opened" : outcome.why)),
      ["opened", "open", "repeated"],
    );
    assert.equal((await ledger.read(on.no, 0)).length, 3);
  });

  test("LG-65 one that was opened again and has ended anew since it was looked at is not pruned", async () => {
    const ledger = get();
    const on = await begin(ledger, 165);
    await finish(ledger, on, DONE, AT + 1000);
    await goOn(ledger, on, AT + 5000);
    await finish(ledger, on, DONE, AT + 9000);
    const prune = async (endedAt: number): Promise<number> => {
      const executions = [{ no: on.no, day: dayOf(endedAt), endedAt }];
      return (await ledger.append({ op: "prune", executions, most: 100 })).pruned;
    };
    assert.equal(await prune(AT + 1000), 0);
    assert.equal((await ledger.find(on.identity.id))?.ended, true);
    assert.equal(await prune(AT + 9000), 1);
  });

  test("LG-63 after any row of ends and openings the sums are those of what has ended, as a rebuild has them", async () => {
    const ledger = get();
    let ws = 170;
    await fc.assert(
      fc.asyncProperty(fc.array(anyMove, { minLength: 1, maxLength: 14 }), async (moves) => {
        ws += 1;
        const all = [await begin(ledger, ws), await begin(ledger, ws)];
        let at = AT;
        for (const { which, facts, ms } of moves) {
          const on = all[which] ?? (await begin(ledger, ws));
          at += ms;
          if (on.execution.endedAt === null) await finish(ledger, on, facts, at);
          else await goOn(ledger, on, at);
        }
        assert.deepEqual(await differences(ledger, ws, all), []);
      }),
      { numRuns: 12 },
    );
  });

  test("LG-64 executions of one row are counted 1, 2, 3 … without gap or repeat, also when they come at once or one is refused", async () => {
    const ledger = get();
    const counted = `nod_${Math.random()}`;
    const guards = ["held by another"];
    await ledger.append(creating({ guards }));
    const items = Array.from({ length: 20 }, (_, index) =>
      creating({ counted, ...(index % 5 === 4 && { guards }) }),
    );
    const outcomes = await Promise.all(items.map((item) => ledger.append(item)));
    const made = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.no] : []));
    const rows = await ledger.store.db
      .selectFrom("counted")
      .select(["n", "no"])
      .where("series", "=", counted)
      .orderBy("n")
      .execute();
    assert.deepEqual(
      rows.map(({ n, no }) => [n, Number(no)]),
      made.map((no, index) => [index + 1, no]),
    );
    assert.equal(made.length, 16);
  });
}

const tokens = { input: 3, cacheRead: 0, cacheWrite: 1, output: 4 };
const anySpending: fc.Arbitrary<readonly Fact[]> = fc.constantFrom<readonly Fact[]>(
  [],
  [{ t: "spent", path: "s", cost: 7_000, tokens }],
  [{ t: "spent", path: "s", cost: null }],
  [{ t: "spent", path: "s", cost: 0 }],
);
const anyEnd: fc.Arbitrary<Fact> = fc.constantFrom<Fact>(
  { t: "completed", figures: { rounds: 2 }, warnings: 1 },
  { t: "failed", fault: { code: "crash", message: "It crashed." } },
  { t: "failed", fault: { code: "interrupted", message: "Gone." }, when: AT + 500 },
  { t: "canceled", by: "usr_1" },
);
const anyMove = fc.record({
  which: fc.nat(1),
  facts: fc
    .tuple(anySpending, fc.array(fc.constant<Fact>({ t: "stepDone", path: "r", ms: 1 })), anyEnd)
    .map(([spent, steps, last]) => [...steps, ...spent, last]),
  ms: fc.integer({ min: 1, max: DAY_MS }),
});

/** Between the sums that are kept of a workspace and those that the facts of these come to. */
async function differences(
  ledger: Ledger,
  ws: number,
  all: readonly Known[],
): Promise<readonly string[]> {
  const entries = (await Promise.all(all.map(({ no }) => ledger.read(no, 0)))).flat();
  const sums: Sums = { rollups: new Map(), sketches: new Map(), totals: new Map() };
  const rebuilt = project(entries, (_ws, at) => dayOf(at), sums);
  const compared = SUMMED.map(async (table) => {
    const kept = await keptOf(ledger, ws, table);
    return differencesOf(table, kept, rebuilt[table]);
  });
  return (await Promise.all(compared)).flat();
}

const KEYS = {
  rollups: ["ws", "span", "start", "agent", "kind", "state"],
  sketches: ["ws", "span", "start", "agent", "kind"],
  totals: ["ws", "span", "start", "agent", "kind", "name"],
} as const;

async function keptOf(
  { store }: Ledger,
  ws: number,
  table: (typeof SUMMED)[number],
): Promise<Rows> {
  const query = store.db.selectFrom(table).selectAll().where("ws", "=", ws);
  const rows = (await query.execute()) as unknown as Record<string, Value>[];
  const keys: readonly string[] = KEYS[table];
  return new Map(
    rows.map((row) => [
      keys.map((key) => row[key]).join("/"),
      Object.fromEntries(Object.entries(row).filter(([name]) => !keys.includes(name))),
    ]),
  );
}
