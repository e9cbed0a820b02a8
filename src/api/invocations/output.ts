/** Pages of what a round wrote, as events. A page holds whole lines, and never more than it is asked for by much. */
import type { FileHandle } from "node:fs/promises";

import type { Adapter } from "#agent-cli/adapter.ts";
import { commandAdapter } from "#agent-cli/adapters/command.ts";
import { openReading, type Read, type Reading } from "#agent-cli/reading.ts";
import type { OutputEvent, OutputPage } from "#contract/shapes/invocation-output.ts";

import { cutEvent } from "./cutting.ts";
import { lastLineEnd, lineStartsBefore, readBytes, sizeOf } from "./lines.ts";

export interface PageQuery {
  readonly from?: number | undefined;
  readonly limit: number;
  readonly back: boolean;
  /** Texts of any length. */
  readonly whole: boolean;
}

export interface Written {
  readonly adapter: Adapter;
  /** A reading from that byte on, where a line begins. */
  readonly open: (byte: number) => Promise<Reading>;
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
  const { reads, from, to } = query.back
    ? await backward(file, written, Math.min(query.from ?? end, end), query.limit)
    : await forward(file, written, Math.min(query.from ?? 0, end), end, query.limit);
  const items = reads.map((read) => showRead(read, from, query.whole));
  return { items, from, to, size, ended: written.ended };
}

interface Found extends Pick<OutputPage, "from" | "to"> {
  readonly reads: readonly Read[];
}

async function forward(
  file: FileHandle,
  written: Written,
  from: number,
  end: number,
  limit: number,
): Promise<Found> {
  const reading = await written.open(from);
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
  if (next !== undefined) return { reads: kept, from, to: from + next.offset };
  if (end !== undefined) return { reads: kept, from, to: end };
  const lastOffset = kept.at(-1)?.offset ?? 0;
  return { reads: kept, from, to: await lineEnd(file, from + lastOffset) };
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
  let from = to;
  let events = 0;
  for await (const start of lineStartsBefore(file, to)) {
    const line = readWhole(openReading(written.adapter), await readBytes(file, start, from));
    events += line.length;
    from = start;
    if (events >= limit || to - from > MOST_BYTES) break;
  }
  const reads = readWhole(await written.open(from), await readBytes(file, from, to));
  return { reads, from, to };
}

const readWhole = (reading: Reading, bytes: Uint8Array): readonly Read[] => [
  ...reading.push(bytes),
  ...reading.end(),
];

/**
 * @param base where the reading began
 * @param isWhole texts of any length; else they are cut
 */
export function showRead(
  { offset, next, event }: Read,
  base: number,
  isWhole: boolean,
): OutputEvent {
  const at = base + offset;
  if (event.type === "cost")
    return { at, ...event, nano: event.nano === null ? null : String(event.nano) };
  const shown = { at, ...event } as OutputEvent;
  return isWhole ? shown : cutEvent(shown, { from: at, to: base + next });
}
