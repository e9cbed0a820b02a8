/** Bytes as they come, in parts that a person can be shown: whole lines, and parts of a line that is too long. */
import { StringDecoder } from "node:string_decoder";

export interface Parts {
  /** What can be shown now; nothing while the line goes on. */
  readonly take: (bytes: Uint8Array) => string;
  /** What is left where it ends. */
  readonly rest: () => string;
}

/** In letters: a line that is longer is shown before it ends. */
const LONG_LINE = 64 * 1024;
/** Where so few letters stand behind its beginning, a sequence may not be whole yet. */
const LONGEST_SEQUENCE = 256;

export function openParts(): Parts {
  const decoder = new StringDecoder("utf8");
  let held = "";
  return {
    take: (bytes) => {
      held += decoder.write(bytes);
      const end = partEnd(held);
      const part = held.slice(0, end);
      held = held.slice(end);
      return part;
    },
    rest: () => {
      const part = held + decoder.end();
      held = "";
      return part;
    },
  };
}

function partEnd(text: string): number {
  const lineEnd = text.lastIndexOf("\n") + 1;
  if (text.length - lineEnd < LONG_LINE) return lineEnd;
  const opened = text.lastIndexOf("\u001B");
  if (opened > lineEnd && text.length - opened < LONGEST_SEQUENCE) return opened;
  return text.endsWith("\r") ? text.length - 1 : text.length;
}
