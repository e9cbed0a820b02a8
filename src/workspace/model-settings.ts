/** Which language model reads a workspace's instructions. Its key lies sealed, and only its last characters are told. */
import {
  DEFAULT_MODEL,
  DEFAULT_PROVIDER,
  type NewModelSettings,
  type Prices,
} from "#contract/shapes/model-settings.ts";
import { Fault } from "#domain/fault.ts";
import { compiled, type Store } from "#store/store.ts";

import type { Parts } from "./parts.ts";
import type { Sealing } from "./sealing.ts";
import type { Entered } from "./workspaces.ts";

export interface KeptModel {
  readonly provider: string;
  /** As the provider calls it. */
  readonly model: string;
  readonly key: { readonly hint: string; readonly setAt: number } | null;
  readonly timeoutMs: number;
  readonly thinkingBudget: number | null;
  readonly prices: Prices | null;
}

/** With its key: for whoever asks the model, and nobody else. */
export interface UsableModel extends Omit<KeptModel, "key" | "prices"> {
  /** Undefined where the server's secret is another by now. */
  readonly key: string | undefined;
}

export interface ModelSettings {
  readonly read: (ws: number) => Promise<KeptModel>;
  /** @throws Fault `invalid` for another provider without its own key */
  readonly replace: (entered: Entered, given: NewModelSettings) => Promise<KeptModel>;
  /** Null where no key is kept. */
  readonly usable: (ws: number) => Promise<UsableModel | null>;
}

interface Needs extends Parts {
  readonly sealing: Sealing;
}

export function modelSettings(needs: Needs): ModelSettings {
  const { store, sealing } = needs;
  return {
    read: async (ws) => toKept(await rowOf(store, ws)),
    replace: (entered, given) => replace(needs, entered, given),
    usable: async (ws) => {
      const row = await rowOf(store, ws);
      if (row?.key_sealed === undefined || row.key_sealed === null) return null;
      const { provider, model, timeoutMs, thinkingBudget } = toKept(row);
      const key = sealing.open(row.key_sealed, aboutOf(ws, provider));
      return { provider, model, timeoutMs, thinkingBudget, key };
    },
  };
}

function rowOf({ db }: Store, ws: number) {
  return db.selectFrom("model_settings").selectAll().where("ws", "=", ws).executeTakeFirst();
}
type Row = Awaited<ReturnType<typeof rowOf>>;

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_BUDGET = 2048;

function toKept(row: Row): KeptModel {
  if (row === undefined) {
    return {
      provider: DEFAULT_PROVIDER,
      model: DEFAULT_MODEL,
      key: null,
      timeoutMs: DEFAULT_TIMEOUT_MS,
      thinkingBudget: DEFAULT_BUDGET,
      prices: null,
    };
  }
  const { provider, model, key_hint: hint, key_set_at: setAt, prices } = row;
  return {
    provider,
    model,
    key: hint === null ? null : { hint, setAt: setAt ?? 0 },
    timeoutMs: row.timeout_ms,
    thinkingBudget: row.thinking_budget,
    prices: prices === null ? null : (JSON.parse(prices) as Prices),
  };
}

/** A key opens only in its workspace and for its provider. */
const aboutOf = (ws: number, provider: string): string => `model key of ${provider} in ${ws}`;

/** Enough to tell two keys apart, and none of a short one. */
const hintOf = (key: string): string => (key.length < 12 ? "…" : `…${key.slice(-4)}`);

async function replace(
  needs: Needs,
  entered: Entered,
  given: NewModelSettings,
): Promise<KeptModel> {
  const { store, audit } = needs;
  const { no: ws, id, name } = entered.workspace;
  const row = await rowOf(store, ws);
  const before = toKept(row);
  const columns = {
    ...keyColumns(needs, ws, given, row),
    provider: given.provider,
    model: given.model,
    timeout_ms: given.timeoutSeconds * 1000,
    thinking_budget: given.thinkingBudget,
    prices: given.prices === null ? null : JSON.stringify(given.prices),
  };
  const insert = store.db.insertInto("model_settings").values({ ws, ...columns });
  const after = toKept({ ws, ...columns });
  await store.write([
    compiled(insert.onConflict((conflict) => conflict.column("ws").doUpdateSet(columns))),
    audit.recording(ws, {
      by: entered.actor,
      action: "model.changed",
      target: { type: "workspace", id, name },
      changes: {
        model: [phrase(before), phrase(after)],
        ...(given.key !== undefined && { key: given.key === null ? "removed" : "set" }),
      },
    }),
  ]);
  return after;
}

const phrase = ({ provider, model, key }: KeptModel): string =>
  key === null ? "none" : `${provider}: ${model}`;

type KeyColumns = Pick<NonNullable<Row>, "key_sealed" | "key_hint" | "key_set_at">;

function keyColumns(
  { sealing, clock }: Needs,
  ws: number,
  { key, provider }: NewModelSettings,
  row: Row,
): KeyColumns {
  const none = { key_sealed: null, key_hint: null, key_set_at: null };
  if (key === null) return none;
  if (key !== undefined) {
    const key_sealed = sealing.seal(key, aboutOf(ws, provider));
    return { key_sealed, key_hint: hintOf(key), key_set_at: clock.now() };
  }
  if (row === undefined) return none;
  const { key_sealed, key_hint, key_set_at } = row;
  if (key_sealed === null || row.provider === provider) return { key_sealed, key_hint, key_set_at };
  throw new Fault("invalid", `The key that is kept is one of ${row.provider}`, {
    suggestion: `Enter a key of ${provider} with it`,
  });
}
