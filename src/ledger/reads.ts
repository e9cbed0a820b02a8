/** What a ledger is asked, written once for every database that keeps it. */
import type { SqlValue } from "#store/store.ts";

import type { Line } from "./items.ts";
import { payloadKey, type Entry, type InboxItem, type Ledger, type Part } from "./ledger.ts";
import { upcast } from "./upcast.ts";

export type Reads = Omit<
  Ledger,
  "id" | "store" | "owner" | "append" | "onAppend" | "underWay" | "broken" | "close"
>;

export type ReadRow = Readonly<Record<string, SqlValue>>;

export const COLUMNS = "position, no, lane, version, v, epoch, at, data";
const numberOf = (row: ReadRow | undefined, column: string): number => Number(row?.[column] ?? 0);
const timeOf = (row: ReadRow | undefined, column: string): number | null =>
  row?.[column] === null || row?.[column] === undefined ? null : Number(row[column]);

export function entryOf(row: ReadRow): Entry {
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

/** Asks the database; the statement numbers its parameters `?1`, `?2` … */
export type Rows = (
  sql: string,
  ...values: readonly SqlValue[]
) => Promise<readonly ReadRow[]> | readonly ReadRow[];
type First = (sql: string, ...values: readonly SqlValue[]) => Promise<ReadRow | undefined>;

export function readsOver(rows: Rows): Reads {
  const first: First = async (sql, ...values) => (await rows(sql, ...values))[0];
  return {
    ...readsOfFacts(rows, first),
    ...readsOfLanes(rows, first),
    ...readsOfLines(rows, first),
    ...readsOfOthers(rows, first),
  };
}

const STREAM = `select ${COLUMNS} from facts where no = ?1 and lane = ?2 and version > ?3 order by version`;
const AFTER = `select ${COLUMNS} from facts where position > ?1 order by position limit ?2`;
const LASTS = `select ${COLUMNS} from facts where (no, lane, version) in
    (select no, lane, max(version) from facts where no = ?1 and lane > 0 group by no, lane)
  order by lane`;
const HEAD = `select max(position) as head from (select max(position) as position from facts
  union all select cast(value as bigint) from meta where key = 'last_position') as given`;

function readsOfFacts(
  rows: Rows,
  first: First,
): Pick<Reads, "read" | "readAfter" | "lastOfLanes" | "head"> {
  const entries = async (sql: string, ...values: readonly SqlValue[]): Promise<readonly Entry[]> =>
    (await rows(sql, ...values)).map(entryOf);
  return {
    read: (no, lane, after = 0) => entries(STREAM, no, lane, after),
    readAfter: (position, limit) => entries(AFTER, position, limit),
    lastOfLanes: (no) => entries(LASTS, no),
    head: async () => numberOf(await first(HEAD), "head"),
  };
}

const OPEN_LANES = `select count(*) as count, min(case when owner is null then ready_at end) as due,
    sum(case when owner is null then 0 else 1 end) as held,
    (select count(*) from journeys where no = ?1 and lane between ?2 and ?3) as opened
  from live where no = ?1 and lane between ?2 and ?3`;
const LANES = `select lane from live where no = ?1 and lane > 0 order by lane`;
const HELD = `select epoch from live where no = ?1 and lane = ?2 and owner is not null`;
const UNOWNED = `owner is null and ready_at is not null and lane = 0`;
const NEXT_DUE = `select min(ready_at) as due from live where ${UNOWNED} and ready_at > ?1`;
const LINES_OF_OLDEST = `select ws, agent, begun, count(*) as n from
    (select ws, agent, case when epoch > 0 then 1 else 0 end as begun from live
     where ${UNOWNED} and ready_at <= ?1 order by ready_at limit ?2) as oldest
  group by ws, agent, begun`;

/** From the head of one line to that of the next: as many steps as there are lines, however long they are. */
const headsOf = (epoch: string): string => {
  const line = `${UNOWNED} and ${epoch}`;
  return `with recursive heads (ws, agent, ready_at) as (
    select ws, agent, ready_at from
      (select ws, agent, ready_at from live where ${line} order by ws, agent, ready_at limit 1) as head
    union all
    select next.ws, next.agent, next.ready_at from heads join live as next on next.lane = 0 and next.no =
      coalesce(
        (select no from live where ${line} and ws = heads.ws and agent > heads.agent
         order by agent, ready_at limit 1),
        (select no from live where ${line} and ws > heads.ws order by ws, agent, ready_at limit 1)))
  select ws, agent, ready_at from heads where ready_at <= ?1`;
};
const HEADS_OF_NEW = headsOf("epoch = 0");
const HEADS_OF_BEGUN = headsOf("epoch > 0");
const STARTS = `select span, n from counter where agent = ?1 and what = 'starts' and span >= ?2`;
const JOURNEYS = `select lane, entity from journeys
  where no = ?1 and lane between ?2 and ?3 order by lane`;

function readsOfLanes(
  rows: Rows,
  first: First,
): Pick<Reads, "heldEpoch" | "openLanes" | "lanesOf" | "journeysOf"> {
  return {
    heldEpoch: async (no, lane) => {
      const row = await first(HELD, no, lane);
      return row === undefined ? undefined : numberOf(row, "epoch");
    },
    journeysOf: async (no, from, until) =>
      (await rows(JOURNEYS, no, from, until)).map((row) => ({
        lane: numberOf(row, "lane"),
        entity: row["entity"] === null ? null : String(row["entity"]),
      })),
    openLanes: async (no, from, until) => {
      const row = await first(OPEN_LANES, no, from, until);
      const [count, opened] = [numberOf(row, "count"), numberOf(row, "opened")];
      return { count, due: timeOf(row, "due"), held: numberOf(row, "held"), opened };
    },
    lanesOf: async (no) => (await rows(LANES, no)).map((row) => numberOf(row, "lane")),
  };
}

function readsOfLines(
  rows: Rows,
  first: First,
): Pick<Reads, "nextDue" | "linesOfOldest" | "dueLines" | "starts"> {
  const heads = async (sql: string, begun: boolean, at: number): Promise<readonly Line[]> =>
    (await rows(sql, at)).map((row) => ({ ...placeOf(row), begun }));
  return {
    nextDue: async (after = 0) => timeOf(await first(NEXT_DUE, after), "due"),
    linesOfOldest: async (at, limit) =>
      (await rows(LINES_OF_OLDEST, at, limit)).map((row) => {
        const begun = numberOf(row, "begun") === 1;
        return { ...placeOf(row), begun, n: numberOf(row, "n") };
      }),
    dueLines: async (at) => [
      ...(await heads(HEADS_OF_BEGUN, true, at)),
      ...(await heads(HEADS_OF_NEW, false, at)),
    ],
    starts: async (agent, part) =>
      (await rows(STARTS, agent, part)).map((row) => ({
        part: numberOf(row, "span"),
        n: numberOf(row, "n"),
      })),
  };
}

const placeOf = (row: ReadRow): Pick<Line, "ws" | "agent"> => ({
  ws: numberOf(row, "ws"),
  agent: numberOf(row, "agent"),
});

const WAKE = `select wake from live where no = ?1 and lane = ?2`;
const URGENT = `select 1 as one from inbox where kind in ('cancel', 'pause') and lane = 0 limit 1`;
const INBOX = `select seq, kind, body, at from inbox where no = ?1 and lane = ?2 order by seq`;
const PAYLOADS = `select version, part, subject, body from payloads where no = ?1 and lane = ?2`;
const FIND = `select no, ws, state, 0 as ended from live where id = ?1 and lane = 0
  union all select no, ws, state, 1 as ended from executions where id = ?1`;

function readsOfOthers(
  rows: Rows,
  first: First,
): Pick<Reads, "readInbox" | "readPayloads" | "readParts" | "find" | "hasUrgent"> {
  return {
    readParts: async (no, lane) => (await rows(PAYLOADS, no, lane)).map(partOf),
    readInbox: async (no, lane) => {
      // Wake first: a signal in between is then read twice, never missed.
      const wake = numberOf(await first(WAKE, no, lane), "wake");
      return { wake, items: (await rows(INBOX, no, lane)).map(inboxItemOf) };
    },
    hasUrgent: async () => (await first(URGENT)) !== undefined,
    readPayloads: async (no, lane) =>
      new Map(
        (await rows(PAYLOADS, no, lane)).map((row) => [
          payloadKey(numberOf(row, "version"), numberOf(row, "part")),
          row["body"] === null ? undefined : JSON.parse(String(row["body"])),
        ]),
      ),
    find: async (id) => {
      const row = await first(FIND, id);
      if (row === undefined) return undefined;
      const [no, ws] = [numberOf(row, "no"), numberOf(row, "ws")];
      return { no, ws, state: String(row["state"]), ended: numberOf(row, "ended") === 1 };
    },
  };
}

function partOf(row: ReadRow): Part {
  const [subject, body] = [row["subject"] ?? null, row["body"] ?? null];
  return {
    version: numberOf(row, "version"),
    part: numberOf(row, "part"),
    subject: subject === null ? null : String(subject),
    body: body === null ? null : String(body),
  };
}

function inboxItemOf(row: ReadRow): InboxItem {
  return {
    seq: numberOf(row, "seq"),
    kind: String(row["kind"]),
    body: String(row["body"]),
    at: numberOf(row, "at"),
  };
}
