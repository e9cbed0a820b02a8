/**
 * The file of the index: words and the numbers of the executions that have them.
 *
 * A document is what one execution added in one go; its rowid is the execution's number and a count, so
 * the index's own order is the executions' order. Documents lie in parts of so many executions each: what
 * is asked of one part is bounded, and the newest part is asked first.
 */
import { rmSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Raise it when a word of the same text is another one than before: the file is then built anew. */
const CODE_V = 1;

/** Executions to a part. */
const PART_SIZE = 131_072;
/** Documents that an execution may have: one each tenth of a second for 19 days. */
const MOST_DOCUMENTS = 2 ** 24 - 1;
/** The words come ready made: only spaces part them. */
const TOKENIZER = `ascii tokenchars '@._+-'':'`;

export type Order = "asc" | "desc";
/** How far the index has come, and in which ledger. */
export interface Progress {
  readonly ledgerId: string;
  readonly position: number;
}

type Direction = { readonly order: Order; readonly from: number | null };

export class SearchFile {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  readonly #partSize: number;
  #parts: Set<number> = new Set();
  /** The highest number that has a document. */
  #newest = 0;

  /** @throws what the database says of a file that it cannot read */
  constructor(path: string, progress: Progress, partSize = PART_SIZE) {
    this.#db = openFile(path);
    this.#partSize = partSize;
    try {
      this.#db.exec(`create table if not exists progress (ledger_id text, code_v, position);
        insert into progress select '${progress.ledgerId}', ${CODE_V}, 0
          where not exists (select 1 from progress)`);
      this.#look();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Whether it was made from that ledger, by this code, and knows nothing that the ledger does not. */
  isOf({ ledgerId, position }: Progress): boolean {
    const row = this.#db.prepare("select * from progress").get();
    const isSame = row?.["ledger_id"] === ledgerId && row["code_v"] === CODE_V;
    return isSame && this.position <= position;
  }

  get position(): number {
    return Number(this.#prepare("select position from progress").get()?.["position"]);
  }

  /** The parts that a walk in that order comes to beyond a number. */
  partsBeyond({ from, order }: Direction): readonly number[] {
    const parts = [...this.#parts].toSorted((a, b) => (order === "asc" ? a - b : b - a));
    if (from === null) return parts;
    return parts.filter((part) =>
      order === "asc" ? this.endOf(part, order) > from : this.endOf(part, order) < from,
    );
  }

  /** The last number that a walk meets in a part. */
  endOf(part: number, order: Order): number {
    return order === "asc" ? (part + 1) * this.#partSize - 1 : part * this.#partSize;
  }

  /** All or nothing, with how far the index has come by it. */
  write(position: number, work: () => void): void {
    this.#db.exec("begin immediate");
    try {
      work();
      this.#prepare("update progress set position = ?1").run(position);
      this.#db.exec("commit");
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec("rollback");
      this.#look();
      throw error;
    }
  }

  /** Adds a document. Within one `write`, documents come in the order of their executions. */
  add(no: number, words: string): void {
    const part = this.#partOf(no);
    if (!this.#parts.has(part)) this.#openPart(part);
    const count = no > this.#newest ? 0 : this.#lastOf(no) + 1;
    if (count > MOST_DOCUMENTS) throw new Error(`execution ${no} has too many documents`);
    this.#prepare(`insert into docs_${part} (rowid, words) values (?1 << 24 | ?2, ?3)`).run(
      no,
      count,
      words,
    );
    this.#newest = Math.max(this.#newest, no);
  }

  remove(no: number): void {
    const part = this.#partOf(no);
    if (!this.#parts.has(part)) return;
    this.#prepare(
      `delete from docs_${part} where rowid >= (?1 << 24) and rowid < ((?1 + 1) << 24)`,
    ).run(no);
  }

  /** After removing: nothing of what was removed is left in the file. */
  clean(nos: readonly number[]): void {
    for (const part of new Set(nos.map((no) => this.#partOf(no)))) {
      if (!this.#parts.has(part)) continue;
      const isEmpty = this.#prepare(`select 1 from docs_${part} limit 1`).get() === undefined;
      if (isEmpty) this.#dropPart(part);
      else this.#db.exec(`insert into docs_${part} (docs_${part}) values ('optimize')`);
    }
    this.#db.exec("pragma incremental_vacuum");
    this.#db.exec("pragma wal_checkpoint(truncate)");
  }

  /**
   * Numbers of executions in a part, beyond `from`, for each of which all matches hold: a number comes
   * once for each document in which the last match holds. That one is walked, so it should be the most
   * frequent; the others are read before.
   */
  *matching(
    part: number,
    matches: readonly string[],
    { order, from }: Direction,
  ): Generator<number> {
    const docs = `docs_${part}`;
    const others = matches
      .slice(0, -1)
      .map(() => `and rowid >> 24 in (select rowid >> 24 from ${docs} where ${docs} match ?)`);
    const beyond = order === "asc" ? "rowid >= (? + 1) << 24" : "rowid < ? << 24";
    const statement = this.#db.prepare(
      `select rowid >> 24 as no from ${docs} where ${docs} match ? and ${beyond} ${others.join(" ")}
       order by rowid ${order}`,
    );
    const values = [matches.at(-1) ?? "", from ?? (order === "asc" ? 0 : this.#newest + 1)];
    for (const { no } of statement.iterate(...values, ...matches.slice(0, -1))) yield Number(no);
  }

  has(part: number, match: string): boolean {
    const sql = `select 1 from docs_${part} where docs_${part} match ?1 limit 1`;
    return this.#prepare(sql).get(match) !== undefined;
  }

  close(): void {
    this.#db.close();
  }

  #partOf(no: number): number {
    return Math.floor(no / this.#partSize);
  }

  #openPart(part: number): void {
    this.#db.exec(`create virtual table docs_${part} using fts5
      (words, content='', contentless_delete=1, detail=none, tokenize="${TOKENIZER}")`);
    this.#parts.add(part);
  }

  #dropPart(part: number): void {
    this.#prepared.clear();
    this.#db.exec(`drop table docs_${part}`);
    this.#parts.delete(part);
  }

  /** What is in the file, whatever was begun and not written. */
  #look(): void {
    this.#prepared.clear();
    this.#parts = new Set(readParts(this.#db));
    this.#newest = this.#readNewest();
  }

  #readNewest(): number {
    const [newest] = this.partsBeyond({ from: null, order: "desc" });
    if (newest === undefined) return 0;
    const row = this.#db.prepare(`select max(rowid) >> 24 as no from docs_${newest}`).get();
    return Number(row?.["no"] ?? 0);
  }

  #lastOf(no: number): number {
    const docs = `docs_${this.#partOf(no)}`;
    const sql = `select max(rowid) & ${MOST_DOCUMENTS} as last from ${docs}
      where rowid >= (?1 << 24) and rowid < ((?1 + 1) << 24)`;
    return Number(this.#prepare(sql).get(no)?.["last"] ?? -1);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

export function removeFile(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

/** A power cut may take the last words back, never leave half of them: how far it has come goes with them. */
function openFile(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec("pragma auto_vacuum = incremental"); // only has an effect before the first table
    db.exec("pragma secure_delete = fast"); // what was forgotten is overwritten
    db.exec("pragma journal_mode = wal");
    db.exec("pragma synchronous = normal");
    db.exec("pragma cache_size = -8192");
    db.exec("pragma wal_autocheckpoint = 2048");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readParts(db: DatabaseSync): readonly number[] {
  const sql = `select substr(name, 6) as part from sqlite_master
    where type = 'table' and sql like 'create virtual table docs_%'`;
  return db
    .prepare(sql)
    .all()
    .map(({ part }) => Number(part));
}
