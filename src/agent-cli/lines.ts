/**
 * Lines of bytes. They end at 0x0A and nowhere else: JSON may hold U+2028 as it stands, and a
 * character may lie across two chunks, so a line is decoded as a whole.
 */
import { createHash, type Hash } from "node:crypto";

export interface Line {
  /** Where it begins, in bytes of the whole output. */
  readonly offset: number;
  /** Without its end. */
  readonly bytes: number;
  readonly text: string;
  /** Of all of it, where it was too long and `text` is only its beginning. */
  readonly sha256: string | null;
}

export interface LineSplitter {
  /** The lines that end in this chunk. */
  readonly push: (chunk: Uint8Array) => readonly Line[];
  /** What came after the end of the last line, if anything. */
  readonly end: () => readonly Line[];
}

const LONGEST_LINE = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Holds at most `longest` bytes, however long a line is. */
export function splitLines(longest = LONGEST_LINE): LineSplitter {
  let offset = 0;
  let begun: LongLine | null = null;

  function close(chunk: Buffer, from: number, to: number): Line {
    const bytes = to - from;
    const isWhole = begun === null && bytes <= longest;
    const line = isWhole
      ? { bytes, text: chunk.toString("utf8", from, to), sha256: null }
      : continued(chunk.subarray(from, to)).close();
    begun = null;
    const closed = { offset, ...line };
    offset += line.bytes + 1;
    return closed;
  }

  function continued(part: Uint8Array): LongLine {
    begun ??= openLine(longest);
    begun.add(part);
    return begun;
  }

  return {
    push: ({ buffer, byteOffset, byteLength }) => {
      // Most lines lie in one chunk and are decoded where they lie: a view of each would be more to collect than they.
      const chunk = Buffer.from(buffer, byteOffset, byteLength);
      const lines: Line[] = [];
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        lines.push(close(chunk, from, at));
        from = at + 1;
      }
      if (from < chunk.length) continued(chunk.subarray(from));
      return lines;
    },
    end: () => (begun === null ? [] : [close(NOTHING, 0, 0)]),
  };
}

const NOTHING = Buffer.alloc(0);

interface LongLine {
  readonly add: (part: Uint8Array) => void;
  readonly close: () => Omit<Line, "offset">;
}

/** One that comes in several chunks, or is too long. */
function openLine(longest: number): LongLine {
  const head: Uint8Array[] = [];
  let kept = 0;
  let bytes = 0;
  let whole: Hash | null = null;

  return {
    add: (part) => {
      bytes += part.length;
      if (bytes > longest && whole === null) {
        whole = createHash("sha256");
        for (const each of head) whole.update(each);
      }
      whole?.update(part);
      // A copy: the chunk is its reader's buffer, which may be written over.
      const more = Uint8Array.from(part.subarray(0, longest - kept));
      kept += more.length;
      if (more.length > 0) head.push(more);
    },
    close: () => {
      const found = Buffer.concat(head);
      // As a stream, so that a character that the limit cuts is left out and not made into another.
      const text =
        whole === null ? found.toString("utf8") : new TextDecoder().decode(found, { stream: true });
      return { bytes, text, sha256: whole?.digest("hex") ?? null };
    },
  };
}
