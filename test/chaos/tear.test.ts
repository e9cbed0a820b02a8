/** The power fails: of what was written and not synced, any part may be on disk, or anything else. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, statSync, truncateSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as later } from "node:timers/promises";

import fc from "fast-check";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { runAll, sentIn } from "../crash/worker.ts";

const FULL = process.argv.includes("--full") || process.env["STINT_FULL"] !== undefined;
const WORKER = join(import.meta.dirname, "..", "crash", "worker.ts");
const COUNT = 100;
const CONTACTS = 5;

interface Tear {
  /** When the power fails, in milliseconds after the first answer. */
  readonly afterMs: number;
  /** How much of what was not synced is on disk. */
  readonly share: number;
  /** What stands there instead. */
  readonly garbage: Uint8Array;
}

const anyTear: fc.Arbitrary<Tear> = fc.record({
  afterMs: fc.integer({ min: 0, max: 200 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  garbage: fc.uint8Array({ maxLength: 9_000 }),
});

const hasAnswers = (folder: string): boolean =>
  (statSync(join(folder, "synced"), { throwIfNoEntry: false })?.size ?? 0) > 0;

function lastSynced(folder: string): number {
  const lines = readFileSync(join(folder, "synced"), "utf8").split("\n");
  return Number(lines.at(-2) ?? 0); // what follows the last line break may be half a number
}

/** @returns how many bytes were at stake */
function tear(folder: string, { share, garbage }: Tear): number {
  const wal = join(folder, "stint.db-wal");
  const synced = lastSynced(folder);
  const written = statSync(wal, { throwIfNoEntry: false })?.size;
  if (written === undefined) return 0; // it had come to its end
  truncateSync(wal, synced + Math.floor((written - synced) * share));
  appendFileSync(wal, garbage);
  return written - synced + garbage.length;
}

async function runUntilThePowerFails(folder: string, afterMs: number): Promise<void> {
  const args = [WORKER, folder, String(COUNT), "acknowledges"];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  const ended = once(child, "exit");
  while (!hasAnswers(folder) && child.exitCode === null) await later(2);
  await Promise.race([later(afterMs), ended]);
  child.kill("SIGKILL");
  await ended;
}

test("CH-3 a log torn anywhere behind what was synced loses nothing that was answered, and sends nothing twice", async () => {
  let atStake = 0;
  for (const torn of fc.sample(anyTear, FULL ? 40 : 4)) {
    const folder = await mkdtemp(join(tmpdir(), "stint-tear-"));
    await runUntilThePowerFails(folder, torn.afterMs);
    atStake += tear(folder, torn);
    assert.deepEqual(await runAll(folder, COUNT), Array(COUNT).fill(CONTACTS));
    const sent = sentIn(folder);
    assert.equal(sent.length, COUNT * CONTACTS, "none missing");
    assert.equal(new Set(sent).size, sent.length, "none twice");
    const ledger = await openSqliteLedger(join(folder, "stint.db"));
    assert.deepEqual(await compareWithRebuilt(ledger), []);
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
  assert.ok(atStake > 0, "something was torn");
});
