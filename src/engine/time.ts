/** The time of a ledger: it goes on where the last life left it, and remembers how far the machine's clock was off. */
import { uptime } from "node:os";

import { systemClock } from "#domain/clock.ts";
import { steadyClock, type SteadyClock } from "#domain/steady-clock.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { EngineLog } from "./core.ts";

/** Under which `meta` keeps how far the machine's clock was ahead. */
const AHEAD = "clock_ahead";

export async function openTime(ledger: Ledger, log: EngineLog): Promise<SteadyClock> {
  const { db } = ledger.store;
  const kept = await db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", AHEAD)
    .executeTakeFirst();
  const last = await db
    .selectFrom("facts")
    .select("at")
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  const tell = (ahead: number): void => {
    log.warn(sayJump(ahead), { seconds: Math.round(ahead / 1000) });
    keep(ledger, ahead).catch((error: unknown) => {
      log.warn("how far the clock is off could not be kept", { error: String(error) });
    });
  };
  const clock = steadyClock({
    clock: systemClock,
    uptime: () => uptime() * 1000,
    ahead: Number(kept?.value ?? 0),
    notBefore: Number(last?.at ?? 0),
    onChange: tell,
  });
  if (clock.ahead() !== 0) tell(clock.ahead());
  return clock;
}

function sayJump(ahead: number): string {
  if (ahead === 0) return "the machine's clock goes with the time that has passed again";
  const where = ahead > 0 ? "ahead of" : "behind";
  return `the machine's clock is ${where} the time that has passed, which goes on; see it right, or say \`stint release\``;
}

/** One that is behind is known by what is on record. */
async function keep({ store }: Ledger, ahead: number): Promise<void> {
  const write =
    ahead > 0
      ? {
          sql: `insert into meta (key, value) values (?, ?)
            on conflict (key) do update set value = excluded.value`,
          parameters: [AHEAD, String(Math.round(ahead))],
        }
      : { sql: "delete from meta where key = ?", parameters: [AHEAD] };
  await store.write([write]);
}
