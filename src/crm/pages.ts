import type { Entity } from "#domain/catalogue.ts";
import type { Comparison, Condition } from "#domain/plan.ts";
import type { Store } from "#store/store.ts";

import { type Page, pageOf, type PageQuery } from "./change.ts";
import { entities } from "./entities.ts";
import type { RowOf } from "./rows.ts";
import { search } from "./search.ts";

/** What a list of entities can be narrowed by. */
export interface EntityPageQuery extends PageQuery {
  /** Found in names and addresses. */
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
}

/** A page of entities, newest first; lists and agents search by the same conditions. */
export async function pageEntities<E extends Entity>(
  store: Pick<Store, "db">,
  entity: E,
  query: EntityPageQuery,
  filters: readonly Comparison[] = [],
): Promise<Page<RowOf[E]>> {
  const { ws, limit, after } = query;
  const { ids } = await search(store, {
    ws,
    entity,
    after,
    order: "newest",
    limit: limit + 1,
    condition: conditionOf(entity, query, filters),
    now: 0,
    zone: "UTC",
  });
  const rows = await entities(store, entity).findAll(ws, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered = ids.flatMap((id) => byId.get(id) ?? []);
  return pageOf(ordered, limit, (row) => row.id);
}

const SEARCHED: Readonly<Record<Entity, readonly string[]>> = {
  contact: ["name", "email", "company.name"],
  company: ["name", "domain"],
  deal: ["name", "company.name"],
};

function conditionOf(
  entity: Entity,
  { search: words = "", tag }: EntityPageQuery,
  filters: readonly Comparison[],
): Condition {
  const anywhere = SEARCHED[entity].map((field) => {
    return { field, operator: "contains", value: literal(words) } as const;
  });
  const tagged = { field: "tags", operator: "contains", value: literal(tag ?? "") } as const;
  return {
    all: [
      ...filters,
      ...(words.trim() === "" ? [] : [{ any: anywhere }]),
      ...(tag === undefined ? [] : [tagged]),
    ],
  };
}

/** A filter on a page says what is meant as it stands: "@acme" is no variable there. */
function literal(text: string): string {
  return text.startsWith("@") ? ` ${text}` : text;
}

/** A filter on one field, where it was given. */
export function equalTo(field: string, value: string | undefined): readonly Comparison[] {
  return value === undefined ? [] : [{ field, operator: "==", value: literal(value) }];
}
