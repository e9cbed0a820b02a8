import type { Store } from "#store/store.ts";

import type { Page } from "./change.ts";
import { type Entities, entities } from "./entities.ts";
import { type EntityPageQuery, equalTo, pageEntities } from "./pages.ts";
import type { DealRow } from "./rows.ts";

export interface DealPageQuery extends EntityPageQuery {
  readonly stage?: string | undefined;
  readonly contactId?: string | undefined;
  readonly companyId?: string | undefined;
}

export interface Deals extends Entities<"deal"> {
  readonly page: (query: DealPageQuery) => Promise<Page<DealRow>>;
  /** The deal of a contact: its open one last changed. */
  readonly openOf: (ws: number, contactId: string) => Promise<DealRow | undefined>;
}

export function deals(store: Pick<Store, "db">): Deals {
  return {
    ...entities(store, "deal"),
    page: (query) => {
      const filters = [
        ...equalTo("stage", query.stage),
        ...equalTo("contactId", query.contactId),
        ...equalTo("companyId", query.companyId),
      ];
      return pageEntities(store, "deal", query, filters);
    },
    openOf: (ws, contactId) =>
      store.db
        .selectFrom("deal")
        .selectAll()
        .where("ws", "=", ws)
        .where("contact_id", "=", contactId)
        .where("open", "=", 1)
        .orderBy("updated_at", "desc")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst(),
  };
}
