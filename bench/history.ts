/** A history as long as a workload asks for: sixty days of several agents, kinds and states. */
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { keepInFlight } from "./in-flight.ts";
import { appendExecution, type Past } from "./storage.ts";
import type { Bench } from "./workload.ts";

const DAYS = 60;
const DAY_MS = 86_400_000;
const TELL_EACH = 100_000;

/** Fills a store through the ledger's own write path, without waiting for the disk. */
export async function makeHistory(
  file: string,
  executions: number,
  until: number,
  say: Bench["say"],
): Promise<void> {
  const ledger = await openSqliteLedger(file, { sync: "off" });
  const between = (DAYS * DAY_MS) / executions;
  await keepInFlight(executions, 4000, async (index) => {
    const at = Math.floor(until - (executions - index) * between);
    await appendExecution(ledger, index, pastOf(index, at));
    if ((index + 1) % TELL_EACH === 0) say(`history: ${index + 1} of ${executions}`);
  });
  await ledger.close();
}

const KINDS = ["program", "program", "automation", "loop"] as const;
const TRIGGERS = ["api", "scheduled", "event: deal.won"] as const;
const TOKENS = { input: 1200, cacheRead: 0, cacheWrite: 0, output: 300 };

/** The same at each run: a few in a hundred failed, a few in a thousand were canceled, one in ten spent. */
function pastOf(index: number, at: number): Past {
  const dice = diceOf(index);
  const kind = KINDS[Math.floor(dice() * KINDS.length)] ?? "program";
  const luck = dice();
  return {
    at,
    kind,
    state: luck < 0.003 ? "canceled" : luck < 0.06 ? "failed" : "completed",
    tookMs: Math.round(1000 * Math.exp(3 * dice() + 3 * dice())), // seconds to minutes
    label: index % 1000 === 0 ? `thousandth ${index}` : "nightly",
    trigger: TRIGGERS[Math.floor(dice() * TRIGGERS.length)] ?? "api",
    figures: kind === "automation" ? { contactsProcessed: 5, emailsSent: 5 } : null,
    input: { to: addressOf(index), subject: "Hello" },
    spending: dice() < 0.1 ? { cost: 4_200_000, unknown: 0, tokens: TOKENS } : null,
  };
}

/** Each execution has its own. */
export const addressOf = (index: number): string => `user${index}@company${index % 5000}.example`;

/** Numbers from 0 to 1 that follow from a seed. */
function diceOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e37_79b1);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a_2d39);
    state ^= state >>> 15;
    return (state >>> 0) / 2 ** 32;
  };
}
