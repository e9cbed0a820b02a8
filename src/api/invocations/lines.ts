/** Whole lines of a file that may still grow, from a byte on or backwards from one. */
import { type FileHandle, open } from "node:fs/promises";

import { Fault } from "#domain/fault.ts";

const NEWLINE = 0x0a;
const CHUNK_BYTES = 256 * 1024;

/** @throws Fault `not_found` where it is not kept any more */
export async function openOutput(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    throw new Fault("not_found", "What this round wrote is not kept any more, or not there yet", {
      suggestion: "Its final answer stands in the invocation",
    });
  }
}

export async function sizeOf(file: FileHandle): Promise<number> {
  return (await file.stat()).size;
}

/** Bytes `from` up to `to`. */
export async function readBytes(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(0, to - from));
  let read = 0;
  while (read < buffer.length) {
    const { bytesRead } = await file.read(buffer, read, buffer.length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

/** The end of the last whole line before `to`: behind its newline; `from` where there is none. */
export async function lastLineEnd(file: FileHandle, from: number, to: number): Promise<number> {
  for (let end = to; end > from; end -= CHUNK_BYTES) {
    const begin = Math.max(from, end - CHUNK_BYTES);
    const at = (await readBytes(file, begin, end)).lastIndexOf(NEWLINE);
    if (at >= 0) return begin + at + 1;
  }
  return from;
}

/** Where lines begin before `to`, nearest first; `to` is itself the end of a line. */
export async function* lineStartsBefore(
  file: FileHandle,
  to: number,
): AsyncGenerator<number, void> {
  // The newline that ends the line before `to` begins none.
  for (let end = Math.max(0, to - 1); end > 0; end -= CHUNK_BYTES) {
    const begin = Math.max(0, end - CHUNK_BYTES);
    const bytes = await readBytes(file, begin, end);
    for (let at = bytes.lastIndexOf(NEWLINE); at >= 0;) {
      yield begin + at + 1;
      at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1);
    }
  }
  if (to > 0) yield 0;
}
