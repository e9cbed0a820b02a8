/**
 * Lines of a file that may still grow, from a byte on or backwards from one. However long a line is, little of it is
 * held and looked at: one that is longer than a part is read in parts.
 */
import { type FileHandle, open } from "node:fs/promises";

import { Fault } from "#domain/fault.ts";
import { isMissing } from "#domain/missing-file.ts";

const NEWLINE = 0x0a;
/** Of so many, however short its lines are, the events can be handed on at once. */
const CHUNK_BYTES = 64 * 1024;

/** With the end of the line. More than is ever read of a line as a whole. */
export const LONGEST_PART = 32 * 1024 * 1024;

/** @throws Fault `not_found` where it is not kept any more */
export async function openOutput(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Fault("not_found", "What this round wrote is not kept any more, or not there yet", {
      suggestion: "Its final answer stands in the invocation",
    });
  }
}

export async function sizeOf(file: FileHandle): Promise<number> {
  return (await file.stat()).size;
}

/** Bytes from `from` up to `to`, chunk by chunk. */
export async function* chunksOf(
  file: FileHandle,
  from: number,
  to: number,
): AsyncGenerator<Buffer, void> {
  for (let at = from; at < to;) {
    const bytes = await readBytes(file, at, Math.min(to, at + CHUNK_BYTES));
    if (bytes.length === 0) return;
    yield bytes;
    at += bytes.length;
  }
}

/** Bytes `from` up to `to`, of one chunk: a read of 2 GiB would end the process. */
async function readBytes(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(0, to - from));
  let read = 0;
  while (read < buffer.length) {
    const { bytesRead } = await file.read(buffer, read, buffer.length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

/**
 * The end of the last whole line before `to`: behind its newline; `from` where there is none. Undefined: it is further
 * away than a part of a line is long.
 */
export async function lastLineEnd(
  file: FileHandle,
  from: number,
  to: number,
): Promise<number | undefined> {
  const least = Math.max(from, to - LONGEST_PART);
  for (let end = to; end > least; end -= CHUNK_BYTES) {
    const begin = Math.max(least, end - CHUNK_BYTES);
    const at = (await readBytes(file, begin, end)).lastIndexOf(NEWLINE);
    if (at >= 0) return begin + at + 1;
  }
  return least === from ? from : undefined;
}

/** Of a round that goes on, the last line may only be half there; one that is too long is not waited for. */
export async function endOfLines(file: FileHandle, from: number, size: number): Promise<number> {
  return (await lastLineEnd(file, from, size)) ?? size;
}

/** Where lines, and parts of those that are too long, begin before `to`, nearest first; there one of them ends. */
export async function* startsBefore(file: FileHandle, to: number): AsyncGenerator<number, void> {
  let last = to;
  // The newline that ends the line before `to` begins none.
  for (let end = Math.max(0, to - 1); end > 0;) {
    const begin = Math.max(0, end - CHUNK_BYTES, last - 1 - LONGEST_PART);
    const bytes = await readBytes(file, begin, end);
    for (let at = bytes.lastIndexOf(NEWLINE); at >= 0;) {
      last = begin + at + 1;
      yield last;
      at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1);
    }
    if (last - begin > LONGEST_PART) {
      last -= LONGEST_PART;
      yield last;
    }
    end = begin;
  }
  if (to > 0) yield 0;
}
