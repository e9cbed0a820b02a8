import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";
import { sql } from "kysely";
import { v7 } from "uuid";

import { KINDS, phaseOf, PHASES } from "#domain/kinds.ts";
import { NO_TOKENS } from "#domain/spending.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { AT, ending, held, identity } from "#ledger/testing.ts";

import type { Filters } from "./filters.ts";
import { type ListQuery, listRows, type Looks } from "./list.ts";

const folder = await mkdtemp(join(tmpdir(), "stint-list-"));
const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly kind: "program" | "automation" | "loop";
  readonly agent: number;
  readonly state: string;
  readonly label: string | null;
  readonly target: string | null;
  readonly trigger: string;
  readonly minutes: number;
  readonly tookMs: number;
  readonly cost: number | null;
}
interface Kept extends Ran {
  readonly id: string;
  readonly createdAt: number;
  readonly isOpen: boolean;
}

const few = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const ran: fc.Arbitrary<Ran> = few<Ran["kind"]>("program", "automation", "loop").chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    agent: fc.nat(2),
    state: few<string>(...KINDS[kind].machine.states),
    label: few(null, "Ada", "ÄRGER with ada"),
    target: few(null, "con_1", "con_2"),
    trigger: few("manual", "event: deal.won", "event", "retry"),
    minutes: fc.nat(3 * 24 * 60),
    tookMs: fc.nat(5000),
    cost: few(null, 0, 10, 1000),
  }),
);

let workspaces = 0;
let time = AT;

async function keep(ws: number, one: Ran): Promise<Kept> {
  const { kind, agent, state, label, target, trigger, tookMs, cost } = one;
  time += one.minutes * 60_000;
  const [createdAt, id] = [time, `${KINDS[kind].prefix}_${v7({ msecs: time })}`];
  const known = identity({ id, ws, kind, agent, label, target, trigger });
  const phase = phaseOf(kind, state);
  const isOpen = phase === "pending" || phase === "active" || phase === "waiting";
  const on = await held(ledger, { identity: known, at: time, state });
  if (!isOpen) {
    const { ended } = ending(on);
    const spending = cost === null ? null : { cost, unknown: 0, tokens: NO_TOKENS };
    const endedAt = time + tookMs;
    const day = Math.floor(endedAt / 86_400_000);
    if (ended === undefined) throw new Error("it has a row");
    const row = { ...ended, createdAt, startedAt: time, day, spending };
    await ledger.append({ ...ending(on, { state, at: endedAt }), ended: row });
  }
  return { ...one, id, createdAt, isOpen };
}

const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined, freq: 2 });
const filters = (from: number, to: number): fc.Arbitrary<Asked> =>
  fc.record({
    kind: maybe(few("program", "automation", "loop")),
    agent: maybe(fc.nat(3)),
    states: maybe(fc.uniqueArray(few("completed", "failed", "canceled", "running", "paused"))),
    phases: maybe(fc.uniqueArray(few(...PHASES))),
    label: maybe(few("ada", "ärger", "nobody")),
    target: maybe(few("con_1", "con_3")),
    trigger: maybe(few("manual", "event", "retry")),
    since: maybe(fc.integer({ min: from - 1, max: to + 1 })),
    until: maybe(fc.integer({ min: from - 1, max: to + 1 })),
    minMs: maybe(fc.nat(5000)),
    maxMs: maybe(fc.nat(5000)),
    minCost: maybe(fc.nat(1000)),
    maxCost: maybe(fc.nat(1000)),
  });

const isIn = <T>(value: T, list: readonly T[] | undefined): boolean =>
  list?.includes(value) ?? true;
const isBetween = (value: number | null, least?: number, most?: number): boolean =>
  (least === undefined || (value !== null && value >= least)) &&
  (most === undefined || (value !== null && value <= most));

type Asked = Omit<Filters, "ws">;
const has = ({ label }: Kept, part: string): boolean =>
  label?.toLowerCase().includes(part) ?? false;

/** One filter a line, as plainly as it can be said. */
const FITS: readonly ((one: Kept, asked: Asked) => boolean)[] = [
  (one, { kind = one.kind }) => one.kind === kind,
  (one, { agent = one.agent }) => one.agent === agent,
  (one, { states }) => isIn(one.state, states),
  (one, { phases }) => isIn(phaseOf(one.kind, one.state), phases),
  (one, { label }) => label === undefined || has(one, label),
  (one, { target = one.target }) => one.target === target,
  ({ trigger: by }, { trigger }) => trigger === undefined || by.split(":")[0] === trigger,
  (one, { since, until }) => isBetween(one.createdAt, since, until),
  (one, { minMs, maxMs }) => isBetween(one.isOpen ? null : one.tookMs, minMs, maxMs),
  (one, { minCost, maxCost }) => isBetween(one.isOpen ? null : one.cost, minCost, maxCost),
];
const fits = (one: Kept, asked: Asked): boolean => FITS.every((holds) => holds(one, asked));

async function readAll(query: ListQuery, looks: Looks): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listRows(ledger.store, { ...query, cursor }, looks);
    assert.ok(page.rows.length <= query.limit);
    ids.push(...page.rows.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

test("AP-20 whatever it is narrowed by, a list's pages together are what a look at every execution finds", async () => {
  const world = fc.array(ran, { minLength: 5, maxLength: 40 });
  const asking = fc.record({
    limit: fc.integer({ min: 1, max: 7 }),
    sort: few<ListQuery["sort"]>("newest", "oldest"),
    looks: few<Looks>(
      { here: 3, beside: 5, open: 5 },
      { here: 1, beside: 1, open: 1 },
      { here: 50, beside: 50, open: 50 },
    ),
    seed: fc.integer(),
  });
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.array(asking, { minLength: 1, maxLength: 6 }),
      async (all, asked) => {
        const ws = ++workspaces;
        const from = time;
        const kept: Kept[] = [];
        for (const one of all) kept.push(await keep(ws, one));
        for (const { limit, sort, looks, seed } of asked) {
          const [by] = fc.sample(filters(from, time), { seed, numRuns: 1 });
          assert.ok(by);
          const expected = kept.filter((one) => fits(one, by)).map(({ id }) => id);
          const found = await readAll({ ws, ...by, limit, sort }, looks);
          assert.deepEqual(
            found,
            sort === "newest" ? expected.toReversed() : expected,
            JSON.stringify(by),
          );
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("AP-21 a page that has looked at as much as it may says how far back, and its cursor goes on from there", async () => {
  const ws = ++workspaces;
  const one: Ran = {
    kind: "program",
    agent: 1,
    state: "completed",
    label: "Ada",
    target: null,
    trigger: "manual",
    minutes: 1,
    tookMs: 10,
    cost: null,
  };
  const kept: Kept[] = [];
  for (let n = 0; n < 10; n += 1)
    kept.push(await keep(ws, { ...one, label: n === 0 ? "first" : "Ada" }));
  const states = ["completed"]; // one index is walked: nothing that is open fits
  const query: ListQuery = { ws, states, label: "first", sort: "newest", limit: 5 };
  const looks = { here: 2, beside: 4, open: 4 };
  const page = await listRows(ledger.store, query, looks);
  assert.deepEqual(page.rows, []);
  assert.equal(page.lookedBackTo, kept[4]?.createdAt);
  const next = await listRows(ledger.store, { ...query, cursor: page.nextCursor ?? "" }, looks);
  assert.deepEqual(
    next.rows.map(({ id }) => id),
    [kept[0]?.id],
  );
  assert.deepEqual([next.nextCursor, next.lookedBackTo], [null, null]);
});

test("AP-22 what the roll-ups have nothing of comes out empty at once, however much has run", async () => {
  const ws = ++workspaces;
  const one: Ran = {
    kind: "program",
    agent: 1,
    state: "completed",
    label: null,
    target: null,
    trigger: "manual",
    minutes: 1,
    tookMs: 10,
    cost: null,
  };
  for (let n = 0; n < 10; n += 1)
    await keep(ws, { ...one, agent: n % 2, state: n % 2 === 0 ? "completed" : "failed" });
  const query: ListQuery = { ws, agent: 0, states: ["failed"], sort: "newest", limit: 5 };
  const page = await listRows(ledger.store, query, { here: 1, beside: 1, open: 1 });
  assert.deepEqual(page, { rows: [], nextCursor: null, lookedBackTo: null });
});

test("AP-70 a list walks the index of what it is narrowed by, on a new store as on an old one", async () => {
  const walkedBy = async (column: "agent" | "kind" | "state", value: string | number) => {
    const plan = await ledger.store.db
      .selectFrom("executions")
      .selectAll()
      .where("ws", "=", 1)
      .where(column, "=", value)
      .where("no", ">", 0)
      .where("no", "<=", 1_000_000)
      .orderBy("no", "desc")
      .limit(50)
      .explain<{ readonly detail: string }>(undefined, sql`query plan`);
    return plan.map(({ detail }) => detail).join();
  };
  assert.match(await walkedBy("agent", 1), /executions_agent/);
  assert.match(await walkedBy("kind", "loop"), /executions_kind/);
  assert.match(await walkedBy("state", "failed"), /executions_state/);
});
