import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { testClock } from "#domain/test-clock.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { AT, drive, held, identity, noted } from "#ledger/testing.ts";
import { person } from "#workspace/testing.ts";
import { openWorkspaces } from "#workspace/workspace.ts";

import { openEraser } from "./erasing.ts";

const ADA = "con_ada";

async function setup() {
  const folder = await mkdtemp(join(tmpdir(), "stint-erase-"));
  const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  const clock = testClock(AT);
  const { store } = ledger;
  const services = openWorkspaces({ store, clock, parse: async () => ({ plan: { steps: [] } }) });
  const owner = person("olga", "Olga Owner");
  const given = { name: "Acme", zone: "UTC", tier: "standard" } as const;
  const { id, no } = await services.workspaces.create(given, owner);
  const forgotten: number[] = [];
  const eraser = openEraser({
    ledger,
    clock,
    audit: services.audit,
    engine: { hint: () => undefined },
    outbox: {
      list: async () => ({ rows: [], next: null }),
      get: () => Promise.reject(new Error("there is none")),
      duplicates: async () => 0,
      erase: async () => 0,
    },
    forgetRead: () => undefined,
    forgetWords: async (nos) => {
      forgotten.push(...nos);
    },
  });
  const on = await held(ledger, { identity: identity({ ws: no }) });
  const tell = (subject: string) =>
    drive(ledger, on, [noted()], { payloads: [{ part: 0, subject, body: '"words"' }] });
  return {
    eraser,
    clock,
    no: on.no,
    /** Since the last look, what the search was told to forget. */
    forgotten: () => forgotten.splice(0),
    tell,
    entered: await services.workspaces.enter(owner, id, "workspace:read"),
    bodies: async () => [...(await ledger.readPayloads(on.no, 0)).values()],
    [Symbol.asyncDispose]: async () => {
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test("RT-23 what work that was under way puts on record about them later is erased too", async () => {
  await using world = await setup();
  const { eraser, clock, tell, entered, bodies, no, forgotten } = world;
  await tell(ADA);
  await tell("con_ben");
  assert.equal((await eraser.erase(entered, ADA)).payloads, 1);
  assert.deepEqual(forgotten(), [no]);
  await tell(ADA);
  assert.deepEqual(await bodies(), [undefined, "words", "words"]);
  clock.advance(3_600_000);
  await eraser.eraseLate();
  assert.deepEqual(await bodies(), [undefined, "words", undefined]);
  assert.deepEqual(forgotten(), [no]);
  await eraser.eraseLate();
  assert.deepEqual(forgotten(), []);
});

test("RT-20 another workspace's people are not erased", async () => {
  await using world = await setup();
  const { eraser, tell, entered, bodies } = world;
  await tell(ADA);
  const elsewhere = { ...entered, workspace: { ...entered.workspace, no: 99 } };
  await assert.rejects(eraser.erase(elsewhere, ADA), /Nothing is kept/);
  assert.deepEqual(await bodies(), ["words"]);
});
