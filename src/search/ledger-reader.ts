/** What the index needs of the ledger's file, on the search thread's own connection, which only reads. */
import { DatabaseSync, type StatementSync } from "node:sqlite";

import type { Fact } from "#domain/facts.ts";
import { upcast } from "#ledger/upcast.ts";

import type { BodyOf } from "./texts.ts";

/** One append, with a way to its payloads. */
export interface Appended {
  readonly position: number;
  readonly no: number;
  readonly facts: readonly Fact[];
  readonly bodyOf: BodyOf;
}

/** What a contact, company or deal is called now. The address is for those who may see people's data. */
export interface EntityName {
  readonly name: string;
  readonly address: string;
}

export interface LedgerReader {
  readonly after: (position: number, limit: number) => readonly Appended[];
  /** All of an execution, in the order of its positions. */
  readonly execution: (no: number) => readonly Appended[];
  /** The workspace of an execution; undefined: it is gone. */
  readonly wsOf: (no: number) => number | undefined;
  readonly nameOf: (ws: number, entity: string) => EntityName | undefined;
  readonly head: () => number;
  /** When the first fact after a position happened; null: there is none. */
  readonly timeAfter: (position: number) => number | null;
  readonly close: () => void;
}

const COLUMNS = "position, no, lane, version, v, data";
const AFTER = `select ${COLUMNS} from facts where position > ?1 order by position limit ?2`;
const EXECUTION = `select ${COLUMNS} from facts where no = ?1 order by position`;
const FIRST = `select v, data from facts where no = ?1 and lane = 0 order by version limit 1`;
const PAYLOAD = `select body from payloads
  where no = ?1 and lane = ?2 and version = ?3 and part = ?4`;
const HEAD = `select coalesce(max(position), 0) as head from (select max(position) as position from facts
  union all select cast(value as integer) from meta where key = 'last_position') as given`;
const TIME = `select at from facts where position > ?1 order by position limit 1`;

const NAMES: Readonly<Record<string, string>> = {
  con: `select coalesce(first_name, '') || ' ' || coalesce(last_name, '') as name,
    coalesce(email, '') as address from contact where ws = ?1 and id = ?2`,
  com: `select name, '' as address from company where ws = ?1 and id = ?2`,
  deal: `select name, '' as address from deal where ws = ?1 and id = ?2`,
};

type Row = ReturnType<StatementSync["all"]>[number];

export function openLedgerReader(path: string): LedgerReader {
  const db = new DatabaseSync(path, { timeout: 5000, readOnly: true }); // it never makes one that is missing
  db.exec("pragma cache_size = -8192");
  const prepared = {
    after: db.prepare(AFTER),
    execution: db.prepare(EXECUTION),
    first: db.prepare(FIRST),
    payload: db.prepare(PAYLOAD),
    head: db.prepare(HEAD),
    time: db.prepare(TIME),
  };
  const appendedOf = (row: Row): Appended => ({
    position: Number(row["position"]),
    no: Number(row["no"]),
    facts: factsOf(row),
    bodyOf: (part) => bodyOf(prepared.payload, row, part),
  });
  const nameOf = openNames(db);
  return {
    after: (position, limit) => prepared.after.all(position, limit).map(appendedOf),
    execution: (no) => prepared.execution.all(no).map(appendedOf),
    wsOf: (no) => wsOf(prepared.first.get(no)),
    nameOf,
    head: () => Number(prepared.head.get()?.["head"]),
    timeAfter: (position) => numberOr(prepared.time.get(position)?.["at"]),
    close: () => {
      db.close();
    },
  };
}

const numberOr = (value: unknown): number | null => (value === undefined ? null : Number(value));

const factsOf = (row: Row): readonly Fact[] => upcast(Number(row["v"]), String(row["data"]));

function bodyOf(payload: StatementSync, { no, lane, version }: Row, part: number): unknown {
  const body = payload.get(no ?? null, lane ?? null, version ?? null, part)?.["body"];
  return typeof body === "string" ? JSON.parse(body) : undefined;
}

function wsOf(first: Row | undefined): number | undefined {
  if (first === undefined) return undefined;
  const [created] = factsOf(first);
  return created?.t === "created" ? created.ws : undefined;
}

function openNames(db: DatabaseSync): LedgerReader["nameOf"] {
  const prepared = new Map<string, StatementSync>();
  return (ws, entity) => {
    const prefix = entity.slice(0, entity.indexOf("_"));
    const sql = NAMES[prefix];
    if (sql === undefined) return undefined;
    const statement = prepared.get(prefix) ?? db.prepare(sql);
    prepared.set(prefix, statement);
    const row = statement.get(ws, entity);
    if (row === undefined) return undefined;
    return { name: String(row["name"]), address: String(row["address"]) };
  };
}
