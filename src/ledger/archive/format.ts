/**
 * An archive file: a head, blocks of records, an index, a tail.
 *
 * A block is some executions, each a line of JSON, compressed together, so that one is read back without reading the
 * others' blocks. The index, compressed too, says where each block and each execution is. The tail, at a known place,
 * says how long the index is. Checksums stand in the index for the blocks, and in the store for the whole.
 */
import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

import { Fault } from "#domain/fault.ts";
import type { SqlValue } from "#store/store.ts";

export type ArchivedRow = Readonly<Record<string, SqlValue>>;

/** An execution as its rows had it. People's payloads are sealed: `sealed` stands in place of `body`. */
export interface ArchivedRecord {
  readonly execution: ArchivedRow;
  readonly facts: readonly ArchivedRow[];
  readonly payloads: readonly ArchivedRow[];
  readonly journeys: readonly ArchivedRow[];
}

export interface ArchivedEntry {
  readonly no: number;
  readonly id: string;
  readonly kind: string;
  readonly agent: number;
  readonly state: string;
  readonly label: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly facts: number;
  /** Which block, and which line of it. */
  readonly block: number;
  readonly line: number;
}

export interface Block {
  readonly at: number;
  readonly length: number;
  readonly sha256: string;
}

export interface ArchiveIndex {
  readonly ws: number;
  readonly blocks: readonly Block[];
  readonly entries: readonly ArchivedEntry[];
}

export const HEAD = Buffer.from("STINT-ARCHIVE 1\n");
const TAIL_MARK = Buffer.from("STINTEND");
export const TAIL_LENGTH = TAIL_MARK.length + 4;

export function pack(lines: readonly string[]): Buffer {
  return zstdCompressSync(lines.join("\n"));
}

export function unpack(packed: Uint8Array): readonly string[] {
  return zstdDecompressSync(packed).toString("utf8").split("\n");
}

export function packIndex(index: ArchiveIndex): Buffer {
  const packed = pack([JSON.stringify(index)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(packed.length);
  return Buffer.concat([packed, length, TAIL_MARK]);
}

/** How long the packed index before the tail is. @throws Fault for what is no archive, or not whole */
export function indexLength(tail: Buffer): number {
  if (tail.length === TAIL_LENGTH && tail.subarray(4).equals(TAIL_MARK))
    return tail.readUInt32LE(0);
  throw new Fault("store_failed", "The file is not a whole archive: its end is missing", {
    suggestion: "Put the file back from a backup",
  });
}

export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** Over what the facts of executions say, whoever wrote them down and however. */
export interface Digest {
  readonly add: (record: Pick<ArchivedRecord, "execution" | "facts">) => void;
  readonly end: () => string;
}

const EXECUTION = ["no", "id", "state", "version", "ended_at"];
const FACTS = ["position", "lane", "version", "at", "data"];

export function openDigest(): Digest {
  const hash = createHash("sha256");
  const add = (row: ArchivedRow, columns: readonly string[]): void => {
    hash.update(JSON.stringify(columns.map((column) => row[column])));
  };
  return {
    add: ({ execution, facts }) => {
      add(execution, EXECUTION);
      for (const fact of facts) add(fact, FACTS);
    },
    end: () => hash.digest("hex"),
  };
}
