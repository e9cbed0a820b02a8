/**
 * Where executions go that leave the ledger: files in a folder, with a row for each in the store.
 *
 * What happens when the process dies…
 * - while a file is written, or before its row is: nothing was removed yet; the next start deletes the file;
 * - after its row was written: the file is whole and holds them; the next start goes on removing them.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Selectable } from "kysely";

import { Fault } from "#domain/fault.ts";
import { uuid } from "#domain/uuid.ts";
import { compiled } from "#store/store.ts";
import type { ArchivesTable } from "#store/tables/retention.ts";

import type { Ledger } from "../ledger.ts";
import type { ArchivedEntry, ArchivedRecord, ArchiveIndex } from "./format.ts";
import { type Damage, readIndex, readRecord, type Expected } from "./read-file.ts";
import { makeKey, unseal } from "./seal.ts";
import { type WriteRequest, withoutPrefix, type Written } from "./write-file.ts";

/** What is done away from the main thread. */
export interface Archivist {
  readonly write: (request: WriteRequest) => Promise<Written>;
  /** Undefined: the file holds everything that it must. */
  readonly verify: (path: string, expected: Expected) => Promise<Damage | undefined>;
}

export type ArchiveFile = Selectable<ArchivesTable>;

export interface NewArchive {
  readonly ws: number;
  readonly kind: string;
  readonly nos: readonly number[];
  readonly at: number;
}

export interface DamagedFile extends Damage {
  readonly file: string;
}

export interface Archives {
  /** Deletes what a former life left unfinished. */
  readonly tidy: () => Promise<void>;
  /** Writes ended executions to a new file; they are in the ledger still. */
  readonly write: (archive: NewArchive) => Promise<ArchiveFile>;
  /** Files whose executions are not all removed from the ledger yet. */
  readonly unfinished: () => Promise<readonly ArchiveFile[]>;
  readonly finish: (file: ArchiveFile) => Promise<void>;
  /** Those made last first. */
  readonly files: (ws: number) => Promise<readonly ArchiveFile[]>;
  /** @throws Fault `unavailable` for a file that is gone or damaged */
  readonly entries: (file: ArchiveFile) => Promise<readonly ArchivedEntry[]>;
  /** An execution with the payloads of those that were not erased; undefined: it is in no archive. */
  readonly read: (ws: number, id: string) => Promise<ArchivedRecord | undefined>;
  /** The files that do not hold what was removed. */
  readonly verify: (ws: number) => Promise<readonly DamagedFile[]>;
}

export interface ArchiveNeeds {
  readonly ledger: Ledger;
  readonly folder: string;
  readonly archivist: Archivist;
}

const SUFFIX = ".stint-archive";

export function openArchives(needs: ArchiveNeeds): Archives {
  const { ledger, folder } = needs;
  const { db, write } = ledger.store;
  const indexes = openIndexes();
  const entries = async ({ file }: ArchiveFile): Promise<readonly ArchivedEntry[]> =>
    (await indexes.of(join(folder, file))).entries;
  const files = (ws: number): Promise<readonly ArchiveFile[]> => listFiles(ledger, ws);
  return {
    tidy: () => tidy(needs),
    write: (archive) => writeNew(needs, archive),
    unfinished: () => db.selectFrom("archives").selectAll().where("pruned", "=", 0).execute(),
    finish: async ({ ws, file }) => {
      const done = db.updateTable("archives").set({ pruned: 1 }).where("ws", "=", ws);
      await write([compiled(done.where("file", "=", file), 1)]);
    },
    files,
    entries,
    read: async (ws, id) => {
      for (const file of whichMayHold(await files(ws), id)) {
        const entry = (await entries(file)).find((one) => one.id === id);
        if (entry === undefined) continue;
        const path = join(folder, file.file);
        return unsealed(ledger, ws, await readRecord(path, await indexes.of(path), entry));
      }
      return undefined;
    },
    verify: async (ws) => verifyAll(needs, await files(ws)),
  };
}

async function listFiles({ store }: Ledger, ws: number): Promise<readonly ArchiveFile[]> {
  return store.db
    .selectFrom("archives")
    .selectAll()
    .where("ws", "=", ws)
    .orderBy("made_at", "desc")
    .orderBy("file", "desc")
    .execute();
}

function whichMayHold(files: readonly ArchiveFile[], id: string): readonly ArchiveFile[] {
  const known = withoutPrefix(id);
  return files.filter(({ least, most }) => least <= known && known <= most);
}

async function verifyAll(
  { folder, archivist }: ArchiveNeeds,
  files: readonly ArchiveFile[],
): Promise<readonly DamagedFile[]> {
  const damaged: DamagedFile[] = [];
  for (const file of files) {
    const path = join(folder, file.file);
    const damage = existsSync(path)
      ? await archivist.verify(path, file)
      : { why: "the file is gone", lost: [] };
    if (damage !== undefined) damaged.push({ file: file.file, ...damage });
  }
  return damaged;
}

const DAY_LENGTH = "2026-01-05".length;

async function writeNew(
  { ledger, folder, archivist }: ArchiveNeeds,
  { ws, kind, nos, at }: NewArchive,
): Promise<ArchiveFile> {
  const { db, write } = ledger.store;
  await makeKeys(ledger, ws, nos);
  const day = new Date(at).toISOString().slice(0, DAY_LENGTH);
  const file = join(String(ws), `${kind}-${day}-${uuid()}${SUFFIX}`);
  await mkdir(join(folder, String(ws)), { recursive: true, mode: 0o700 });
  const written = await archivist.write({ path: join(folder, file), ws, nos });
  const { executions, facts, bytes, sha256, digest, least, most } = written;
  const row: ArchiveFile = {
    ws,
    file,
    kind,
    executions,
    facts,
    bytes,
    sha256,
    digest,
    least,
    most,
    first_end: written.firstEnd,
    last_end: written.lastEnd,
    made_at: at,
    pruned: 0,
  };
  await write([compiled(db.insertInto("archives").values(row))]);
  return row;
}

const AT_ONCE = 500;

/** Each subject of these executions has a key before anything is sealed with it; one that was erased gets none. */
async function makeKeys({ store }: Ledger, ws: number, nos: readonly number[]): Promise<void> {
  const { db } = store;
  for (let from = 0; from < nos.length; from += AT_ONCE) {
    const rows = await db
      .selectFrom("payloads")
      .select("subject")
      .distinct()
      .where("no", "in", nos.slice(from, from + AT_ONCE))
      .where("subject", "is not", null)
      .where("body", "is not", null)
      .where("subject", "not in", db.selectFrom("erasures").select("subject").where("ws", "=", ws))
      .execute();
    const keys = rows.flatMap(({ subject }) =>
      subject === null ? [] : { ws, subject, key: makeKey() },
    );
    const insert = (key: (typeof keys)[number]) =>
      compiled(
        db
          .insertInto("subject_keys")
          .values(key)
          .onConflict((conflict) => conflict.doNothing()),
      );
    if (keys.length > 0) await store.write(keys.map(insert));
  }
}

/** Files without a row: nothing of what is in them was removed. */
async function tidy({ ledger, folder }: ArchiveNeeds): Promise<void> {
  const known = await ledger.store.db.selectFrom("archives").select("file").execute();
  const kept = new Set(known.map(({ file }) => file));
  const found = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
  const left = found.filter((file) => file.includes(SUFFIX) && !kept.has(file));
  for (const file of left) await rm(join(folder, file), { force: true });
}

/** What was sealed for somebody who was erased since stays empty. */
async function unsealed(
  { store }: Ledger,
  ws: number,
  record: ArchivedRecord,
): Promise<ArchivedRecord> {
  const rows = await store.db
    .selectFrom("subject_keys")
    .select(["subject", "key"])
    .where("ws", "=", ws)
    .where("subject", "in", subjectsOf(record))
    .execute();
  const keys = new Map(rows.map(({ subject, key }) => [subject, key]));
  const payloads = record.payloads.map(({ sealed, ...payload }) => {
    const key = keys.get(String(payload["subject"]));
    if (typeof sealed !== "string" || key === undefined) return payload;
    return { ...payload, body: openedWith(sealed, key) };
  });
  return { ...record, payloads };
}

function subjectsOf({ payloads }: ArchivedRecord): readonly string[] {
  const subjects = payloads.flatMap(({ subject }) => (typeof subject === "string" ? subject : []));
  return [...new Set(subjects)];
}

/** Somebody who was erased and came back has another key than before. */
function openedWith(sealed: string, key: string): string | null {
  try {
    return unseal(sealed, key);
  } catch {
    return null;
  }
}

/** Files never change, so an index that was read is kept. */
const MOST_INDEXES = 20;

function openIndexes(): { readonly of: (path: string) => Promise<ArchiveIndex> } {
  const kept = new Map<string, Promise<ArchiveIndex>>();
  return {
    of: (path) => {
      const index = kept.get(path) ?? readOrSay(path);
      kept.delete(path);
      kept.set(path, index);
      index.catch(() => kept.delete(path));
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_INDEXES) break;
        kept.delete(oldest);
      }
      return index;
    },
  };
}

async function readOrSay(path: string): Promise<ArchiveIndex> {
  try {
    return await readIndex(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("unavailable", `An archive cannot be read: ${why}`, {
      suggestion: "`stint archive verify` names it; put the file back from a backup",
      cause,
    });
  }
}
