/** Contacts, companies and deals: the three are read, made, changed and deleted in one way. */
import type { Change, Created, Page } from "#crm/change.ts";
import type { EntityInput, Updated } from "#crm/entities.ts";
import type { EntityRow, RowOf } from "#crm/rows.ts";
import type { Entity } from "#domain/catalogue.ts";
import type { Write } from "#store/store.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { demandMember, demandVersion, type EntityBody, entityInput } from "../crm/input.ts";
import { showEntities } from "../crm/show.ts";
import type { Services } from "../services.ts";

/** What the CRM offers for one kind of entity. */
interface Kept<Row extends EntityRow, Query> {
  readonly get: (ws: number, id: string) => Promise<Row>;
  readonly page: (query: Query) => Promise<Page<Row>>;
  readonly create: (change: Change, input: EntityInput, zone?: string) => Promise<Created>;
  readonly update: (
    change: Change,
    row: Row,
    input: EntityInput,
    zone?: string,
  ) => Promise<Updated>;
  readonly remove: (change: Change, row: Row) => readonly Write[];
}

interface ListQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface EntityActs<Shown> {
  readonly list: (
    entered: Entered,
    query: ListQuery,
  ) => Promise<{ items: Shown[]; nextCursor: string | null }>;
  readonly create: (entered: Entered, body: EntityBody) => Promise<Shown>;
  readonly get: (entered: Entered, id: string) => Promise<Shown>;
  readonly update: (entered: Entered, id: string, body: EntityBody) => Promise<Shown>;
  readonly remove: (entered: Entered, id: string) => Promise<void>;
}

export function changeBy({ clock }: Services, { workspace, actor }: Entered): Change {
  return { ws: workspace.no, at: clock.now(), actor };
}

/** `Shown` is what the table of fields makes of a row; the route's schema has the last word on it. */
export function entityActs<E extends Entity, Query, Shown>(
  services: Services,
  entity: E,
  kept: Kept<RowOf[E], Query>,
): EntityActs<Shown> {
  const { store } = services;
  const show = async (ws: number, id: string): Promise<Shown> => {
    const [shown] = await showEntities(store, ws, entity, [await kept.get(ws, id)]);
    return shown as Shown;
  };
  return {
    list: async ({ workspace }, { cursor, ...query }) => {
      const asked = { ...query, ws: workspace.no, after: cursor } as Query;
      const { rows, next } = await kept.page(asked);
      const items = await showEntities(store, workspace.no, entity, rows);
      return { items: items as Shown[], nextCursor: next };
    },
    create: async (entered, body) => {
      const { workspace } = entered;
      await demandOwner(services, workspace.no, body);
      const input = entityInput(body);
      const made = await kept.create(changeBy(services, entered), input, workspace.zone);
      await store.write(made.writes);
      return show(workspace.no, made.id);
    },
    get: ({ workspace }, id) => show(workspace.no, id),
    update: async (entered, id, body) => {
      await updateEntity(services, kept, entered, id, body);
      return show(entered.workspace.no, id);
    },
    remove: async (entered, id) => {
      const row = await kept.get(entered.workspace.no, id);
      await store.write(kept.remove(changeBy(services, entered), row));
    },
  };
}

async function updateEntity<Row extends EntityRow, Query>(
  services: Services,
  kept: Kept<Row, Query>,
  entered: Entered,
  id: string,
  body: EntityBody,
): Promise<void> {
  const { no: ws, zone } = entered.workspace;
  const row = await kept.get(ws, id);
  demandVersion(row, body.version);
  await demandOwner(services, ws, body);
  const change = changeBy(services, entered);
  const { writes } = await kept.update(change, row, entityInput(body), zone);
  if (writes.length > 0) await services.store.write(writes);
}

function demandOwner({ members }: Services, ws: number, { ownerId }: EntityBody): Promise<void> {
  return demandMember(
    members,
    ws,
    ownerId,
    `Cannot make user ${ownerId} the owner: user not found`,
  );
}
