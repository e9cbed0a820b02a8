import { once } from "node:events";

import { diskFault } from "#domain/disk-fault.ts";
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

/** A terminal on which text appears as it comes in, which need not be whole lines. */
export interface Screen extends Terminal {
  /** Settles when there is room for more. */
  readonly write: (piece: { readonly to: "out" | "err"; readonly text: string }) => Promise<void>;
  /** The very bytes, to what is no terminal. Settles when there is room for more. */
  readonly pour: (to: "out" | "err", bytes: Uint8Array) => Promise<void>;
  readonly isTerminal: { readonly out: boolean; readonly err: boolean };
  /** Whether colours are wanted there: by whether it is a terminal, `NO_COLOR`, `FORCE_COLOR` and `TERM`. */
  readonly colours: { readonly out: boolean; readonly err: boolean };
}

const CLEAR_LINE = "\r\u001b[2K";

export function ownTerminal(): Screen {
  const { stdout, stderr } = process;
  const streams = { out: stdout, err: stderr };
  let drawn = false;
  let isMidLine = false;
  function wipe(): void {
    if (drawn) stderr.write(CLEAR_LINE);
    drawn = false;
  }
  function say(stream: NodeJS.WriteStream, line: string): void {
    wipe();
    if (isMidLine) stderr.write("\n");
    isMidLine = false;
    stream.write(`${line}\n`);
  }
  return {
    out: (line) => say(stdout, line),
    err: (line) => say(stderr, line),
    redraw: (line) => {
      if (isMidLine) return; // it would be written over
      stderr.write(`${CLEAR_LINE}${line}`);
      drawn = true;
    },
    write: async ({ to, text }) => {
      wipe();
      isMidLine = streams[to].isTTY && !text.endsWith("\n");
      await put(streams[to], text);
    },
    pour: async (to, bytes) => {
      wipe();
      await put(streams[to], bytes);
    },
    isTerminal: { out: stdout.isTTY, err: stderr.isTTY },
    isLive: stderr.isTTY,
    get columns() {
      return stderr.columns ?? 80;
    },
    colours: { out: showsColours(stdout), err: showsColours(stderr) },
  };
}

async function put(stream: NodeJS.WriteStream, data: string | Uint8Array): Promise<void> {
  if (!stream.write(data)) await once(stream, "drain");
}

function showsColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.hasColors();
}

/** The folder is there and cannot be used as it is: that is no bug. */
const NO_STORE: ReadonlySet<string> = new Set(["folder_held", "store_failed"]);

/** One clear line and what to do about it; a bug shows its stack, for it is ours to find. */
export function complain(terminal: Terminal, given: unknown): number {
  const error = storeFault(given) ?? diskFault(given) ?? given;
  if (!(error instanceof Fault)) {
    terminal.err(
      `stint: a bug in Stint: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return EXIT.bug;
  }
  terminal.err(`stint: ${withoutBreaks(error.message)}`);
  for (const line of adviceOf(error)) terminal.err(`  ${withoutBreaks(line)}`);
  return NO_STORE.has(error.code) ? EXIT.unavailable : exitCodeOf(error.status);
}

/** What the API says to programs about fields that are wrong is of no use to a person: the fields are. */
function adviceOf({ code, suggestion, facts }: Fault): readonly string[] {
  const errors: unknown = facts["errors"];
  if (code !== "invalid" || !Array.isArray(errors))
    return suggestion === undefined ? [] : [suggestion];
  return (errors as { readonly path: string; readonly message: string }[])
    .slice(1)
    .map(({ path, message }) => `${path}: ${message}`);
}

function withoutBreaks(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}
