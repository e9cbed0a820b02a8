/**
 * A text in what an invocation wrote: round by round, its output and then its error stream, from any place on. A
 * request looks for so long, tells so many lines that have it, and says where to go on.
 */
import type { FileHandle } from "node:fs/promises";

import type { Adapter } from "#agent-cli/adapter.ts";
import type { FindPage, FindQuery, Found } from "#contract/shapes/invocation-find.ts";

import { chunksOf, endOfLines, lastLineEnd, sizeOf } from "../lines.ts";
import type { Hit, Scanner } from "./hit.ts";
import { scanEvents } from "./in-events.ts";
import { scanLines } from "./in-lines.ts";

export type Stream = FindQuery["of"];

export interface Place {
  readonly round: number;
  readonly of: Stream;
  readonly from: number;
}

export interface Searched {
  readonly rounds: number;
  /** Undefined: it is not there, or not any more. Whoever asks closes it. */
  readonly open: (round: number, of: Stream) => Promise<FileHandle | undefined>;
  /** Nothing will be added. */
  readonly isOver: (round: number) => boolean;
  /** Who wrote the output. */
  readonly adapter: Adapter;
  /** Milliseconds. */
  readonly now: () => number;
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

const MOST_MS = 700;
/** Looked through whatever time it takes, so that every request comes further. */
const LEAST_BYTES = 4 * 1024 * 1024;

export async function find(searched: Searched, query: FindQuery): Promise<FindPage> {
  const until = searched.now() + MOST_MS;
  const items: Found[] = [];
  let bytes = 0;
  let place: Place | undefined = { round: query.round, of: query.of, from: query.from };
  while (place !== undefined) {
    const { round, of }: Place = place;
    const least = LEAST_BYTES - bytes;
    const part = await findIn(searched, place, {
      wanted: query.q,
      limit: query.limit - items.length,
      isTooLong: (read) => searched.signal.aborted || (read >= least && searched.now() >= until),
    });
    items.push(...part.hits.map((hit) => ({ round, of, ...hit })));
    bytes += part.bytes;
    if (part.next !== null) return { items, next: { round, of, from: part.next }, searched: bytes };
    place = after(searched, place);
    if (items.length >= query.limit) break;
  }
  return { items, next: place ?? null, searched: bytes };
}

function after({ rounds }: Searched, { round, of }: Place): Place | undefined {
  if (of === "output") return { round, of: "errors", from: 0 };
  return round < rounds ? { round: round + 1, of: "output", from: 0 } : undefined;
}

interface Looking {
  readonly wanted: string;
  readonly limit: number;
  /** @param read bytes of this stream so far */
  readonly isTooLong: (read: number) => boolean;
}

interface Part {
  readonly hits: readonly Hit[];
  readonly bytes: number;
  /** Null: it was looked through to its end. */
  readonly next: number | null;
}

const NOTHING: Part = { hits: [], bytes: 0, next: null };

async function findIn(searched: Searched, place: Place, looking: Looking): Promise<Part> {
  await using file = await searched.open(place.round, place.of);
  if (file === undefined) return NOTHING;
  const size = await sizeOf(file);
  if (place.from >= size) return NOTHING;
  const end = searched.isOver(place.round) ? size : await endOfLines(file, place.from, size);
  if (place.from >= end) return NOTHING;
  const scanner = await scannerOf(searched, file, place, looking.wanted);
  return await scan(file, scanner, { from: place.from, end }, looking);
}

async function scannerOf(
  { adapter }: Searched,
  file: FileHandle,
  { of, from }: Place,
  wanted: string,
): Promise<Scanner> {
  const isPlain = of === "errors" || adapter.name === "command";
  if (!isPlain) return scanEvents(adapter, wanted, from);
  return scanLines(wanted, from, (await lastLineEnd(file, 0, from)) ?? from);
}

async function scan(
  file: FileHandle,
  scanner: Scanner,
  { from, end }: { readonly from: number; readonly end: number },
  { limit, isTooLong }: Looking,
): Promise<Part> {
  const hits: Hit[] = [];
  let at = from;
  if (isTooLong(0)) return { hits, bytes: 0, next: from };
  for await (const chunk of chunksOf(file, from, end)) {
    hits.push(...scanner.push(chunk));
    at += chunk.length;
    if (hits.length > limit) break;
    if (at < end && isTooLong(at - from))
      return { hits, bytes: at - from, next: onwards(scanner, from, at) };
  }
  if (at >= end) hits.push(...scanner.end());
  return { ...upTo(hits, limit), bytes: at - from };
}

/** Never where it began, however long a line is. */
function onwards(scanner: Scanner, from: number, at: number): number {
  const place = scanner.place();
  return place > from ? place : at;
}

/** So many, and then what else its last line has. */
function upTo(hits: readonly Hit[], limit: number): Pick<Part, "hits" | "next"> {
  const last = hits[limit - 1]?.at ?? Infinity;
  const kept = hits.filter((hit, index) => index < limit || hit.at === last);
  return { hits: kept, next: hits[kept.length]?.at ?? null };
}
