import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as later } from "node:timers/promises";

import fc from "fast-check";

import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";
import { compareWithRebuilt } from "#ledger/rebuild.ts";

import { runAll, sentIn } from "./worker.ts";

const FULL = process.argv.includes("--full") || process.env["STINT_FULL"] !== undefined;
const WORKER = join(import.meta.dirname, "worker.ts");
const COUNT = 10;

function start(folder: string): ChildProcess {
  return spawn(process.execPath, [WORKER, folder, String(COUNT)], { stdio: "inherit" });
}

async function freshFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), "stint-kill-"));
}

async function assertAllSentOnce(folder: string): Promise<void> {
  const sent = sentIn(folder);
  assert.equal(sent.length, COUNT * 5, "none missing");
  assert.equal(new Set(sent).size, sent.length, "none twice");
  const ledger = await openSqliteLedger(join(folder, "stint.db"));
  assert.deepEqual(await compareWithRebuilt(ledger), []);
  await ledger.close();
}

/** When to strike, in milliseconds after its start: seeded, so that a failure can be repeated. */
const moments = (rounds: number): readonly number[] =>
  fc.sample(fc.integer({ min: 60, max: 700 }), rounds);

test("EN-60 a process killed at any moment loses nothing, and sends nothing twice", async () => {
  const folder = await freshFolder();
  for (const ms of moments(FULL ? 60 : 5)) {
    const child = start(folder);
    const ended = once(child, "exit");
    await Promise.race([later(ms), ended]);
    child.kill("SIGKILL");
    await ended;
  }
  assert.deepEqual(await runAll(folder, COUNT), Array(COUNT).fill(5));
  await assertAllSentOnce(folder);
  await rm(folder, { recursive: true, force: true });
});

test("EN-61 a process that was stopped, taken over and let go on writes nothing more", async () => {
  for (const ms of moments(FULL ? 30 : 3)) {
    const folder = await freshFolder();
    const child = start(folder);
    const ended = once(child, "exit");
    await later(ms);
    const results = await takeOver(folder, child);
    assert.deepEqual(results, Array(COUNT).fill(5));
    const before = await headOf(folder);
    child.kill("SIGCONT");
    await Promise.race([later(300), ended]);
    child.kill("SIGKILL");
    await ended;
    assert.equal(await headOf(folder), before);
    await assertAllSentOnce(folder);
    await rm(folder, { recursive: true, force: true });
  }
});

/** Stopped inside a transaction it holds the store's lock: then it is let go on a moment longer. */
async function takeOver(folder: string, child: ChildProcess): Promise<readonly unknown[]> {
  for (let attempt = 1; ; attempt += 1) {
    child.kill("SIGSTOP");
    try {
      return await runAll(folder, COUNT);
    } catch (error) {
      if (attempt === 50 || !/lock|busy/i.test(String(error))) throw error;
      child.kill("SIGCONT");
      await later(3);
    }
  }
}

async function headOf(folder: string): Promise<number> {
  const ledger = await openSqliteLedger(join(folder, "stint.db"));
  const head = await ledger.head();
  await ledger.close();
  return head;
}
