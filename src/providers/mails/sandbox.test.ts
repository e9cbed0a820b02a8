import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import fc from "fast-check";

import type { Clock } from "#domain/clock.ts";

import { type MailBench, mailConformance, mailTo } from "../mail.conformance.ts";
import { BEHAVES, openFortune } from "./sandbox-settings.ts";
import { openSandboxMail, type SandboxMail } from "./sandbox.ts";

const never = new AbortController().signal;

interface Bench extends MailBench {
  readonly sandbox: SandboxMail;
  readonly path: string;
  /** Moves time and rings what came due. */
  readonly move: (ms: number) => void;
}

function movedClock(): { readonly clock: Clock; readonly move: (ms: number) => void } {
  let now = 1000;
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  return {
    clock: {
      now: () => now,
      at: (at, ring) => {
        const alarm = { at, ring };
        alarms.add(alarm);
        return () => alarms.delete(alarm);
      },
    },
    move: (ms) => {
      now += ms;
      for (const alarm of alarms) {
        if (alarm.at > now) continue;
        alarms.delete(alarm);
        alarm.ring();
      }
    },
  };
}

async function setup(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "stint-sandbox-"));
  const path = join(folder, "sandbox.db");
  const { clock, move } = movedClock();
  const sandbox = openSandboxMail({ path, clock });
  const ways = {
    well: { loseAnswerEvery: 0, refuseEvery: 0 },
    "lose the answer": { loseAnswerEvery: 1, refuseEvery: 0 },
    refuse: { loseAnswerEvery: 0, refuseEvery: 1 },
  } as const;
  return {
    provider: sandbox,
    sandbox,
    path,
    move,
    behave: (how) => {
      sandbox.configure(1, ways[how]);
    },
    delivered: async (key) => {
      const { rows } = await sandbox.outbox.list({ ws: 1, limit: 100 });
      return rows.filter((row) => row.key === key).length;
    },
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

mailConformance("sandbox", setup);

test("ML-6 the sandbox keeps a second send with the same key and counts it as a duplicate", async () => {
  await using bench = await setup();
  const { outbox } = bench.sandbox;
  const first = await bench.sandbox.send(mailTo("bo@example.com", "k1"), never);
  assert.equal(await outbox.duplicates(1), 0);
  const second = await bench.sandbox.send(mailTo("bo@example.com", "k1"), never);
  assert.notEqual(first.messageId, second.messageId);
  assert.equal(await outbox.duplicates(1), 1);
  assert.equal(await outbox.duplicates(2), 0);
  assert.equal(await outbox.duplicates(), 1);
  assert.deepEqual(await bench.sandbox.find("k1"), first);
  const { rows } = await outbox.list({ ws: 1, limit: 10 });
  assert.deepEqual(
    rows.map((row) => row.delivery),
    [2, 1],
  );
});

test("ML-7 the outbox is listed newest first, page by page, by workspace, execution and contact", async () => {
  await using bench = await setup();
  const { sandbox } = bench;
  const mails = Array.from({ length: 7 }, (_, n) => mailTo(`p${n}@example.com`, `k${n}`));
  await Promise.all(mails.map((mail) => sandbox.send(mail, never)));
  await sandbox.send({ ...mailTo("other@example.com", "o"), ws: 2 }, never);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { rows, next } = await sandbox.outbox.list({ ws: 1, limit: 3, after });
    seen.push(...rows.map((row) => row.to));
    after = next ?? undefined;
  } while (after !== undefined);
  assert.deepEqual(seen, mails.map((mail) => mail.to).toReversed());
  const [, third] = mails;
  const { executionId, contactId } = third!;
  const byExecution = await sandbox.outbox.list({ ws: 1, limit: 9, executionId });
  assert.deepEqual([byExecution.rows.length, byExecution.rows[0]?.key], [1, "k1"]);
  const byContact = await sandbox.outbox.list({ ws: 1, limit: 9, contactId: contactId! });
  assert.deepEqual(byContact.rows, byExecution.rows);
  assert.deepEqual(byContact.rows[0]?.headers, third!.headers);
  const id = String(byContact.rows[0]?.id);
  assert.deepEqual(await sandbox.outbox.get(1, id), byContact.rows[0]);
  await assert.rejects(sandbox.outbox.get(2, id), { code: "not_found" });
});

test("ML-8 a slow send takes its time; canceled before the middle it is not sent, after it nobody knows", async () => {
  await using bench = await setup();
  bench.sandbox.configure(1, { latencyMs: 1000 });
  const early = new AbortController();
  const canceled = bench.sandbox.send(mailTo("bo@example.com", "early"), early.signal);
  early.abort();
  await assert.rejects(canceled, { code: "canceled", happened: "no" });

  const late = new AbortController();
  const kept = bench.sandbox.send(mailTo("bo@example.com", "late"), late.signal);
  bench.move(500);
  while ((await bench.delivered("late")) === 0) await new Promise(setImmediate);
  late.abort();
  await assert.rejects(kept, { code: "canceled", happened: "unknown" });
  assert.notEqual(await bench.sandbox.find("late"), null);
});

test("ML-9 settings hold after a restart, for their workspace alone, and are checked", async () => {
  await using bench = await setup();
  bench.sandbox.configure(1, { loseAnswerRate: 0.5, seed: 7 });
  bench.sandbox.configure(1, { latencyMs: 20 });
  assert.throws(() => bench.sandbox.configure(1, { loseAnswerRate: 2 }));
  await bench.sandbox.send({ ...mailTo("bo@example.com", "k"), ws: 2 }, never);
  const { clock } = movedClock();
  const again = openSandboxMail({ path: bench.path, clock });
  assert.deepEqual(again.settings(1), { ...BEHAVES, latencyMs: 20, loseAnswerRate: 0.5, seed: 7 });
  assert.deepEqual(again.settings(2), BEHAVES);
  assert.equal((await again.outbox.list({ ws: 2, limit: 5 })).rows.length, 1);
  await again.close();
});

test("ML-10 the same seed loses the same answers, about as many as the rate says", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seed, loseAnswerRate) => {
        const settings = { ...BEHAVES, seed, loseAnswerRate };
        const tell = (): readonly string[] => {
          const fortune = openFortune();
          return Array.from({ length: 2000 }, () => fortune(settings));
        };
        const fates = tell();
        assert.deepEqual(tell(), fates);
        const lost = fates.filter((fate) => fate === "answer lost").length;
        assert.ok(
          Math.abs(lost / 2000 - loseAnswerRate) < 0.08,
          `${lost} of 2000 at ${loseAnswerRate}`,
        );
      },
    ),
    { numRuns: 50 },
  );
});
