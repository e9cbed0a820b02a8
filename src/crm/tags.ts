import { type RawBuilder, sql } from "kysely";

import { fold } from "#domain/comparing.ts";
import { Fault } from "#domain/fault.ts";
import { compiled, type Store, type Write } from "#store/store.ts";

import { activityRow } from "./activities.ts";
import type { Change } from "./change.ts";

export interface TagCount {
  readonly name: string;
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
}

export interface Tags {
  /** Every tag of the workspace by name, with how much carries it. */
  readonly counts: (ws: number) => Promise<readonly TagCount[]>;
  readonly names: (ws: number) => Promise<readonly string[]>;
  readonly of: (ws: number, entityId: string) => Promise<readonly string[]>;
  /** By entity; one without tags is left out. */
  readonly ofAll: (
    ws: number,
    entityIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Tags that the workspace has not yet are made. One that is there already is left as it is, and not logged again. */
  readonly add: (change: Change, entityId: string, names: readonly string[]) => readonly Write[];
  readonly remove: (change: Change, entityId: string, names: readonly string[]) => readonly Write[];
}

const LONGEST_TAG = 60;

export function tags({ db }: Pick<Store, "db">): Tags {
  const countOf = (prefix: string): RawBuilder<number> =>
    sql`sum(entity_tag.entity_id like ${`${prefix}_%`})`;

  async function ofAll(
    ws: number,
    entityIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const { rows } = await sql<{ readonly id: string; readonly name: string }>`
      select entity_tag.entity_id as id, tag.name as name
      from entity_tag join tag on tag.ws = entity_tag.ws and tag.key = entity_tag.tag
      where entity_tag.ws = ${ws}
        and entity_tag.entity_id in (select value from json_each(${JSON.stringify(entityIds)}))
      order by entity_tag.entity_id, tag.key`.execute(db);
    return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, of]) => [id, namesIn(of)]));
  }

  return {
    counts: async (ws) => {
      const { rows } = await sql<TagCount>`
        select tag.name as name, coalesce(${countOf("con")}, 0) as contacts,
          coalesce(${countOf("com")}, 0) as companies, coalesce(${countOf("deal")}, 0) as deals
        from tag left join entity_tag on entity_tag.ws = tag.ws and entity_tag.tag = tag.key
        where tag.ws = ${ws} group by tag.key, tag.name order by tag.key`.execute(db);
      return rows;
    },
    names: async (ws) => {
      const query = db.selectFrom("tag").select("name").where("ws", "=", ws).orderBy("key");
      return namesIn(await query.execute());
    },
    of: async (ws, entityId) => (await ofAll(ws, [entityId])).get(entityId) ?? [],
    ofAll,
    add: (change, entityId, names) =>
      tagNames(names).flatMap((name) => addTag(db, change, entityId, name)),
    remove: (change, entityId, names) =>
      tagNames(names).flatMap((name) => removeTag(db, change, entityId, name)),
  };
}

function namesIn(rows: readonly { readonly name: string }[]): readonly string[] {
  return rows.map(({ name }) => name);
}

/** Names as they are kept, each once. @throws Fault `invalid` for what cannot be a tag. */
export function tagNames(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = fold(name);
    if (!byKey.has(key)) byKey.set(key, name.normalize("NFC").trim());
  }
  for (const [key, name] of byKey) {
    if (key === "") throw new Fault("invalid", "A tag has a name", { scope: "contact" });
    if (name.length > LONGEST_TAG || /[,;\n]/.test(name)) {
      const rule = `A tag has at most ${LONGEST_TAG} characters and no comma or semicolon`;
      throw new Fault("invalid", `${rule}: "${name.slice(0, LONGEST_TAG)}"`, { scope: "contact" });
    }
  }
  return [...byKey.values()];
}

type Db = Store["db"];

/** The log comes first: it is written only where the tag is not there yet. */
function addTag(db: Db, change: Change, entityId: string, name: string): readonly Write[] {
  const { ws, at } = change;
  const key = fold(name);
  const text = `Tag "${name}" added`;
  return [
    makeTag(db, ws, at, name),
    logWhere(db, change, { entityId, kind: "tagAdded", text, key, present: false }),
    compiled(
      db
        .insertInto("entity_tag")
        .values({ ws, entity_id: entityId, tag: key, at })
        .onConflict((conflict) => conflict.doNothing()),
    ),
  ];
}

function removeTag(db: Db, change: Change, entityId: string, name: string): readonly Write[] {
  const key = fold(name);
  const text = `Tag "${name}" removed`;
  return [
    logWhere(db, change, { entityId, kind: "tagRemoved", text, key, present: true }),
    compiled(
      db
        .deleteFrom("entity_tag")
        .where("ws", "=", change.ws)
        .where("entity_id", "=", entityId)
        .where("tag", "=", key),
    ),
  ];
}

export function makeTag(db: Db, ws: number, at: number, name: string): Write {
  const row = { ws, key: fold(name), name, created_at: at };
  return compiled(
    db
      .insertInto("tag")
      .values(row)
      .onConflict((conflict) => conflict.doNothing()),
  );
}

interface Logged {
  readonly entityId: string;
  readonly kind: "tagAdded" | "tagRemoved";
  readonly text: string;
  readonly key: string;
  /** Whether the tag must be there for this to be worth a line. */
  readonly present: boolean;
}

function logWhere(db: Db, change: Change, { entityId, kind, text, key, present }: Logged): Write {
  const row = activityRow(change, { entityId, kind, text, data: { tag: key } });
  const carried = sql`exists (select 1 from entity_tag
    where ws = ${change.ws} and entity_id = ${entityId} and tag = ${key})`;
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
  const statement = sql`insert into activity (${columns})
    select ${sql.join(Object.values(row))} where ${present ? carried : sql`not ${carried}`}`;
  return compiled({ compile: () => statement.compile(db) });
}
