import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { v7 } from "uuid";

import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { AT, ending, held, identity } from "#ledger/testing.ts";

import { type Export, exportExecutions } from "./export.ts";

const folder = await mkdtemp(join(tmpdir(), "stint-export-"));
const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
after(async () => {
  await ledger.close();
  await rm(folder, { recursive: true, force: true });
});

const agents = { names: async () => new Map() };
const MANY = 2500;

async function keep(n: number): Promise<string> {
  const [at, id] = [AT + n * 1000, `prg_${v7({ msecs: AT + n * 1000 })}`];
  const label = `mail ${n} to jane@acme.test`;
  const on = await held(ledger, { identity: identity({ id, ws: 9, label }), at });
  if (n % 10 === 0) return id;
  const { ended, ...item } = ending(on, {
    at: at + 1500,
    state: n % 2 === 0 ? "failed" : "completed",
  });
  if (ended === undefined) throw new Error("it has a row");
  const figures = JSON.stringify({
    contactsProcessed: 2,
    emailsSent: 2,
    tasksCreated: 1,
    contactsFound: 9,
  });
  await ledger.append({ ...item, ended: { ...ended, createdAt: at, startedAt: at, figures } });
  return id;
}
const ids: string[] = [];
for (let n = 1; n <= MANY; n += 1) ids.unshift(await keep(n));

const search = { find: async () => ({ nos: [], goOnFrom: null, behindSince: null }) };

async function textOf(more: Partial<Export>, store: Pick<Ledger["store"], "heavy"> = ledger.store) {
  const asked: Export = { filters: { ws: 9 }, format: "json", masked: false, ...more };
  const parts: string[] = [];
  for await (const part of exportExecutions({ store, agents, search }, asked)) parts.push(part);
  return { parts, text: parts.join("") };
}

test("3.14-8 an export holds every execution once, newest first, narrowed as the list is", async () => {
  const { text } = await textOf({});
  const all = JSON.parse(text) as { id: string; label: string; cost: null; status: string }[];
  assert.deepEqual(
    all.map(({ id }) => id),
    ids,
  );
  assert.match(all[0]?.label ?? "", /jane@acme/);
  const failed = await textOf({ filters: { ws: 9, states: ["failed"] }, masked: true });
  const some = JSON.parse(failed.text) as { label: string; status: string }[];
  assert.equal(some.length, MANY / 2 - MANY / 10);
  assert.ok(some.every(({ status }) => status === "failed"));
  assert.match(some[0]?.label ?? "", /j\*\*\*@acme/);
  assert.deepEqual(JSON.parse((await textOf({ filters: { ws: 8 } })).text), []);
});

test("3.15-8 an export as CSV has a line for each execution with what was asked for", async () => {
  const { text } = await textOf({ format: "csv" });
  const lines = text.split("\r\n");
  assert.equal(lines.length, MANY + 2);
  assert.equal(lines[0], "ExecutionId,Date,Status,Duration,Contacts Processed,Actions Performed");
  assert.equal(lines[1], `${ids[0]},${new Date(AT + MANY * 1000).toISOString()},running,,0,0`);
  assert.match(lines[2] ?? "", /,completed,1\.5,2,3$/);
});

test("AP-24 an export is read page by page, each when the one before was taken", async () => {
  let asked = 0;
  const heavy = ledger.store.heavy.withPlugin({
    transformQuery: ({ node }) => {
      asked += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const filters = { ws: 9 };
  const parts = exportExecutions(
    { store: { heavy }, agents, search },
    { filters, format: "csv", masked: false },
  );
  await parts.next();
  assert.equal(asked, 0);
  await parts.next();
  const forOne = asked;
  await parts.next();
  assert.ok(asked <= 2 * forOne, `${asked} questions for two pages, ${forOne} for one`);
  await parts.return();
});

test("AP-24 an export that breaks off ends in an error, and its JSON has no end", async () => {
  let asked = 0;
  const heavy = ledger.store.heavy.withPlugin({
    transformQuery: ({ node }) => {
      asked += 1;
      if (asked > 3) throw new Error("the disk is gone");
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const asking = { filters: { ws: 9 }, format: "json", masked: false } as const;
  let text = "";
  await assert.rejects(async () => {
    for await (const part of exportExecutions({ store: { heavy }, agents, search }, asking))
      text += part;
  }, /the disk is gone/);
  assert.match(text, /^\[\n\{/);
  assert.throws(() => JSON.parse(text) as unknown);
});
