/** Pages of what a round wrote, as events. A page holds whole lines, or a part of one that is too long. */
import type { FileHandle } from "node:fs/promises";

import type { Adapter } from "#agent-cli/adapter.ts";
import { commandAdapter } from "#agent-cli/adapters/command.ts";
import { openReading, type Read, type Reading } from "#agent-cli/reading.ts";
import type { OutputEvent, OutputPage } from "#contract/shapes/invocation-output.ts";

import { cutEvent } from "./cutting.ts";
import { chunksOf, endOfLines, LONGEST_PART, sizeOf, startsBefore } from "./lines.ts";

export interface PageQuery {
  readonly from?: number | undefined;
  readonly limit: number;
  readonly back: boolean;
  /** Texts of any length. */
  readonly whole: boolean;
}

export interface Written {
  readonly adapter: Adapter;
  /** A reading from that byte on, where a line begins, or a part of one. */
  readonly open: (byte: number) => Promise<Reading>;
  /** Nothing will be added. */
  readonly ended: boolean;
}

/** What stands in the error stream is text, whoever wrote it. */
export const PLAIN: Adapter = commandAdapter("", []);

/** So many bytes of lines at the most, and at the least one line or a part of it. */
const MOST_BYTES = 2 * 1024 * 1024;

export async function readPage(
  file: FileHandle,
  written: Written,
  query: PageQuery,
): Promise<OutputPage> {
  const size = await sizeOf(file);
  const begin = query.back ? 0 : Math.min(query.from ?? 0, size);
  const end = written.ended ? size : await endOfLines(file, begin, size);
  const { reads, from, to } = query.back
    ? await backward(file, written, Math.min(query.from ?? end, end), query.limit)
    : await forward(file, written, begin, end, query.limit);
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
  for await (const bytes of chunksOf(file, from, Math.min(end, from + LONGEST_PART))) {
    reads.push(...reading.push(bytes));
    at += bytes.length;
    if (reads.length >= limit || (at - from >= MOST_BYTES && reads.length > 0)) break;
  }
  const isPart = reading.next() === 0;
  if (at >= end || isPart) reads.push(...reading.end());
  return upTo(reads, from, at >= end || isPart ? at : from + reading.next(), limit);
}

/** Of what was read, whole lines with `limit` events or few more. @param to behind all that was read */
function upTo(reads: readonly Read[], from: number, to: number, limit: number): Found {
  const last = reads[limit - 1];
  const kept = last === undefined ? reads : reads.filter(({ offset }) => offset <= last.offset);
  const next = reads.at(kept.length);
  return { reads: kept, from, to: next === undefined ? to : from + next.offset };
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
  for await (const start of startsBefore(file, to)) {
    const line = await readAll(openReading(written.adapter), file, start, from);
    events += line.length;
    from = start;
    if (events >= limit || to - from > MOST_BYTES) break;
  }
  const reads = await readAll(await written.open(from), file, from, to);
  return { reads, from, to };
}

async function readAll(
  reading: Reading,
  file: FileHandle,
  from: number,
  to: number,
): Promise<readonly Read[]> {
  const reads: Read[] = [];
  for await (const bytes of chunksOf(file, from, to)) reads.push(...reading.push(bytes));
  return [...reads, ...reading.end()];
}

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
