/**
 * How often an agent did something lately, against its restrictions. What is counted is counted in the same transaction
 * that records it: the write changes no row when it would go over the limit, so the whole append is refused as `stale`,
 * and whoever decides again reads the counts and sees which limit it was. A day is the workspace's.
 */
import { type Expression, type SqlBool, sql } from "kysely";

import type { Restrictions } from "#contract/shapes/agents.ts";
import { instantOf, wallClockOf } from "#domain/zones.ts";
import { compiled, type Store, type Write } from "#store/store.ts";

const DAY = 86_400_000;
/** What is counted by the day, for which restriction. */
const QUOTAS = {
  executionsPerDay: "maxExecutionsPerDay",
  emailsPerDay: "maxEmailsPerDay",
} as const satisfies Record<string, keyof Restrictions>;

export type Quota = keyof typeof QUOTAS;
const QUOTA_NAMES = Object.keys(QUOTAS) as readonly Quota[];

export interface Counted {
  /** The agent's `no`. */
  readonly agent: number;
  readonly zone: string;
  readonly at: number;
}

export interface Standing {
  readonly used: number;
  readonly most: number;
  /** When there is room again: the start of the next day. */
  readonly resetsAt: number;
}

export interface Quotas {
  /** Counts `n` more, or refuses the append they are in. Takes a `most` of 0 as: never. */
  readonly counting: (
    counted: Counted,
    quota: Quota,
    restrictions: Restrictions,
    n?: number,
  ) => Write;
  readonly standing: (
    counted: Counted,
    restrictions: Restrictions,
  ) => Promise<Readonly<Record<Quota, Standing>>>;
  /** The first of the quotas that has no room for `n` more. */
  readonly exceeded: (
    counted: Counted,
    restrictions: Restrictions,
    quotas: readonly Quota[],
    n?: number,
  ) => Promise<(Standing & { readonly quota: Quota }) | undefined>;
  /** Drops what no limit asks for any more. */
  readonly forgetting: (at: number) => Write;
}

/** Days since 1970-01-01 on the wall of that zone. */
export function dayOf(at: number, zone: string): number {
  return Math.floor(wallClockOf(at, zone) / DAY);
}

function resetOf({ at, zone }: Counted): number {
  return instantOf((dayOf(at, zone) + 1) * DAY, zone);
}

function used({ db }: Store, quota: Quota, counted: Counted) {
  return db
    .selectFrom("counter as c")
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>("c.n"), eb.lit(0)).as("n"))
    .where("c.agent", "=", counted.agent)
    .where("c.what", "=", quota)
    .where("c.span", ">=", dayOf(counted.at, counted.zone));
}

function counting(
  store: Store,
  counted: Counted,
  quota: Quota,
  restrictions: Restrictions,
  n: number,
): Write {
  const most = restrictions[QUOTAS[quota]];
  const hasRoom = (): Expression<SqlBool> =>
    sql<SqlBool>`(${used(store, quota, counted)}) + cast(${n} as integer) <= cast(${most} as integer)`;
  const row = sql`(select cast(${counted.agent} as bigint) as agent, cast(${quota} as text) as what,
    cast(${dayOf(counted.at, counted.zone)} as bigint) as span, cast(${n} as integer) as n)`;
  const insert = sql`insert into counter (agent, what, span, n)
    select agent, what, span, n from ${row} as more where ${hasRoom()}
    on conflict (agent, what, span) do update set n = counter.n + excluded.n`;
  return compiled({ compile: () => insert.compile(store.db) }, 1);
}

async function standingOf(
  store: Store,
  quota: Quota,
  counted: Counted,
  restrictions: Restrictions,
): Promise<Standing> {
  const { n } = await used(store, quota, counted).executeTakeFirstOrThrow();
  const most = restrictions[QUOTAS[quota]];
  return { used: Number(n), most, resetsAt: resetOf(counted) };
}

export function quotas(store: Store): Quotas {
  return {
    counting: (counted, quota, restrictions, n = 1) =>
      counting(store, counted, quota, restrictions, n),
    standing: async (counted, restrictions) => {
      const entries = QUOTA_NAMES.map(
        async (quota) => [quota, await standingOf(store, quota, counted, restrictions)] as const,
      );
      return Object.fromEntries(await Promise.all(entries)) as Record<Quota, Standing>;
    },
    exceeded: async (counted, restrictions, names, n = 1) => {
      for (const quota of names) {
        const standing = await standingOf(store, quota, counted, restrictions);
        if (standing.used + n > standing.most) return { quota, ...standing };
      }
      return undefined;
    },
    forgetting: (at) =>
      compiled(
        store.db
          .deleteFrom("counter")
          .where("what", "in", [...QUOTA_NAMES])
          .where("span", "<", Math.floor(at / DAY) - 7),
      ),
  };
}
