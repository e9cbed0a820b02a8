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
  let line = openLine(longest);

  function close(): Line {
    const closed = { offset, ...line.close() };
    offset += closed.bytes + 1;
    line = openLine(longest);
    return closed;
  }

  return {
    push: (chunk) => {
      const lines: Line[] = [];
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        line.add(chunk.subarray(from, at));
        lines.push(close());
        from = at + 1;
      }
      line.add(chunk.subarray(from));
      return lines;
    },
    end: () => (line.isEmpty() ? [] : [close()]),
  };
}

function openLine(longest: number) {
  const head: Uint8Array[] = [];
  let kept = 0;
  let bytes = 0;
  let whole: Hash | null = null;

  return {
    isEmpty: () => bytes === 0,
    add: (part: Uint8Array): void => {
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
    close: (): Omit<Line, "offset"> => ({
      bytes,
      // As a stream, so that a character that the limit cuts is left out and not made into another.
      text: new TextDecoder().decode(Buffer.concat(head), { stream: whole !== null }),
      sha256: whole?.digest("hex") ?? null,
    }),
  };
}
