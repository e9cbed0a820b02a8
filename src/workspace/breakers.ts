/** Circuit breakers as they are kept: one that never tripped has no row. */
import { sql } from "kysely";

import { afterFact, type Breaker, type BreakerFact, CLOSED } from "#domain/breaker.ts";
import type { Clock } from "#domain/clock.ts";
import { compiled, type Store, type Write } from "#store/store.ts";

export interface Breakers {
  readonly read: (key: string) => Promise<Breaker>;
  /**
   * For the append that it belongs to, which is refused as `stale` where somebody else moved the breaker meanwhile: of
   * many that trip it at once, one does.
   */
  readonly moving: (key: string, from: Breaker, fact: BreakerFact, until?: number) => Write;
}

/** The breaker of an agent's executions a day. */
export const agentBreaker = (no: number): string => `agent:${no}`;

export function breakers({ store, clock }: { store: Store; clock: Clock }): Breakers {
  const { db } = store;
  return {
    read: async (key) => {
      const row = await db
        .selectFrom("breaker")
        .select(["state", "until"])
        .where("key", "=", key)
        .executeTakeFirst();
      return row ?? CLOSED;
    },
    moving: (key, from, fact, until) => {
      const at = clock.now();
      const to = afterFact(from, fact, at, until ?? null);
      if (to === undefined) throw new Error(`a breaker that is ${from.state} cannot be ${fact}`);
      const insert = db
        .insertInto("breaker")
        .values({ key, state: to.state, until: to.until, since: at })
        .onConflict((conflict) =>
          conflict
            .column("key")
            .doUpdateSet({ state: to.state, until: to.until, since: at })
            .where(sql.ref("breaker.state"), "=", from.state),
        );
      return compiled(insert, 1);
    },
  };
}
