/**
 * Copies a data folder while it is in use. The files are read by connections of this process alone, each
 * at one moment, and the moments follow each other at once: the ledger's comes first, so that whatever it
 * knows to be sent is in the outbox. The copy is looked over before it gets its name, so a folder of that
 * name is a whole backup.
 */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { backup as copyPages, DatabaseSync } from "node:sqlite";

import { Fault } from "#domain/fault.ts";

import {
  ARCHIVE,
  BESIDE,
  demandLedger,
  LEDGER,
  openUntouched,
  OUTPUT,
  SEARCH,
  SECRET,
} from "./files.ts";
import { MANIFEST, sha256Of, type Counts, type Manifest } from "./manifest.ts";

export interface BackedUp {
  /** The folder that was made. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** What of the data folder is not in it. */
  readonly leftOut: readonly string[];
}

/** @throws Fault `conflict` where the target is there already, `store_failed` where it cannot be written or does not hold */
export async function backUp(data: string, target: string, at: number): Promise<BackedUp> {
  demandLedger(data);
  const folder = resolve(target);
  if (existsSync(folder)) {
    throw new Fault("conflict", `${folder} is there already`, {
      suggestion: "Name a folder that is not there yet: it is made",
    });
  }
  const draft = `${folder}.part-${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const manifest = await copyAll(data, draft, at);
    renameSync(draft, folder);
    syncFolder(dirname(folder));
    return { folder, manifest, leftOut: leftOutOf(data, folder) };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw explain(error, folder);
  }
}

/** The index can be made again; output may be large, and its answers are in the ledger; archives that are gone can be copied no more. */
function leftOutOf(data: string, folder: string): readonly string[] {
  const left = [SEARCH, OUTPUT].filter((name) => existsSync(join(data, name)));
  return [...left, ...archivesOf(folder).filter((name) => !existsSync(join(folder, name)))];
}

async function copyAll(data: string, draft: string, at: number): Promise<Manifest> {
  const names = [LEDGER, ...BESIDE].filter((name) => existsSync(join(data, name)));
  const cuts = names.map((name) => ({ name, db: openCut(data, name) }));
  try {
    const known = readKnown(cuts[0]?.db);
    for (const { name, db } of cuts) await copyPages(db, join(draft, name), { rate: 1000 });
    if (existsSync(join(data, SECRET))) copyFileSync(join(data, SECRET), join(draft, SECRET));
    for (const name of names) settle(join(draft, name));
    copyArchives(data, draft);
    demandSame(knownOf(draft), known);
    return await seal(draft, { format: 1, ...known, at });
  } finally {
    for (const { db } of cuts) db.close();
  }
}

/** Those that the ledger names: they were whole before it did, and never change. */
function copyArchives(data: string, draft: string): void {
  for (const name of archivesOf(draft)) {
    if (!existsSync(join(data, name))) continue;
    mkdirSync(dirname(join(draft, name)), { recursive: true, mode: 0o700 });
    copyFileSync(join(data, name), join(draft, name));
  }
}

/** The archives that a folder's ledger knows, as paths in the folder. */
function archivesOf(folder: string): readonly string[] {
  using db = openUntouched(folder, LEDGER);
  const isKnown = db.prepare("select 1 from sqlite_schema where name = 'archives'").get();
  if (isKnown === undefined) return [];
  const rows = db.prepare("select file from archives order by ws, file").all();
  return rows.map(({ file }) => join(ARCHIVE, String(file)));
}

/** From its first read on, a transaction sees one moment of its file. */
function openCut(data: string, name: string): DatabaseSync {
  const db = openUntouched(data, name);
  db.exec("begin");
  db.prepare("select count(*) from sqlite_schema").get();
  return db;
}

type Known = Pick<Manifest, "ledgerId" | "position" | "counts">;

function readKnown(db: DatabaseSync | undefined): Known {
  const first = (sql: string): Readonly<Record<string, unknown>> => db?.prepare(sql).get() ?? {};
  const count = (table: string, where = ""): number =>
    Number(first(`select count(*) as n from ${table} ${where}`)["n"]);
  const counts: Counts = {
    facts: count("facts"),
    open: count("live", "where lane = 0"),
    ended: count("executions"),
  };
  return {
    ledgerId: String(first("select value from meta where key = 'ledger_id'")["value"]),
    position: Number(first("select coalesce(max(position), 0) as n from facts")["n"]),
    counts,
  };
}

function knownOf(folder: string): Known {
  using db = openUntouched(folder, LEDGER);
  return readKnown(db);
}

/** One file without a log beside it, on disk, and whole. */
function settle(path: string): void {
  chmodSync(path, 0o600);
  using db = new DatabaseSync(path);
  db.exec("pragma journal_mode = delete");
  const said = db.prepare("pragma integrity_check").get()?.["integrity_check"];
  if (said !== "ok") throw brokenCopy(`${path} is damaged: ${String(said)}`);
}

function demandSame(copied: Known, known: Known): void {
  if (JSON.stringify(copied) !== JSON.stringify(known))
    throw brokenCopy("The copy does not hold what the ledger held");
}

function brokenCopy(message: string): Fault {
  return new Fault("store_failed", message, {
    suggestion: "Look the data folder over with `stint doctor`, and try another disk",
  });
}

async function seal(draft: string, about: Omit<Manifest, "files">): Promise<Manifest> {
  const all = [LEDGER, ...BESIDE, SECRET, ...archivesOf(draft)];
  const names = all.filter((name) => existsSync(join(draft, name)));
  const files: Manifest["files"] = [];
  for (const name of names) {
    const path = join(draft, name);
    chmodSync(path, 0o600);
    syncFile(path);
    files.push({ name, bytes: statSync(path).size, sha256: await sha256Of(path) });
  }
  const manifest = { ...about, files };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeFileSync(join(draft, MANIFEST), text, { mode: 0o600, flush: true });
  syncFolders(draft, names);
  return manifest;
}

export function syncFile(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}

export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}

/** A folder, and those in it that hold these files. */
export function syncFolders(folder: string, names: readonly string[]): void {
  const inside = names.map(dirname).flatMap((name) => [name, dirname(name)]);
  for (const name of new Set([...inside, "."])) syncFolder(join(folder, name));
}

function explain(error: unknown, folder: string): unknown {
  if (error instanceof Fault) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new Fault("store_failed", `The backup ${folder} could not be made: ${why}`, {
    cause: error,
    suggestion: "See that its disk has room and can be written; nothing was left there",
  });
}
