import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";

import fc from "fast-check";
import { v7 } from "uuid";

import { testClock } from "#domain/test-clock.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openPostgresLedger } from "#ledger/ledgers/postgres.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { AT, ending, held, identity } from "#ledger/testing.ts";
import { onPglite } from "#store/databases/pglite.ts";
import { audit } from "#workspace/audit.ts";
import { errorMarks } from "#workspace/error-marks.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { errorIdOf } from "./alike.ts";
import { findErrorGroup, readErrorGroups } from "./error-groups.ts";
import { openErrors } from "./errors.ts";
import { listRows } from "./list.ts";

interface Ran {
  readonly ws: number;
  readonly kind: "program" | "invocation";
  readonly code: string;
  readonly message: string;
  readonly state: "failed" | "completed";
  readonly afterMs: number;
  /** Created so long after the first of all. */
  readonly bornMs?: number;
}

interface Kept extends Ran {
  readonly id: string;
  readonly endedAt: number;
}

const PREFIXES = { program: "prg", invocation: "inv" } as const;

async function keep(ledger: Ledger, one: Ran): Promise<Kept> {
  const { ws, kind, code, message, state, afterMs, bornMs = 0 } = one;
  const endedAt = AT + afterMs;
  const id = `${PREFIXES[kind]}_${v7({ msecs: AT })}`;
  const on = await held(ledger, { identity: identity({ id, ws, kind }) });
  const fact = state === "failed" ? { t: state, fault: { code, message } } : { t: state };
  const data = JSON.stringify([fact]);
  const end = ending(on, { state, at: endedAt, data });
  const createdAt = AT + bornMs;
  const outcome = await ledger.append({
    ...end,
    ...(end.ended && { ended: { ...end.ended, createdAt } }),
  });
  assert.ok(outcome.ok);
  return { ...one, id, endedAt };
}

/** In one of two workspaces. */
const ran: fc.Arbitrary<Ran> = fc.record({
  ws: fc.constantFrom(0, 1),
  kind: fc.constantFrom("program", "invocation"),
  code: fc.constantFrom("crash", "limit"),
  message: fc.constantFrom("Port 3000 is taken", "Port 3001 is taken", "No mail to jo@acme.test"),
  state: fc.constantFrom("failed", "failed", "completed"),
  afterMs: fc.integer({ min: 0, max: 10 }).map((minutes) => minutes * 60_000),
});

const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
  all.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** The groups as a look at everything that ran has them. */
function expected(all: readonly Kept[], ws: number, since: number) {
  const failed = all.filter(
    (one) => one.ws === ws && one.state === "failed" && one.endedAt >= since,
  );
  const ids = new Set(failed.map(({ kind, code, message }) => errorIdOf(kind, code, message)));
  return byId(
    [...ids].map((id) => {
      const own = failed.filter((one) => errorIdOf(one.kind, one.code, one.message) === id);
      const times = own.map(({ endedAt }) => endedAt);
      const seen = { firstSeen: Math.min(...times), lastSeen: Math.max(...times) };
      return { id, ...seen, executions: own.map((one) => one.id).toSorted() };
    }),
  );
}

let workspaces = 100;
const nextWorkspace = (): number => (workspaces += 2);

function enteredAs(name: string, no: number): Entered {
  return {
    workspace: { no, id: "wsp_1", name: "Acme", zone: "UTC", tier: "standard" },
    role: "member",
    actor: { type: "user", id: name.toLowerCase(), name },
  } as unknown as Entered;
}

function both(name: string, open: () => Promise<Ledger>, runs: number): void {
  suite(`errors that are alike, on ${name}`, () => {
    const opening = open();
    after(async () => (await opening).close());

    test("AP-80 groups hold every failure of their workspace once, with when it was seen first and last", async () => {
      const ledger = await opening;
      const scene = fc.array(ran, { maxLength: 12 });
      const sinces = fc.integer({ min: 0, max: 11 }).map((minutes) => AT + minutes * 60_000);
      await fc.assert(
        fc.asyncProperty(scene, sinces, async (rows, since) => {
          const ws = nextWorkspace();
          const kept: Kept[] = [];
          for (const row of rows) kept.push(await keep(ledger, { ...row, ws: ws + row.ws }));
          const { groups, lookedBackTo } = await readErrorGroups(ledger.store, { ws, since });
          const found = groups.map(({ id, firstSeen, lastSeen, failures }) => {
            const executions = failures.map((one) => one.id).toSorted();
            return { id, firstSeen, lastSeen, executions };
          });
          assert.deepEqual(byId(found), expected(kept, ws, since));
          assert.equal(lookedBackTo, null);
          for (const { failures, lastSeen } of groups) assert.equal(failures[0]?.endedAt, lastSeen);
        }),
        { numRuns: runs },
      );
    });

    test("AP-82 where too much has failed to look at all, it says how far back it looked, and an error is found among those of its kind", async () => {
      const ledger = await opening;
      const ws = nextWorkspace();
      const one = { ws, state: "failed", code: "crash", message: "It broke" } as const;
      // It ended last: what was opened again may.
      await keep(ledger, { ...one, kind: "invocation", afterMs: 9000 });
      for (let n = 1; n <= 4; n += 1)
        await keep(ledger, { ...one, kind: "program", bornMs: 1500 * n, afterMs: 2000 * n });
      const few = await readErrorGroups(ledger.store, { ws, since: 0 }, 3);
      assert.deepEqual(
        few.groups.map(({ kind, failures }) => [kind, failures.length]),
        [["program", 3]],
      );
      assert.equal(few.lookedBackTo, AT + 3000, "when the first that was looked at was created");
      const id = errorIdOf("invocation", "crash", "It broke");
      const found = await findErrorGroup(ledger.store, id, { ws, since: 0 }, 3);
      assert.equal(found?.failures.length, 1);
      const none = errorIdOf("loop", "crash", "It broke");
      assert.equal(await findErrorGroup(ledger.store, none, { ws, since: 0 }, 3), undefined);
    });

    test("AP-81 what is resolved is open again with the first failure after that, what is muted stays, and to say it twice is to say it once", async () => {
      const ledger = await opening;
      const { store } = ledger;
      const clock = testClock(AT);
      const records = audit(store, clock);
      const parts = { store, clock, audit: records };
      const agents = { names: async () => new Map() } as never;
      const errors = openErrors({ store, clock, agents, errorMarks: errorMarks(parts) });
      const ws = nextWorkspace();
      const [ada, bob] = [enteredAs("Ada", ws), enteredAs("Bob", ws)];
      const one = { ws, kind: "program", state: "failed", code: "crash" } as const;
      const fail = (message: string): Promise<Kept> =>
        keep(ledger, { ...one, message, afterMs: clock.now() - AT });
      const id = errorIdOf("program", "crash", "It broke");
      const standing = async () => {
        const { items } = await errors.list(ws, { dateRange: "30d", state: "all" });
        return items.map(({ state, seenAgain, count, mark }) => [
          state,
          seenAgain,
          count,
          mark?.by.name,
        ]);
      };
      await fail("It broke");
      assert.deepEqual(await standing(), [["open", false, 1, undefined]]);
      await errors.mark(ada, id, "resolved");
      assert.deepEqual(await standing(), [["resolved", false, 1, "Ada"]], "seen as it was said");
      clock.advance(5);
      await errors.mark(bob, id, "resolved");
      assert.deepEqual(await standing(), [["resolved", false, 1, "Ada"]], "Ada said it before");
      await fail("It broke");
      assert.deepEqual(await standing(), [["open", true, 2, "Ada"]]);
      const again = await errors.mark(bob, id, "resolved");
      assert.deepEqual(
        [again.state, again.seenAgain, again.mark?.by.name],
        ["resolved", false, "Bob"],
      );
      clock.advance(5);
      await errors.mark(ada, id, "muted");
      clock.advance(5);
      await fail("It broke");
      assert.deepEqual(await standing(), [["muted", false, 3, "Ada"]]);
      for (let n = 0; n < 2; n += 1)
        assert.deepEqual(await errors.mark(bob, id, "open"), {
          id,
          state: "open",
          seenAgain: false,
          mark: null,
        });
      assert.deepEqual(await standing(), [["open", false, 3, undefined]]);
      const { items } = await records.list(ws, { limit: 50 });
      assert.deepEqual(
        items.map(({ action, by, changes }) => [action, by.name, changes["state"]]),
        [
          ["errors.reopened", "Bob", ["muted", "open"]],
          ["errors.muted", "Ada", ["resolved", "muted"]],
          ["errors.resolved", "Bob", ["resolved", "resolved"]],
          ["errors.resolved", "Ada", ["open", "resolved"]],
        ],
        "what changed nothing is not told",
      );
      const elsewhere = enteredAs("Eve", ws + 1);
      await assert.rejects(errors.mark(elsewhere, id, "muted"), { code: "not_found" });
      assert.deepEqual((await errors.list(ws + 1, { dateRange: "30d", state: "all" })).items, []);
    });

    test("AP-81 of two who speak of an error at once both are heard, one after the other", async () => {
      const ledger = await opening;
      const { store } = ledger;
      const clock = testClock(AT);
      const marks = errorMarks({ store, clock, audit: audit(store, clock) });
      const ws = nextWorkspace();
      const errors = { id: errorIdOf("loop", "x", "y"), message: "y", lastSeen: null };
      await Promise.all([
        marks.put(enteredAs("Ada", ws), errors, "resolved"),
        marks.put(enteredAs("Bob", ws), errors, "muted"),
      ]);
      const { items } = await audit(store, clock).list(ws, { limit: 10 });
      const kept = await marks.find(ws, errors.id);
      assert.equal(items.length, 2);
      assert.equal(items[0]?.action, `errors.${kept?.state}`);
      assert.deepEqual([...(await marks.list(ws)).keys()], [errors.id]);
    });

    test("AP-83 executions are narrowed by an error together with all else, page by page", async () => {
      const ledger = await opening;
      const ws = nextWorkspace();
      const clock = testClock(AT);
      const parts = { store: ledger.store, clock, audit: audit(ledger.store, clock) };
      const agents = { names: async () => new Map() } as never;
      const errors = openErrors({
        store: ledger.store,
        clock,
        agents,
        errorMarks: errorMarks(parts),
      });
      const kept: Kept[] = [];
      for (let n = 0; n < 6; n += 1) {
        const message = n % 2 === 0 ? `Port ${n} is taken` : "It broke";
        const one = { ws, kind: "program", state: "failed", code: "crash" } as const;
        kept.push(await keep(ledger, { ...one, message, afterMs: n }));
      }
      const nos = await errors.numbersOf(ws, errorIdOf("program", "crash", "Port 1 is taken"));
      const all: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { ws, nos, sort: "newest", limit: 2, cursor } as const;
        const page = await listRows(ledger.store, query);
        all.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      assert.deepEqual(all, [kept[4]?.id, kept[2]?.id, kept[0]?.id]);
      for (const more of [{ target: "con_1" }, { nos: [] }, { ws: ws + 1 }]) {
        const query = { ws, nos, sort: "newest", limit: 2, ...more } as const;
        assert.deepEqual((await listRows(ledger.store, query)).rows, []);
      }
    });
  });
}

const folder = await mkdtemp(join(tmpdir(), "stint-errors-"));
after(() => rm(folder, { recursive: true, force: true }));
both("SQLite", () => openSqliteLedger(join(folder, "stint.db"), { sync: "off" }), 30);
both("PostgreSQL (PGlite)", async () => openPostgresLedger(await onPglite()), 8);
