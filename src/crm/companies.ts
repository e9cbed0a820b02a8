import { sql } from "kysely";

import { fold } from "#domain/comparing.ts";
import type { Store } from "#store/store.ts";

import type { Page } from "./change.ts";
import { type Entities, entities } from "./entities.ts";
import { type EntityPageQuery, pageEntities } from "./pages.ts";
import type { CompanyRow } from "./rows.ts";

export interface Companies extends Entities<"company"> {
  readonly page: (query: EntityPageQuery) => Promise<Page<CompanyRow>>;
  /** By name as it is compared: the oldest of those that share one. */
  readonly byNames: (
    ws: number,
    names: readonly string[],
  ) => Promise<ReadonlyMap<string, CompanyRow>>;
}

export function companies(store: Pick<Store, "db">): Companies {
  return {
    ...entities(store, "company"),
    page: (query) => pageEntities(store, "company", query),
    byNames: async (ws, names) => {
      const keys = JSON.stringify(names.map((name) => fold(name)));
      const asked = sql<boolean>`name_key in (select value from json_each(${keys}))`;
      const query = store.db.selectFrom("company").selectAll().where("ws", "=", ws).where(asked);
      const rows = await query.orderBy("id", "desc").execute();
      return new Map(rows.map((row) => [row.name_key, row]));
    },
  };
}
