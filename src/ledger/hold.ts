/**
 * A restored ledger does not know what happened after its backup was taken: what was open then may have
 * gone on since, and sent its mail. So all of it is *held*: claimed by an owner that never runs anything,
 * until a person releases it. Whatever is said to it meanwhile waits in its inbox; what is new runs.
 */
import type { DatabaseSync } from "node:sqlite";

import type { Ledger } from "./ledger.ts";

/** The owner that never runs anything, and the key under which `meta` says since when and why. */
export const HELD = "held";

export interface Hold {
  /** Since when. */
  readonly at: number;
  /** When the backup was taken. */
  readonly backupAt: number;
  /** How many executions are held now. */
  readonly executions: number;
}

/**
 * To be done while nobody has the store open. What was running is due at once when it is released.
 * Answers with how many are held.
 */
export function holdOpen(db: DatabaseSync, at: number, backupAt: number): number {
  const { changes } = db
    .prepare(
      `update live set ready_at = case when owner is null then ready_at else ? end, owner = ?
     where lane = 0`,
    )
    .run(at, HELD);
  if (Number(changes) > 0) {
    db.prepare("insert or replace into meta (key, value) values (?, ?)").run(
      HELD,
      JSON.stringify({ at, backupAt }),
    );
  }
  return Number(changes);
}

/** Undefined: nothing is held. */
export async function readHold({ store }: Pick<Ledger, "store">): Promise<Hold | undefined> {
  const { db } = store;
  const row = await db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", HELD)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { executions } = await db
    .selectFrom("live")
    .select(({ fn }) => fn.countAll<number>().as("executions"))
    .where("owner", "=", HELD)
    .executeTakeFirstOrThrow();
  return { ...(JSON.parse(row.value) as Omit<Hold, "executions">), executions: Number(executions) };
}

/** What was held can be claimed from now on. */
export async function releaseHold({ store }: Pick<Ledger, "store">): Promise<void> {
  await store.write([
    { sql: "delete from meta where key = ?", parameters: [HELD] },
    { sql: "update live set owner = null where owner = ? and lane = 0", parameters: [HELD] },
  ]);
}
