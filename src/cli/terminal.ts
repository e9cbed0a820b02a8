import { Fault } from "#domain/fault.ts";
import { storeFault } from "#store/databases/broken.ts";

import { EXIT, exitCodeOf } from "./exit-codes.ts";

/** Where a command speaks: results to `out`, everything else to `err`, so that results can be piped on. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Writes over the line that it wrote before; only where `isLive`. */
  readonly redraw: (line: string) => void;
  readonly isLive: boolean;
  readonly columns: number;
}

const CLEAR_LINE = "\r\u001b[2K";

export function ownTerminal(): Terminal {
  const { stdout, stderr } = process;
  let drawn = false;
  function wipe(): void {
    if (drawn) stderr.write(CLEAR_LINE);
    drawn = false;
  }
  return {
    out: (line) => {
      wipe();
      stdout.write(`${line}\n`);
    },
    err: (line) => {
      wipe();
      stderr.write(`${line}\n`);
    },
    redraw: (line) => {
      stderr.write(`${CLEAR_LINE}${line}`);
      drawn = true;
    },
    isLive: stderr.isTTY,
    columns: stderr.columns ?? 80,
  };
}

/** The folder is there and cannot be used as it is: that is no bug. */
const NO_STORE: ReadonlySet<string> = new Set(["folder_held", "store_failed"]);

/** One clear line and what to do about it; a bug shows its stack, for it is ours to find. */
export function complain(terminal: Terminal, given: unknown): number {
  const error = storeFault(given) ?? given;
  if (!(error instanceof Fault)) {
    terminal.err(
      `stint: a bug in Stint: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return EXIT.bug;
  }
  terminal.err(`stint: ${withoutBreaks(error.message)}`);
  if (error.suggestion !== undefined) terminal.err(`  ${withoutBreaks(error.suggestion)}`);
  return NO_STORE.has(error.code) ? EXIT.unavailable : exitCodeOf(error.status);
}

function withoutBreaks(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
