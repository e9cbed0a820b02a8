/** Looks through lines as they are: what a command writes, and error streams. */
import { LONGEST_PART } from "../lines.ts";
import { type Hit, hitIn, lowered, type Scanner } from "./hit.ts";

const NEWLINE = 0x0a;

/**
 * @param from where it begins
 * @param lineStart where the line begins in which that lies, or a part of it
 */
export function scanLines(wanted: string, from: number, lineStart: number): Scanner {
  const low = lowered(wanted);
  /** Enough to hold all of it but its last character, in whatever case. */
  const overlap = 4 * wanted.length;
  const lines = openLines(low, lineStart);
  let at = from;
  /** The end of a line that goes on in the next chunk. */
  let tail = Buffer.alloc(0);

  return {
    push: (chunk) => {
      const window = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
      const start = at - tail.length;
      const lineEnd = window.lastIndexOf(NEWLINE) + 1;
      at += chunk.length;
      tail = Buffer.from(window.subarray(Math.max(lineEnd, window.length - overlap)));
      // Most chunks do not have it, and are looked at as a whole.
      if (lowered(window.toString("utf8")).includes(low)) return lines.look(window, start);
      if (lineEnd > 0) lines.begin(start + lineEnd);
      return [];
    },
    end: () => [],
    place: () => at - tail.length,
  };
}

/** Line by line; each is told once, and so is each part of one that is too long. */
function openLines(low: string, lineStart: number) {
  let line = lineStart;
  let told = -1;

  function lookIn(part: Buffer): readonly Hit[] {
    if (told === line) return [];
    const text = part.toString("utf8");
    const index = lowered(text).indexOf(low);
    if (index < 0) return [];
    told = line;
    return [hitIn(text, index, low.length, { at: line, type: "text" })];
  }

  return {
    begin: (byte: number): void => {
      line = byte;
    },
    look: (window: Buffer, start: number): readonly Hit[] => {
      const hits: Hit[] = [];
      for (let begin = 0; begin < window.length;) {
        const newline = window.indexOf(NEWLINE, begin);
        const end = newline < 0 ? window.length : newline;
        if (start + end - line >= LONGEST_PART) line = start + begin;
        hits.push(...lookIn(window.subarray(begin, end)));
        if (newline < 0) break;
        begin = newline + 1;
        line = start + begin;
      }
      return hits;
    },
  };
}
