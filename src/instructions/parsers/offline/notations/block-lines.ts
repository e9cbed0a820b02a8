import type { Line } from "../layout.ts";
import type { Source } from "../source.ts";
import type { Token } from "../tokens.ts";

/** The lines of a text with those that stand below each. */
export interface Block {
  readonly source: Source;
  readonly lines: readonly Line[];
}

export interface Made {
  readonly tokens: readonly Token[];
  /** The line behind those that were taken. */
  readonly lines: number;
}

export function blockEnd(lines: readonly Line[], line: number): number {
  const depth = lines[line]?.depth ?? 0;
  let end = line + 1;
  while (end < lines.length && (lines[end]?.depth ?? 0) > depth) end += 1;
  return end;
}
