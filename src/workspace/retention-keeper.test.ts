import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { testClock } from "#domain/test-clock.ts";
import { openArchives } from "#ledger/archive/archives.ts";
import { openArchivist } from "#ledger/archive/archivist.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { AT, ending, held, identity } from "#ledger/testing.ts";

import { openRetentionKeeper } from "./retention-keeper.ts";
import { person } from "./testing.ts";
import { openWorkspaces } from "./workspace.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

async function setup() {
  const folder = await mkdtemp(join(tmpdir(), "stint-keeper-"));
  const path = join(folder, "stint.db");
  const ledger = await openSqliteLedger(path, { sync: "off" });
  const clock = testClock(AT);
  const { store } = ledger;
  const parse = async () => ({ plan: { steps: [] } });
  const services = openWorkspaces({ store, clock, parse });
  const given = { name: "Acme", zone: "UTC", tier: "standard" } as const;
  const workspace = await services.workspaces.create(given, person("olga", "Olga Owner"));
  const archives = openArchives({ ledger, folder, archivist: openArchivist(path) });
  const warnings: string[] = [];
  const forgotten: number[] = [];
  const keeper = openRetentionKeeper({
    ...services,
    ledger,
    archives,
    clock,
    eraseLate: async () => undefined,
    forgetWords: async (nos) => {
      forgotten.push(...nos);
    },
    dayOf: (_ws, at) => Math.floor(at / DAY),
    forgetFiles: async () => undefined,
    warn: (message, error) => warnings.push(`${message}: ${String(error)}`),
  });
  /** One that ends so many days later. */
  const ended = async (days: number): Promise<string> => {
    const on = await held(ledger, { identity: identity({ ws: workspace.no }) });
    await ledger.append(ending(on, { at: AT + days * DAY }));
    return on.identity.id;
  };
  const kept = async (ids: readonly string[]): Promise<readonly boolean[]> =>
    Promise.all(ids.map(async (id) => (await ledger.find(id)) !== undefined));
  const [audited, { no }] = [services.audit, workspace];
  return {
    clock,
    keeper,
    archives,
    workspace,
    ended,
    kept,
    warnings,
    forgotten,
    /** Until the keeper has looked so often as its alarms have rung. */
    settle: async () => keeper.look({ ...workspace, no: 0 }),
    actions: async () => (await audited.list(no, { limit: 10 })).items,
    [Symbol.asyncDispose]: async () => {
      await keeper.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test("RT-4 the keeper looks at start and every hour, lets go of what ended before the days that are kept, and says so", async () => {
  await using world = await setup();
  const { clock, keeper, archives, workspace, ended, kept, settle, warnings } = world;
  const ids = [await ended(0), await ended(1), await ended(20)];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const looked = async (): Promise<void> => {
    for (let i = 0; i < 5; i += 1) {
      await turn();
      await settle();
    }
  };
  keeper.start();
  await looked();
  assert.deepEqual(await kept(ids), [true, true, true]);
  clock.advance(31 * DAY);
  await looked();
  assert.deepEqual(await kept(ids), [false, true, true]);
  for (let i = 0; i < 24; i += 1) {
    clock.advance(HOUR);
    await looked();
  }
  assert.deepEqual(await kept(ids), [false, false, true]);
  assert.deepEqual(
    (await archives.files(workspace.no)).map(({ executions }) => executions),
    [1, 1],
  );
  const [last] = await world.actions();
  assert.equal(last?.action, "executions.pruned");
  assert.deepEqual(last?.changes, { program: { executions: 1, archived: 1 } });
  assert.equal(new Set(world.forgotten).size, 2);
  assert.deepEqual(warnings, []);
});
