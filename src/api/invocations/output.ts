/** Pages of what a round wrote, as events. A page holds whole lines, and never more than it is asked for by much. */
import type { FileHandle } from "node:fs/promises";

import type { Adapter } from "#agent-cli/adapter.ts";
import { commandAdapter } from "#agent-cli/adapters/command.ts";
import { openReading, type Read, type ReadingOptions } from "#agent-cli/reading.ts";
import type { OutputEvent, OutputPage } from "#contract/shapes/invocation-output.ts";

import { lastLineEnd, lineStartsBefore, readBytes, sizeOf } from "./lines.ts";

export interface PageQuery {
  readonly from?: number | undefined;
  readonly limit: number;
  readonly back: boolean;
}

export interface Written {
  readonly adapter: Adapter;
  readonly reading: ReadingOptions;
  /** Nothing will be added. */
  readonly ended: boolean;
}

/** What stands in the error stream is text, whoever wrote it. */
export const PLAIN: Adapter = commandAdapter("", []);

/** So many bytes of lines at the most, and at the least one line. */
const MOST_BYTES = 2 * 1024 * 1024;
const STEP_BYTES = 64 * 1024;

export async function readPage(
  file: FileHandle,
  written: Written,
  query: PageQuery,
): Promise<OutputPage> {
  const size = await sizeOf(file);
  // Of a round that goes on, the last line may only be half there.
  const end = written.ended ? size : await lastLineEnd(file, 0, size);
  const found = query.back
    ? await backward(file, written, Math.min(query.from ?? end, end), query.limit)
    : await forward(file, written, Math.min(query.from ?? 0, end), end, query.limit);
  return { ...found, size, ended: written.ended };
}

type Found = Pick<OutputPage, "items" | "from" | "to">;

async function forward(
  file: FileHandle,
  written: Written,
  from: number,
  end: number,
  limit: number,
): Promise<Found> {
  const reading = openReading(written.adapter, written.reading);
  const reads: Read[] = [];
  let at = from;
  while (at < end && reads.length < limit && (at - from < MOST_BYTES || reads.length === 0)) {
    const bytes = await readBytes(file, at, Math.min(end, at + STEP_BYTES));
    reads.push(...reading.push(bytes));
    at += bytes.length;
    if (bytes.length === 0) break;
  }
  if (at >= end) reads.push(...reading.end());
  return upTo(reads, from, at >= end ? end : undefined, limit, file);
}

/** Of what was read, whole lines with `limit` events or few more. */
async function upTo(
  reads: readonly Read[],
  from: number,
  end: number | undefined,
  limit: number,
  file: FileHandle,
): Promise<Found> {
  const last = reads[limit - 1];
  const kept = last === undefined ? reads : reads.filter(({ offset }) => offset <= last.offset);
  const next = reads.at(kept.length);
  const shown = kept.map((read) => showRead(read, from));
  if (next !== undefined) return { items: shown, from, to: from + next.offset };
  if (end !== undefined) return { items: shown, from, to: end };
  const lastOffset = kept.at(-1)?.offset ?? 0;
  return { items: shown, from, to: await lineEnd(file, from + lastOffset) };
}

/** Behind the newline of the line that begins there. */
async function lineEnd(file: FileHandle, from: number): Promise<number> {
  for (let at = from; ; at += STEP_BYTES) {
    const bytes = await readBytes(file, at, at + STEP_BYTES);
    const newline = bytes.indexOf(0x0a);
    if (newline >= 0) return at + newline + 1;
    if (bytes.length === 0) return at;
  }
}

/** The lines before `to`, as many as hold `limit` events. */
async function backward(
  file: FileHandle,
  written: Written,
  to: number,
  limit: number,
): Promise<Found> {
  const lines: (readonly OutputEvent[])[] = [];
  let from = to;
  let events = 0;
  for await (const start of lineStartsBefore(file, to)) {
    const line = await forwardWhole(file, written, start, from);
    lines.push(line);
    events += line.length;
    from = start;
    if (events >= limit || to - from > MOST_BYTES) break;
  }
  return { items: lines.toReversed().flat(), from, to };
}

async function forwardWhole(
  file: FileHandle,
  { adapter, reading: options }: Written,
  from: number,
  to: number,
): Promise<readonly OutputEvent[]> {
  const reading = openReading(adapter, options);
  const reads = [...reading.push(await readBytes(file, from, to)), ...reading.end()];
  return reads.map((read) => showRead(read, from));
}

/** @param base where the reading began */
export function showRead({ offset, event }: Read, base: number): OutputEvent {
  const at = base + offset;
  if (event.type !== "cost") return { at, ...event } as OutputEvent;
  return { at, ...event, nano: event.nano === null ? null : String(event.nano) };
}
