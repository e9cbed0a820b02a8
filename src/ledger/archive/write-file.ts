/**
 * Writes ended executions to an archive file: under a temporary name, synced, read back and compared, then renamed.
 * Nobody removes them from the ledger before that, so a crash at any point leaves them there.
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";

import { Fault } from "#domain/fault.ts";

import type { Disk } from "./disk.ts";
import {
  type ArchivedEntry,
  type ArchivedRecord,
  type ArchivedRow,
  type Block,
  HEAD,
  openDigest,
  pack,
  packIndex,
  sha256,
} from "./format.ts";
import { type Expected, verifyFile } from "./read-file.ts";
import { seal } from "./seal.ts";

export interface WriteRequest {
  /** Its full path. */
  readonly path: string;
  readonly ws: number;
  readonly nos: readonly number[];
}

export interface Written extends Expected {
  readonly firstEnd: number;
  readonly lastEnd: number;
  /** The least and the greatest id, without its prefix. */
  readonly least: string;
  readonly most: string;
}

/** So much text makes a block. */
const BLOCK_LENGTH = 256 * 1024;

const temporary = (path: string): string => `${path}.tmp`;

/** @throws Fault `store_failed` where what was read back is not what was written */
export async function writeArchive(
  db: DatabaseSync,
  { path, ws, nos }: WriteRequest,
  disk: Disk,
): Promise<Written> {
  const file = disk.open(temporary(path));
  const written = writeRecords(db, ws, nos, (bytes) => disk.write(file, bytes));
  disk.sync(file);
  disk.close(file);
  const damage = await verifyFile(temporary(path), written);
  if (damage !== undefined) {
    throw new Fault("store_failed", `An archive could not be read back: ${damage.why}`, {
      suggestion: "Check the disk of the data folder; nothing was removed",
    });
  }
  disk.rename(temporary(path), path);
  disk.syncFolder(dirname(path));
  return written;
}

function writeRecords(
  db: DatabaseSync,
  ws: number,
  nos: readonly number[],
  put: (bytes: Uint8Array) => void,
): Written {
  const hash = createHash("sha256");
  const digest = openDigest();
  const blocks: Block[] = [];
  const entries: ArchivedEntry[] = [];
  let at = 0;
  let lines: string[] = [];
  let length = 0;
  const write = (bytes: Uint8Array): void => {
    put(bytes);
    hash.update(bytes);
    at += bytes.length;
  };
  const endBlock = (): void => {
    const packed = pack(lines);
    blocks.push({ at, length: packed.length, sha256: sha256(packed) });
    write(packed);
    [lines, length] = [[], 0];
  };
  write(HEAD);
  for (const record of readRecords(db, ws, nos)) {
    digest.add(record);
    entries.push(entryOf(record, blocks.length, lines.length));
    const line = JSON.stringify(record);
    lines.push(line);
    length += line.length;
    if (length >= BLOCK_LENGTH) endBlock();
  }
  if (lines.length > 0) endBlock();
  write(packIndex({ ws, blocks, entries }));
  return { ...boundsOf(entries), bytes: at, sha256: hash.digest("hex"), digest: digest.end() };
}

function entryOf({ execution, facts }: ArchivedRecord, block: number, line: number): ArchivedEntry {
  const number = (column: string): number => Number(execution[column]);
  const started = execution["started_at"];
  const label = execution["label"];
  return {
    no: number("no"),
    id: String(execution["id"]),
    kind: String(execution["kind"]),
    agent: number("agent"),
    state: String(execution["state"]),
    label: label === null || label === undefined ? null : String(label),
    createdAt: number("created_at"),
    startedAt: started === null ? null : Number(started),
    endedAt: number("ended_at"),
    facts: facts.length,
    block,
    line,
  };
}

function boundsOf(entries: readonly ArchivedEntry[]): Omit<Written, "bytes" | "sha256" | "digest"> {
  const ends = entries.map(({ endedAt }) => endedAt);
  const ids = entries.map(({ id }) => withoutPrefix(id)).toSorted();
  return {
    executions: entries.length,
    facts: entries.reduce((sum, { facts }) => sum + facts, 0),
    firstEnd: ends.reduce((a, b) => Math.min(a, b), Infinity),
    lastEnd: ends.reduce((a, b) => Math.max(a, b), 0),
    least: ids[0] ?? "",
    most: ids.at(-1) ?? "",
  };
}

/** Ids of all kinds grow with time behind their prefix. */
export function withoutPrefix(id: string): string {
  return id.slice(id.indexOf("_") + 1);
}

function* readRecords(
  db: DatabaseSync,
  ws: number,
  nos: readonly number[],
): Generator<ArchivedRecord> {
  const execution = db.prepare("select * from executions where no = ? and ws = ?");
  const facts = db.prepare("select * from facts where no = ? order by position");
  const payloads = db.prepare("select * from payloads where no = ? order by lane, version, part");
  const journeys = db.prepare("select * from journeys where no = ? order by lane");
  const key = db.prepare("select key from subject_keys where ws = ? and subject = ?");
  const keyOf = (subject: string): string | undefined =>
    key.get(ws, subject)?.["key"] as string | undefined;
  for (const no of nos) {
    const row = execution.get(no, ws);
    if (row === undefined) continue;
    yield {
      execution: row,
      facts: facts.all(no),
      payloads: payloads.all(no).map((payload) => sealed(payload, keyOf)),
      journeys: journeys.all(no),
    };
  }
}

/** A subject without a key was erased meanwhile, and its data is left out. */
function sealed(payload: ArchivedRow, keyOf: (subject: string) => string | undefined): ArchivedRow {
  const { subject, body, ...place } = payload;
  if (typeof subject !== "string" || typeof body !== "string") return payload;
  const key = keyOf(subject);
  return { ...place, subject, body: null, ...(key !== undefined && { sealed: seal(body, key) }) };
}
