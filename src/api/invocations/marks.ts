/**
 * What the lines before a byte of an output say that matters behind it: running totals, the session's model, calls that
 * are open. So who reads from the middle is told what who reads from the beginning is told there. It is read once, and
 * kept at marks, at most so many an output.
 */
import type { Adapter } from "#agent-cli/adapter.ts";
import { type Known, openReading, type Reading, type ReadingOptions } from "#agent-cli/reading.ts";

import { chunksOf, LONGEST_PART, openOutput } from "./lines.ts";

export interface How {
  readonly adapter: Adapter;
  readonly reading: ReadingOptions;
}

export interface Marks {
  /** A reading from that byte on, where a line begins, or a part of one. */
  readonly open: (path: string, how: How, byte: number, signal?: AbortSignal) => Promise<Reading>;
}

interface Mark {
  readonly byte: number;
  readonly known: Known;
}

interface Marked {
  /** By their bytes. */
  marks: readonly Mark[];
  /** So far apart. */
  step: number;
}

export interface MarksOptions {
  readonly step?: number;
  readonly most?: number;
  readonly outputs?: number;
}

const STEP_BYTES = 1024 * 1024;
const MOST_MARKS = 64;
const MOST_OUTPUTS = 100;

export function openMarks({
  step = STEP_BYTES,
  most = MOST_MARKS,
  outputs = MOST_OUTPUTS,
}: MarksOptions = {}): Marks {
  const all = new Map<string, Marked>();

  /** Those that were used last are kept. */
  function of(path: string): Marked {
    const found = all.get(path) ?? { marks: [], step };
    all.delete(path);
    all.set(path, found);
    const [oldest] = all.keys();
    if (all.size > outputs && oldest !== undefined) all.delete(oldest);
    return found;
  }

  return {
    open: async (path, how, byte, signal) => {
      const leaves = (next: number, known: () => Known): void => leave(of(path), next, known, most);
      if (byte === 0 || how.adapter.name === "command") return openFrom({ byte }, how, leaves);
      const from = of(path).marks.findLast((mark) => mark.byte <= byte) ?? { byte: 0 };
      const before = openFrom(from, how, leaves);
      await readUpTo(path, before, from.byte, byte, signal);
      return openFrom({ byte, known: before.known() }, how, leaves);
    },
  };
}

/** Leaves marks as it goes: behind lines, and within one that is too long, of which nothing will be known. */
function openFrom(
  { byte, known }: From,
  { adapter, reading: options }: How,
  leaves: (byte: number, known: () => Known) => void,
): Reading {
  const reading = openReading(adapter, { ...options, ...(known !== undefined && { known }) });
  let at = 0;
  return {
    ...reading,
    push: (chunk) => {
      const reads = reading.push(chunk);
      at += chunk.byteLength;
      const next = reading.next();
      leaves(byte + (at - next > LONGEST_PART ? at : next), reading.known);
      return reads;
    },
  };
}

interface From {
  readonly byte: number;
  readonly known?: Known;
}

function leave(marked: Marked, byte: number, known: () => Known, most: number): void {
  const { marks, step } = marked;
  const place = marks.findLastIndex((mark) => mark.byte <= byte) + 1;
  const [before, after] = [marks[place - 1]?.byte ?? 0, marks[place]?.byte ?? Infinity];
  if (byte - before < step || after - byte < step) return;
  const more = marks.toSpliced(place, 0, { byte, known: known() });
  const isFull = more.length > most;
  marked.marks = isFull ? more.filter((_, index) => index % 2 === 1) : more;
  marked.step = isFull ? step * 2 : step;
}

async function readUpTo(
  path: string,
  reading: Reading,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  await using file = await openOutput(path);
  for await (const bytes of chunksOf(file, from, to)) {
    if (signal?.aborted === true) return;
    reading.push(bytes);
  }
}
