import { DatabaseSync, type StatementSync } from "node:sqlite";

import type { SandboxSettings } from "#contract/shapes/sandbox.ts";

import type { Mail } from "../mail.ts";
import { BEHAVES } from "./sandbox-settings.ts";

/** A mail as the sandbox keeps it. `delivery` counts what was accepted with one key: 2 and more are repeats. */
export interface SandboxMessage {
  readonly id: string;
  readonly ws: number;
  readonly key: string;
  readonly delivery: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly executionId: string;
  readonly contactId: string | null;
  readonly at: number;
}

export interface Accepting {
  readonly mail: Mail;
  readonly id: string;
  readonly at: number;
}

export interface MessageQuery {
  readonly ws: number;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly executionId?: string | undefined;
  readonly contactId?: string | undefined;
}

export interface SandboxStore {
  /** In the order given, in one transaction that is synced when this returns. */
  readonly accept: (batch: readonly Accepting[]) => void;
  readonly firstWith: (key: string) => string | null;
  /** Newest first. */
  readonly list: (query: MessageQuery) => readonly SandboxMessage[];
  readonly get: (ws: number, id: string) => SandboxMessage | undefined;
  readonly duplicates: (ws: number | undefined) => number;
  /** Empties the mails to a contact; that they were sent stays. Answers with how many. */
  readonly erase: (ws: number, contactId: string) => number;
  readonly settings: (ws: number) => SandboxSettings;
  readonly configure: (ws: number, settings: SandboxSettings) => void;
  readonly close: () => void;
}

const SCHEMA = `
  create table if not exists message (no integer primary key, id text not null unique,
    ws integer not null, key text not null, delivery integer not null, "from" text not null,
    "to" text not null, subject text not null, text text not null, headers text not null,
    execution_id text not null, contact_id text, at integer not null, unique (key, delivery));
  create index if not exists message_ws on message (ws, id);
  create index if not exists message_execution on message (ws, execution_id, id);
  create index if not exists message_repeated on message (ws) where delivery > 1;
  create table if not exists setting (ws integer primary key, value text not null) without rowid;`;

/** Every accepted mail is a row of its own: a key that comes twice is counted, never hidden. */
const INSERT = `insert into message (id, ws, key, delivery, "from", "to", subject, text, headers,
  execution_id, contact_id, at)
  values (?, ?, ?, 1 + (select count(*) from message where key = ?), ?, ?, ?, ?, ?, ?, ?, ?)`;

const ERASE = `update message set "to" = '', subject = '', text = '', headers = '{}'
  where ws = ? and contact_id = ? and "to" <> ''`;

const COLUMNS = `id, ws, key, delivery, "from", "to", subject, text, headers,
  execution_id as executionId, contact_id as contactId, at`;

export function openSandboxStore(path: string): SandboxStore {
  const db = new DatabaseSync(path);
  db.exec("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000");
  db.exec(SCHEMA);
  const insert = db.prepare(INSERT);
  const first = db.prepare("select id from message where key = ? order by delivery limit 1");
  const one = db.prepare(`select ${COLUMNS} from message where ws = ? and id = ?`);
  const setting = db.prepare("select value from setting where ws = ?");

  return {
    accept: (batch) => {
      accept(db, insert, batch);
    },
    firstWith: (key) => (first.get(key)?.["id"] as string | undefined) ?? null,
    list: (query) => list(db, query),
    get: (ws, id) => {
      const row = one.get(ws, id);
      return row === undefined ? undefined : readRow(row);
    },
    duplicates: (ws) => countDuplicates(db, ws),
    erase: (ws, contactId) => Number(db.prepare(ERASE).run(ws, contactId).changes),
    settings: (ws) => {
      const value = setting.get(ws)?.["value"] as string | undefined;
      return value === undefined ? BEHAVES : (JSON.parse(value) as SandboxSettings);
    },
    configure: (ws, settings) => {
      const value = JSON.stringify(settings);
      db.prepare("insert or replace into setting (ws, value) values (?, ?)").run(ws, value);
    },
    close: () => {
      db.close();
    },
  };
}

function accept(db: DatabaseSync, insert: StatementSync, batch: readonly Accepting[]): void {
  db.exec("begin immediate");
  try {
    for (const accepting of batch) insert.run(...columnsOf(accepting));
    db.exec("commit");
  } catch (error) {
    db.exec("rollback");
    throw error;
  }
}

function countDuplicates(db: DatabaseSync, ws: number | undefined): number {
  const all = "select count(*) as n from message where delivery > 1";
  const row = ws === undefined ? db.prepare(all).get() : db.prepare(`${all} and ws = ?`).get(ws);
  return Number(row?.["n"]);
}

function columnsOf({ mail, id, at }: Accepting): readonly (string | number | null)[] {
  const { ws, key, from, to, subject, text, headers, executionId, contactId } = mail;
  const sent = [from, to, subject, text, JSON.stringify(headers)];
  return [id, ws, key, key, ...sent, executionId, contactId, at];
}

function list(
  db: DatabaseSync,
  { ws, limit, after, executionId, contactId }: MessageQuery,
): readonly SandboxMessage[] {
  const filters = [
    ["ws = ?", ws],
    ["execution_id = ?", executionId],
    ["contact_id = ?", contactId],
    ["id < ?", after],
  ] as const;
  const given = filters.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = given.map(({ sql }) => sql).join(" and ");
  const query = `select ${COLUMNS} from message where ${where} order by id desc limit ?`;
  return db
    .prepare(query)
    .all(...given.map(({ value }) => value), limit)
    .map(readRow);
}

function readRow(row: Readonly<Record<string, unknown>>): SandboxMessage {
  const { headers, ...rest } = row;
  return { ...rest, headers: JSON.parse(String(headers)) } as SandboxMessage;
}
