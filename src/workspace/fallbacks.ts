/** What stands in a text for a value that is missing, where the text itself names nothing: one for each field. */
import type { Fallback } from "#contract/shapes/workspaces.ts";
import { Fault } from "#domain/fault.ts";
import { compiled, type Store } from "#store/store.ts";

import { decideAgain } from "./decide-again.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

export interface Fallbacks {
  /** By field. */
  readonly list: (ws: number) => Promise<readonly Fallback[]>;
  /** @throws Fault `invalid` for a field that stands twice. */
  readonly replace: (
    entered: Entered,
    fallbacks: readonly Fallback[],
  ) => Promise<readonly Fallback[]>;
}

async function list({ db }: Store, ws: number): Promise<readonly Fallback[]> {
  const rows = await db
    .selectFrom("fallback")
    .select(["field", "value"])
    .where("ws", "=", ws)
    .orderBy("field")
    .execute();
  return rows.map(({ field, value }) => ({ field, text: value }));
}

function refuseTwice(table: readonly Fallback[]): void {
  const seen = new Set<string>();
  for (const { field } of table) {
    if (seen.has(field)) throw new Fault("invalid", `The field ${field} stands there twice`);
    seen.add(field);
  }
}

async function replace(
  { store, audit }: Parts,
  { workspace, actor }: Entered,
  table: readonly Fallback[],
): Promise<readonly Fallback[]> {
  refuseTwice(table);
  const { no: ws, id } = workspace;
  const before = await list(store, ws);
  await store.write([
    compiled(store.db.deleteFrom("fallback").where("ws", "=", ws), before.length),
    ...table.map(({ field, text: value }) =>
      compiled(store.db.insertInto("fallback").values({ ws, field, value })),
    ),
    audit.recording(ws, {
      by: actor,
      action: "fallbacks.replaced",
      target: { type: "fallbacks", id, name: null },
      changes: { fields: [before, table].map((all) => all.map(({ field }) => field)) },
    }),
  ]);
  return list(store, ws);
}

export function fallbacks(parts: Parts): Fallbacks {
  return {
    list: (ws) => list(parts.store, ws),
    replace: (entered, table) => decideAgain(() => replace(parts, entered, table)),
  };
}
