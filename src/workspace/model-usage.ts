/** What a workspace's language model used, by the day and the model that answered. */
import { sql } from "kysely";

import type { Prices } from "#contract/shapes/model-settings.ts";
import type { Clock } from "#domain/clock.ts";
import { nanoDollars } from "#domain/money.ts";
import type { Spending, Tokens } from "#domain/spending.ts";
import { compiled, type Store } from "#store/store.ts";

export interface ModelUse {
  readonly model: string;
  /** Whether it gave no usable answer. */
  readonly isTroubled: boolean;
  readonly tokens: Tokens;
  /** In nano-dollars; null: it is not known. */
  readonly cost: number | null;
}

export interface UsedModel {
  readonly model: string;
  readonly readings: number;
  readonly troubled: number;
  readonly spending: Spending;
}

export interface ModelUsage {
  readonly record: (ws: number, use: ModelUse) => Promise<void>;
  /** Of the last 30 days, the most used first. */
  readonly lately: (ws: number) => Promise<readonly UsedModel[]>;
}

const DAY = 86_400_000;
const LATELY_DAYS = 30;
const MILLION = 1_000_000;

const COUNTS = [
  "readings",
  "troubled",
  "cost",
  "cost_unknown",
  "input",
  "cache_read",
  "cache_write",
  "output",
] as const;

export function modelUsage({ store, clock }: { store: Store; clock: Clock }): ModelUsage {
  const { db } = store;
  const today = (): number => Math.floor(clock.now() / DAY);
  return {
    record: async (ws, use) => {
      const row = { ws, day: today(), model: use.model, ...countsOf(use) };
      const more = COUNTS.map(
        (column) => [column, sql<number>`model_usage.${sql.ref(column)} + ${row[column]}`] as const,
      );
      const insert = db
        .insertInto("model_usage")
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(["ws", "day", "model"]).doUpdateSet(Object.fromEntries(more)),
        );
      await store.write([compiled(insert)]);
    },
    lately: async (ws) => {
      const rows = await db
        .selectFrom("model_usage")
        .select("model")
        .select((eb) => COUNTS.map((column) => eb.fn.sum<number>(column).as(column)))
        .where("ws", "=", ws)
        .where("day", ">", today() - LATELY_DAYS)
        .groupBy("model")
        .orderBy("readings", "desc")
        .execute();
      return rows.map(toUsed);
    },
  };
}

type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

function countsOf({ tokens, cost, isTroubled }: ModelUse): Counts {
  return {
    readings: 1,
    troubled: isTroubled ? 1 : 0,
    cost: cost ?? 0,
    cost_unknown: cost === null ? 1 : 0,
    input: tokens.input,
    cache_read: tokens.cacheRead,
    cache_write: tokens.cacheWrite,
    output: tokens.output,
  };
}

/** In nano-dollars, by prices that a workspace has agreed on. */
export function costOf(tokens: Tokens, { input, cacheRead = input, output }: Prices): number {
  const fresh = (tokens.input + tokens.cacheWrite) * input;
  const dollars = (fresh + tokens.cacheRead * cacheRead + tokens.output * output) / MILLION;
  return Number(nanoDollars(dollars));
}

function toUsed(row: Counts & { readonly model: string }): UsedModel {
  const n = (column: (typeof COUNTS)[number]): number => Number(row[column]);
  const isKnown = n("readings") > n("cost_unknown");
  return {
    model: row.model,
    readings: n("readings"),
    troubled: n("troubled"),
    spending: {
      cost: isKnown ? n("cost") : null,
      unknown: n("cost_unknown"),
      tokens: {
        input: n("input"),
        cacheRead: n("cache_read"),
        cacheWrite: n("cache_write"),
        output: n("output"),
      },
    },
  };
}
