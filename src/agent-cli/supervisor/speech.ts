/**
 * What is said to a process that is spoken to. It stands in a file of its execution, line by line, and a pump
 * that outlives Stint gives it on to the process's standard input; so what was said is on record, and whoever
 * goes on with the talk says only what is not there yet.
 */
import { appendFileSync, readFileSync } from "node:fs";

export interface Speech {
  /** Says a line, once: one that a former life has said is on record, and is not said again. */
  readonly say: (line: string) => void;
  /** Whether a line was ever said, in whichever life. */
  readonly isSaid: (line: string) => boolean;
  /** Nothing more is said: its standard input ends. */
  readonly hush: () => void;
  /** What is said to it first when it is told to end, before it gets any signal. */
  readonly partBy: (words: () => readonly string[]) => void;
}

export interface SpeechRecord {
  readonly say: (line: string) => void;
  readonly isSaid: (line: string) => boolean;
}

const NEWLINE = "\n";

/** How often each line is on record, and what a death has left of the last one. */
interface Found {
  readonly counts: Map<string, number>;
  readonly half: Buffer;
}

export function openRecord(file: string): SpeechRecord {
  const found = read(readFileSync(file));
  const said = new Set(found.counts.keys());
  let { half } = found;

  function append(line: string): void {
    const whole = Buffer.from(line + NEWLINE);
    const goesOn = whole.subarray(0, half.length).equals(half);
    appendFileSync(file, goesOn ? whole.subarray(half.length) : NEWLINE + line + NEWLINE);
    half = Buffer.alloc(0);
  }

  return {
    isSaid: (line) => said.has(line),
    say: (line) => {
      const before = found.counts.get(line) ?? 0;
      if (before > 0) found.counts.set(line, before - 1);
      else append(line);
      said.add(line);
    },
  };
}

function read(bytes: Buffer): Found {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const lines = bytes.subarray(0, end).toString().split(NEWLINE).slice(0, -1);
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return { counts, half: bytes.subarray(end) };
}
