/**
 * SQLite reads the log beside a file (`-wal`) up to the first frame whose sum is wrong, and takes that for
 * the end: so it must be after a power cut, which can tear the last transaction, and so a log that was
 * damaged in its middle loses what comes after, without a word. Each transaction is synced before the
 * next one begins: if two or more follow the damage, it is no tear. Only the salts of the header cannot be
 * checked: damaged, they look as if the log had just been begun anew over frames that are in the file already.
 *
 * The format is https://sqlite.org/fileformat2.html#the_write_ahead_log
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
/** SQLite's own choice, and nothing here asks for another. */
const PAGE_SIZE = 4096;

type Sums = readonly [number, number];

interface Log {
  readonly pageSize: number;
  /** The sums are over big-endian words. */
  readonly isBig: boolean;
  readonly salts: string;
  /** What the first frame's sum begins with; undefined: the header is damaged. */
  readonly sums: Sums | undefined;
}

interface Frame {
  readonly salts: string;
  readonly isCommit: boolean;
  readonly stored: Sums;
  readonly follows: (before: Sums) => boolean;
}

/** How many transactions SQLite would pass over in silence; 0: none, or one that was torn. */
export function lostIn(path: string): number {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size <= HEADER) return 0;
    return Math.max(...readLogs(file).map((log) => countLost(file, size, log)));
  } finally {
    closeSync(file);
  }
}

function countLost(file: number, size: number, log: Log): number {
  let before = log.sums;
  let isBroken = before === undefined;
  let lost = 0;
  for (const frame of framesOf(file, size, log)) {
    const follows = frame.salts === log.salts && before !== undefined && frame.follows(before);
    if (isBroken) lost += follows && frame.isCommit ? 1 : 0;
    else isBroken = !follows;
    before = frame.stored;
  }
  return lost >= 2 ? lost : 0;
}

/** One where the header is right. A damaged one says nothing of pages and byte order, so each order is tried. */
function readLogs(file: number): readonly Log[] {
  const header = readAt(file, 0, HEADER);
  const magic = header.readUInt32BE(0);
  const salts = header.toString("hex", 16, 24);
  const isBig = (magic & 1) === 1;
  const sums = sumOver(header.subarray(0, 24), [0, 0], isBig);
  const isRight = (magic & ~1) >>> 0 === MAGIC && same(sums, storedAt(header, 24));
  if (isRight) return [{ pageSize: header.readUInt32BE(8), isBig, salts, sums }];
  const damaged = { pageSize: PAGE_SIZE, salts, sums: undefined };
  return [
    { ...damaged, isBig: false },
    { ...damaged, isBig: true },
  ];
}

function* framesOf(file: number, size: number, { pageSize, isBig }: Log): Generator<Frame> {
  const length = FRAME_HEADER + pageSize;
  for (let at = HEADER; at + length <= size; at += length) {
    const frame = readAt(file, at, length);
    const stored = storedAt(frame, 16);
    yield {
      salts: frame.toString("hex", 8, 16),
      isCommit: frame.readUInt32BE(4) !== 0,
      stored,
      follows: (before) => {
        const head = sumOver(frame.subarray(0, 8), before, isBig);
        return same(sumOver(frame.subarray(FRAME_HEADER), head, isBig), stored);
      },
    };
  }
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, at);
  return bytes;
}

const storedAt = (bytes: Buffer, at: number): Sums => [
  bytes.readUInt32BE(at),
  bytes.readUInt32BE(at + 4),
];
const same = (left: Sums, right: Sums): boolean => left[0] === right[0] && left[1] === right[1];

function sumOver(bytes: Buffer, [first, second]: Sums, isBig: boolean): Sums {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.byteLength; at += 8) {
    a = (a + view.getUint32(at, !isBig) + b) >>> 0;
    b = (b + view.getUint32(at + 4, !isBig) + a) >>> 0;
  }
  return [a, b];
}
