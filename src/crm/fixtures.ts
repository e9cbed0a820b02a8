/** What the tests of this folder begin with: a store of their own and somebody who changes things. */
import type { Entity } from "#domain/catalogue.ts";
import type { Store } from "#store/store.ts";
import { openTestStore, type TestStore } from "#store/testing.ts";

import type { Change } from "./change.ts";
import { customFields, type NewCustomField } from "./custom-fields.ts";
import { entities, type EntityInput } from "./entities.ts";
import type { CustomType } from "./fields.ts";
import type { RowOf } from "./rows.ts";

export const NOW = Date.UTC(2026, 2, 15, 12);

const ANA = { type: "user", id: "usr_ana", name: "Ana" } as const;

export interface World extends AsyncDisposable {
  readonly store: TestStore;
  readonly ws: number;
  readonly change: Change;
  readonly add: <E extends Entity>(
    entity: E,
    values: EntityInput["values"],
    tags?: readonly string[],
  ) => Promise<RowOf[E]>;
  readonly define: (
    entity: Entity,
    name: string,
    type: CustomType,
    options?: readonly string[],
  ) => Promise<void>;
}

export async function openWorld(ws = 1): Promise<World> {
  const store = await openTestStore();
  return { ...inhabit(store, ws), store, [Symbol.asyncDispose]: store.close };
}

/** The same for another workspace of a store. */
export function inhabit(
  store: Store,
  ws: number,
): Omit<World, "store" | typeof Symbol.asyncDispose> {
  const change: Change = { ws, at: NOW, actor: ANA };
  return {
    ws,
    change,
    add: async (entity, values, tags) => {
      const input = tags === undefined ? { values } : { values, tags };
      const { id, writes } = await entities(store, entity).create(change, input);
      await store.write(writes);
      return entities(store, entity).get(ws, id);
    },
    define: async (entity, name, type, options) => {
      const field: NewCustomField = { entity, name, type, options };
      await store.write((await customFields(store).define(change, field)).writes);
    },
  };
}
