import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";

import { testClock } from "#domain/test-clock.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openPostgresLedger } from "#ledger/ledgers/postgres.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { onPglite } from "#store/databases/pglite.ts";

import { audit, type AuditRecord } from "./audit.ts";

const ANSWERED: AuditRecord = {
  by: { type: "user", id: "usr_1", name: "Ada" },
  action: "invocation.answered",
  target: { type: "execution", id: "inv_1", name: null },
  changes: { round: 1, request: "a", decision: "allow" },
};

function both(name: string, open: () => Promise<Ledger>): void {
  suite(`the audit on ${name}`, () => {
    const opening = open();
    after(async () => (await opening).close());

    test("IV-109 what is to be recorded once stands there once, however often and by whomever it is said", async () => {
      const { store } = await opening;
      const records = audit(store, testClock());
      const others = [
        { ...ANSWERED, changes: { ...ANSWERED.changes, request: "b" } },
        { ...ANSWERED, target: { ...ANSWERED.target, id: "inv_2" } },
      ];
      await Promise.all([ANSWERED, ANSWERED].map((one) => records.recordOnce(1, one)));
      for (const one of [ANSWERED, ...others]) await records.recordOnce(1, one);
      await records.recordOnce(2, ANSWERED);
      const entriesOf = async (ws: number) =>
        (await records.list(ws, { limit: 10 })).items.map(({ by, target, changes }) => ({
          by,
          id: target.id,
          changes,
        }));
      const shown = ({ by, target, changes }: AuditRecord) => ({ by, id: target.id, changes });
      assert.deepEqual(await entriesOf(1), [...others.toReversed(), ANSWERED].map(shown));
      assert.deepEqual(await entriesOf(2), [shown(ANSWERED)]);
    });
  });
}

const folder = await mkdtemp(join(tmpdir(), "stint-audit-"));
after(() => rm(folder, { recursive: true, force: true }));
both("SQLite", () => openSqliteLedger(join(folder, "stint.db"), { sync: "off" }));
both("PostgreSQL (PGlite)", async () => openPostgresLedger(await onPglite()));
