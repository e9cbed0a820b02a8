/** What the shell that waits for a command has written of its end: it is there whoever was not. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { isMissing } from "#domain/missing-file.ts";

import { FILES } from "./launch.ts";
import type { Counts } from "./sampling.ts";

export interface Status {
  /** As a shell prints it: from 128 on mostly, but not surely, the number of a signal and 128. */
  readonly code: number;
  /** When it ended, epoch milliseconds. */
  readonly at: number;
}

/** How it ended; undefined: it has not, was killed together with the shell, or that could not write it. */
export function readStatus(folder: string): Status | undefined {
  const file = join(folder, FILES.status);
  const text = textOf(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (text === undefined || found === undefined) return undefined;
  return { code: Number(text), at: Math.round(found.mtimeMs) };
}

/** What the command and those of its children that have ended took, in milliseconds; null: it was not told. */
export function readTimes(folder: string): number | null {
  // The shell's own and its children's, each for the program and for the system: "1m2.34s".
  const times = (textOf(join(folder, FILES.times)) ?? "").matchAll(/(\d+)m(\d+)[.,](\d+)s/g);
  const seconds = Array.from(times, ([, m, s, part]) => Number(m) * 60 + Number(`${s}.${part}`));
  return seconds.length === 4
    ? Math.round(1000 * seconds.reduce((all, one) => all + one, 0))
    : null;
}

/** What they moved on the disk, those between two looks too; null: it was not told. */
export function readIo(folder: string): Pick<Counts, "readBytes" | "writtenBytes"> {
  const text = textOf(join(folder, FILES.io)) ?? "";
  const bytes = (name: string): number | null => {
    const found = new RegExp(`^${name}: (\\d+)$`, "m").exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  return { readBytes: bytes("read_bytes"), writtenBytes: bytes("write_bytes") };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
