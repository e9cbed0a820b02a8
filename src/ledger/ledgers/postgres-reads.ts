import { ask, type PgClient, type PgRow } from "#store/databases/postgres.ts";

import { payloadKey, type Entry, type Ledger } from "../ledger.ts";
import { upcast } from "../upcast.ts";

type Reads = Omit<Ledger, "id" | "store" | "owner" | "append" | "onAppend" | "broken" | "close">;

const COLUMNS = "position, no, lane, version, v, epoch, at, data";
const numberOf = (row: PgRow | undefined, column: string): number => Number(row?.[column] ?? 0);
const timeOf = (row: PgRow | undefined, column: string): number | null =>
  row?.[column] === null || row?.[column] === undefined ? null : Number(row[column]);

function entryOf(row: PgRow): Entry {
  return {
    position: numberOf(row, "position"),
    no: numberOf(row, "no"),
    lane: numberOf(row, "lane"),
    version: numberOf(row, "version"),
    epoch: numberOf(row, "epoch"),
    at: numberOf(row, "at"),
    facts: upcast(numberOf(row, "v"), String(row["data"])),
  };
}

export function postgresReads(client: PgClient): Reads {
  const rows = (sql: string, ...values: readonly unknown[]): Promise<readonly PgRow[]> =>
    ask(client, sql, values);
  const first = async (sql: string, ...values: readonly unknown[]): Promise<PgRow | undefined> =>
    (await rows(sql, ...values))[0];
  const entries = async (sql: string, ...values: readonly unknown[]): Promise<readonly Entry[]> =>
    (await rows(`select ${COLUMNS} from facts where ${sql}`, ...values)).map(entryOf);

  return {
    read: (no, lane, after = 0) =>
      entries("no = $1 and lane = $2 and version > $3 order by version", no, lane, after),
    readAfter: (position, limit) =>
      entries("position > $1 order by position limit $2", position, limit),
    lastOfLanes: (no) =>
      entries(
        `(no, lane, version) in (select no, lane, max(version) from facts where no = $1 and lane > 0
           group by no, lane) order by lane`,
        no,
      ),
    ...readsOfOpen(rows, first),
    readPayloads: async (no, lane) => {
      const found = await rows(
        "select version, part, body from payloads where no = $1 and lane = $2",
        no,
        lane,
      );
      return new Map(
        found.map((row) => [
          payloadKey(numberOf(row, "version"), numberOf(row, "part")),
          row["body"] === null ? undefined : JSON.parse(String(row["body"])),
        ]),
      );
    },
    find: async (id) => {
      const row = await first(
        `select no, ws, state, 0 as ended from live where id = $1 and lane = 0
         union all select no, ws, state, 1 as ended from executions where id = $1`,
        id,
      );
      return (
        row && {
          no: numberOf(row, "no"),
          ws: numberOf(row, "ws"),
          state: String(row["state"]),
          ended: numberOf(row, "ended") === 1,
        }
      );
    },
    head: async () =>
      numberOf(await first("select coalesce(max(position), 0) as head from facts"), "head"),
  };
}

type Rows = (sql: string, ...values: readonly unknown[]) => Promise<readonly PgRow[]>;
type First = (sql: string, ...values: readonly unknown[]) => Promise<PgRow | undefined>;

function readsOfOpen(
  rows: Rows,
  first: First,
): Pick<Reads, "readInbox" | "openLanes" | "parkedLanes" | "nextDue"> {
  return {
    readInbox: async (no, lane) => {
      const live = await first("select wake from live where no = $1 and lane = $2", no, lane);
      const items = await rows(
        "select seq, kind, body, at from inbox where no = $1 and lane = $2 order by seq",
        no,
        lane,
      );
      return {
        wake: numberOf(live, "wake"), // read first: a signal in between is read twice, never missed
        items: items.map((row) => ({
          seq: numberOf(row, "seq"),
          kind: String(row["kind"]),
          body: String(row["body"]),
          at: numberOf(row, "at"),
        })),
      };
    },
    openLanes: async (no, from, until) => {
      const row = await first(
        `select count(*) as count, min(case when owner is null then ready_at end) as due,
           (select count(*) from journeys where no = $1 and lane between $2 and $3) as opened
         from live where no = $1 and lane between $2 and $3`,
        no,
        from,
        until,
      );
      return {
        count: numberOf(row, "count"),
        due: timeOf(row, "due"),
        opened: numberOf(row, "opened"),
      };
    },
    parkedLanes: async (no) => {
      const parked = await rows(
        "select lane from live where no = $1 and lane > 0 and owner is null",
        no,
      );
      return parked.map((row) => numberOf(row, "lane"));
    },
    nextDue: async () =>
      timeOf(
        await first(
          "select min(ready_at) as due from live where owner is null and ready_at is not null and lane = 0",
        ),
        "due",
      ),
  };
}
