import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";

import { addSpending, NO_TOKENS, type Spending } from "#domain/spending.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { ending, held, identity } from "#ledger/testing.ts";

import { readDashboard, type RangeName } from "./dashboard.ts";

const folder = await mkdtemp(join(tmpdir(), "stint-dashboard-"));
const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

const DAY = 86_400_000;
const TODAY = 20_500;

interface Ran {
  readonly agent: number;
  readonly state: "completed" | "failed" | "canceled";
  /** Days before today on which it ended. */
  readonly ago: number;
  readonly tookMs: number;
  readonly waitedMs: number;
  readonly warnings: number;
  readonly emailsSent: number | null;
  readonly spending: Spending | null;
}

const ran: fc.Arbitrary<Ran> = fc.record({
  agent: fc.nat(2),
  state: fc.constantFrom("completed", "failed", "canceled"),
  ago: fc.nat(16),
  tookMs: fc.integer({ min: 0, max: 3_600_000 }),
  waitedMs: fc.nat(1000),
  warnings: fc.nat(2),
  emailsSent: fc.option(fc.nat(9)),
  spending: fc.option(
    fc
      .tuple(fc.option(fc.nat(1000)), fc.nat(1), fc.nat(50))
      .map(([cost, unknown, input]) => ({ cost, unknown, tokens: { ...NO_TOKENS, input } })),
  ),
});

let workspaces = 0;

async function keep(ws: number, one: Ran): Promise<void> {
  const { agent, state, ago, tookMs, waitedMs, warnings, emailsSent, spending } = one;
  const endedAt = (TODAY - ago) * DAY + DAY / 2;
  const startedAt = endedAt - tookMs;
  const on = await held(ledger, { identity: identity({ ws, agent }), at: startedAt });
  const { ended, ...item } = ending(on, { state, at: endedAt });
  if (ended === undefined) throw new Error("it has a row");
  const figures = emailsSent === null ? null : JSON.stringify({ emailsSent });
  const row = { ...ended, createdAt: startedAt, startedAt, waitedMs, warnings, figures, spending };
  await ledger.append({ ...item, ended: { ...row, day: TODAY - ago } });
}

const activeMs = ({ tookMs, waitedMs }: Ran): number => Math.max(0, tookMs - waitedMs);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** As plainly as it can be said, from the executions themselves. */
function expected(all: readonly Ran[]) {
  const decided = all.filter(({ state }) => state !== "canceled");
  const succeeded = all.filter(({ state }) => state === "completed").length;
  const emailsSent = sum(all.map((one) => one.emailsSent ?? 0));
  return {
    executions: all.length,
    succeeded,
    failed: decided.length - succeeded,
    successRate: decided.length === 0 ? null : succeeded / decided.length,
    averageMs:
      decided.length === 0 ? null : Math.round(sum(decided.map(activeMs)) / decided.length),
    warnings: sum(all.map(({ warnings }) => warnings)),
    figures: emailsSent === 0 ? {} : { emailsSent },
    spending: all.map(({ spending }) => spending).reduce(addSpending, null),
  };
}

const known = ({ cost, unknown, tokens }: Spending) =>
  cost !== null || unknown > 0 || tokens.input > 0;

function assertFits(found: object, all: readonly Ran[]): void {
  const { spending, ...rest } = expected(all);
  const told = found as ReturnType<typeof expected>;
  for (const [name, value] of Object.entries(rest)) {
    assert.deepEqual(told[name as keyof typeof rest], value, name);
  }
  assert.deepEqual(told.spending, spending === null || !known(spending) ? null : spending);
}

function assertQuantile(found: number | null, q: number, all: readonly Ran[]): void {
  if (all.length === 0) return assert.equal(found, null);
  const rank = Math.max(1, Math.ceil(q * all.length));
  const exact = all.map(activeMs).toSorted((a, b) => a - b)[rank - 1] ?? 0;
  assert.ok(Math.abs((found ?? -1) - exact) <= exact * 0.01 + 1, `${found} is not about ${exact}`);
}

test("3.15-1 a dashboard's figures are those of the executions themselves, by day, by agent and before", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(ran, { maxLength: 40 }),
      fc.option(fc.nat(2), { nil: undefined }),
      fc.constantFrom<RangeName>("7d", "all"),
      async (all, agent, range) => {
        const ws = ++workspaces;
        await Promise.all(all.map((one) => keep(ws, one)));
        const found = await readDashboard(ledger.store, { ws, agent, range, today: TODAY });
        const mine = all.filter((one) => agent === undefined || one.agent === agent);
        const now = mine.filter(({ ago }) => range === "all" || ago < 7);
        assertFits(found.totals, now);
        assertQuantile(found.totals.p50Ms, 0.5, now);
        assertQuantile(found.totals.p95Ms, 0.95, now);
        if (range === "all") assert.equal(found.before, null);
        else
          assertFits(
            found.before ?? {},
            mine.filter(({ ago }) => ago >= 7 && ago < 14),
          );
        for (const { day, executions, failed } of found.byDay) {
          const ofDay = now.filter(({ ago }) => TODAY - ago === day);
          assert.deepEqual([executions, failed], [ofDay.length, expected(ofDay).failed]);
        }
        for (const one of found.byAgent) {
          const ofAgent = now.filter((other) => other.agent === one.agent);
          assertFits(one, ofAgent);
          assertQuantile(one.p95Ms, 0.95, ofAgent);
        }
        assert.equal(sum(found.byAgent.map(({ executions }) => executions)), now.length);
      },
    ),
    { numRuns: 30 },
  );
});

test("AP-23 what is open is counted apart, and is in no rate", async () => {
  const ws = ++workspaces;
  await held(ledger, { identity: identity({ ws, agent: 1 }), state: "waiting" });
  await held(ledger, { identity: identity({ ws, agent: 2 }), state: "running" });
  const query = { ws, range: "30d", today: TODAY } as const;
  const { open, totals, byDay } = await readDashboard(ledger.store, query);
  assert.deepEqual(open, { executions: 2, byPhase: { waiting: 1, active: 1 }, isWhole: true });
  assert.deepEqual([totals.executions, totals.successRate, byDay.length], [0, null, 30]);
  const one = await readDashboard(ledger.store, { ...query, agent: 2 });
  assert.deepEqual(one.open.byPhase, { active: 1 });
});
