/**
 * The ledger on PostgreSQL: the same protocol, each batch one transaction under one advisory lock.
 * The lock is given back only after the commit can be seen, so no lower position ever appears late.
 */
import type { Kysely } from "kysely";
import { v7 } from "uuid";

import { Fault } from "#domain/fault.ts";
import {
  ask,
  inTransaction,
  kyselyOnPostgres,
  type PgClient,
  type PgConnection,
} from "#store/databases/postgres.ts";
import { migrate } from "#store/migrate.ts";

import type { Item, Outcome, Outcomes, Owner } from "../items.ts";
import type { Ledger } from "../ledger.ts";
import { openBatch, writeBatch } from "../protocol/batch.ts";
import { readCounters } from "../protocol/counters.ts";
import { carryOut } from "../protocol/protocol.ts";
import { readsOver } from "../reads.ts";
import type { Protocol, Statement } from "../statement.ts";

const LOCK = 5_711_001; // any number that nothing else in the database locks
const LARGEST_BATCH = 400;

/** Opens the database, creating or updating its tables. @param node whose life this opening is */
export async function openPostgresLedger(client: PgClient, node = "node"): Promise<Ledger> {
  const db = kyselyOnPostgres(client);
  await migrate(db as unknown as Kysely<never>, "postgres");
  const { id, owner } = await identify(client, node);
  const appending = openAppending(client);
  const followers = new Set<() => void>();
  let underWay = 0;
  async function append<I extends Item>(item: I): Promise<Outcomes[I["op"]]> {
    underWay += 1;
    const outcome = await appending(item).finally(() => (underWay -= 1));
    if ("data" in item) for (const wake of followers) wake();
    return outcome as Outcomes[I["op"]];
  }

  return {
    id,
    owner,
    store: {
      db,
      heavy: db, // the server runs each query beside us anyway
      write: async (writes) => {
        const outcome = await append({ op: "write", writes });
        if (!outcome.ok) throw new Fault("stale", "The data changed meanwhile.");
      },
    },
    append,
    ...readsOver((sql, ...values) => ask(client, numbered(sql), values)),
    onAppend: (wake) => {
      followers.add(wake);
      return () => followers.delete(wake);
    },
    underWay: () => underWay,
    broken: new Promise(() => undefined),
    close: () => db.destroy().then(() => client.close()),
  };
}

async function identify(
  client: PgClient,
  node: string,
): Promise<{ readonly id: string; readonly owner: Owner }> {
  return await inTransaction(client, async ({ query }) => {
    const first = "insert into meta (key, value) values ($1, $2) on conflict do nothing";
    await query(first, ["ledger_id", v7()]);
    await query(first, [`incarnation ${node}`, "0"]);
    const life = await query(
      "update meta set value = (value::bigint + 1)::text where key = $1 returning value",
      [`incarnation ${node}`],
    );
    const ledger = await query("select value from meta where key = 'ledger_id'");
    const owner = { id: node, incarnation: Number(life.rows[0]?.["value"]) };
    return { id: String(ledger.rows[0]?.["value"]), owner };
  });
}

interface Waiting {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** What arrives while a batch is under way makes the next one. */
function openAppending(client: PgClient): (item: Item) => Promise<Outcome> {
  let queue: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, LARGEST_BATCH);
      queue = queue.slice(LARGEST_BATCH);
      await settle(client, batch);
    }
    working = undefined;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      working ??= Promise.resolve().then(work);
    });
}

async function settle(client: PgClient, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await transact(
      client,
      batch.map(({ item }) => item),
    );
    for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as Outcome);
  } catch (error) {
    const [only] = batch;
    if (batch.length === 1) only?.reject(faultOf(error));
    else for (const one of batch) await settle(client, [one]); // so that it fails alone
  }
}

async function transact(client: PgClient, items: readonly Item[]): Promise<readonly Outcome[]> {
  return await inTransaction(client, async (connection) => {
    await connection.query("select pg_advisory_xact_lock($1)", [LOCK]);
    const counters = await finish(connection, readCounters());
    const batch = openBatch(counters);
    const outcomes: Outcome[] = [];
    for (const item of items) outcomes.push(await finish(connection, carryOut(batch, item)));
    await finish(connection, writeBatch(batch));
    return outcomes;
  });
}

async function finish<Result>(
  { query }: PgConnection,
  protocol: Protocol<Result>,
): Promise<Result> {
  let step = protocol.next();
  while (step.done !== true) {
    const { statement, parameters } = step.value;
    const { rows, changed } = await query(textOf(statement), parameters);
    step = protocol.next(statement.reads ? rows : changed);
  }
  return step.value;
}

/** `?1` is `$1` here. */
const numbered = (sql: string): string => sql.replaceAll(/\?(\d)/g, "$$$1");

const texts = new WeakMap<Statement, string>();

/** PostgreSQL numbers its parameters. */
function textOf(statement: Statement): string {
  let text = texts.get(statement);
  if (text === undefined) {
    let number = 0;
    text = statement.sql.replaceAll("?", () => `$${++number}`);
    texts.set(statement, text);
  }
  return text;
}

/** SQLSTATE class 23: a constraint does not hold. */
function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new Fault(code.startsWith("23") ? "conflict" : "store_failed", message, { cause: error });
}
