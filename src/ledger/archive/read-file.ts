/** Reads archive files: their index, one execution, or all of it to see whether it is whole. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

import { Fault } from "#domain/fault.ts";

import {
  type ArchivedEntry,
  type ArchivedRecord,
  type ArchiveIndex,
  type Block,
  HEAD,
  indexLength,
  openDigest,
  sha256,
  TAIL_LENGTH,
  unpack,
} from "./format.ts";

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

async function withFile<Of>(path: string, work: (file: FileHandle) => Promise<Of>): Promise<Of> {
  await using file = await open(path);
  return await work(file);
}

/** @throws Fault `store_failed` for a file that is not a whole archive */
export function readIndex(path: string): Promise<ArchiveIndex> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const tailAt = Math.max(0, size - TAIL_LENGTH);
    const length = indexLength(await readAt(file, tailAt, TAIL_LENGTH));
    const packed = await readAt(file, tailAt - length, length);
    return JSON.parse(unpack(packed)[0] ?? "") as ArchiveIndex;
  });
}

/** @throws Fault `unavailable` where its block is damaged */
export function readRecord(
  path: string,
  { blocks }: ArchiveIndex,
  { block, line, id }: ArchivedEntry,
): Promise<ArchivedRecord> {
  return withFile(path, async (file) => {
    const lines = await readBlock(file, blocks[block]);
    if (lines?.[line] !== undefined) return JSON.parse(lines[line]) as ArchivedRecord;
    throw new Fault("unavailable", `The archive of ${id} is damaged, so it cannot be read`, {
      suggestion: "Put the file back from a backup; `stint archive verify` names it",
    });
  });
}

/** Undefined: it is damaged. */
async function readBlock(
  file: FileHandle,
  block: Block | undefined,
): Promise<readonly string[] | undefined> {
  if (block === undefined) return undefined;
  const packed = await readAt(file, block.at, block.length);
  return sha256(packed) === block.sha256 ? unpack(packed) : undefined;
}

/** What an archive must hold: what was recorded when its executions were removed. */
export interface Expected {
  readonly executions: number;
  readonly facts: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly digest: string;
}

export interface Damage {
  readonly why: string;
  /** The executions that cannot be read; empty where that cannot be known. */
  readonly lost: readonly string[];
}

/** Undefined: it holds everything that it must. */
export async function verifyFile(path: string, expected: Expected): Promise<Damage | undefined> {
  try {
    return (await differences(path, expected)) ?? (await verifyWhole(path, expected));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { why, lost: [] };
  }
}

async function differences(path: string, expected: Expected): Promise<Damage | undefined> {
  const index = await readIndex(path);
  const lost = new Set<number>();
  const digest = openDigest();
  let [executions, facts] = [0, 0];
  await withFile(path, async (file) => {
    for (const [number, block] of index.blocks.entries()) {
      const lines = await readBlock(file, block);
      if (lines === undefined) lost.add(number);
      for (const line of lines ?? []) {
        const record = JSON.parse(line) as ArchivedRecord;
        digest.add(record);
        executions += 1;
        facts += record.facts.length;
      }
    }
  });
  if (lost.size > 0) {
    const ids = index.entries.filter(({ block }) => lost.has(block)).map(({ id }) => id);
    return { why: `${lost.size} of ${index.blocks.length} blocks are damaged`, lost: ids };
  }
  const isSame =
    executions === expected.executions &&
    facts === expected.facts &&
    digest.end() === expected.digest;
  if (isSame) return undefined;
  const holds = `it holds ${executions} executions with ${facts} facts`;
  return {
    why: `${holds}, and ${expected.executions} with ${expected.facts} were removed`,
    lost: [],
  };
}

async function verifyWhole(path: string, expected: Expected): Promise<Damage | undefined> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (bytes === 0 && !chunk.subarray(0, HEAD.length).equals(HEAD))
      return { why: "its head is damaged", lost: [] };
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (bytes === expected.bytes && hash.digest("hex") === expected.sha256) return undefined;
  return { why: "its checksum is not the one that was recorded", lost: [] };
}
