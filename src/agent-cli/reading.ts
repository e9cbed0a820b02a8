/**
 * From bytes to events. However the bytes are cut into chunks, the events are the same; nothing that
 * an Agent CLI writes makes it throw. The output can be read again from its beginning at any time,
 * so what is kept of it is a projection.
 */
import { type AccountOptions, enter, type Known, knownIn, openAccount } from "./account.ts";
import type { Adapter } from "./adapter.ts";
import type { Counters } from "./counters.ts";
import type { AgentEvent, Said } from "./events.ts";
import { splitLines, type Line } from "./lines.ts";

export interface Read {
  /** Of the line that says it, in bytes from the beginning of the output. */
  readonly offset: number;
  /** Where the line after it begins. */
  readonly next: number;
  readonly event: AgentEvent;
}

export interface ReadingOptions extends AccountOptions {
  readonly longestLine?: number;
}

export interface Reading {
  readonly push: (chunk: Uint8Array) => readonly Read[];
  /** What is known from elsewhere to have happened at that line. */
  readonly note: (said: Said, at: Omit<Read, "event">) => readonly Read[];
  /** The output is over. */
  readonly end: () => readonly Read[];
  /** For the session's next round. */
  readonly counters: () => Counters;
  /** Behind the last line that was read, in bytes from where it began. */
  readonly next: () => number;
  /** For who reads from there on. */
  readonly known: () => Known;
}

export type { Known };

export function openReading(adapter: Adapter, options: ReadingOptions = {}): Reading {
  const lines = splitLines(options.longestLine);
  const account = openAccount(options);
  let ahead = 0;

  function read(line: Line): readonly Read[] {
    const events = sayingOf(adapter, line).flatMap((said) => enter(account, said));
    const { offset, bytes } = line;
    const next = offset + bytes + 1;
    ahead = next;
    return events.map((event) => ({ offset, next, event }));
  }

  return {
    push: (chunk) => lines.push(chunk).flatMap(read),
    note: (said, { offset, next }) =>
      enter(account, said).map((event) => ({ offset, next, event })),
    end: () => lines.end().flatMap(read),
    counters: () => account.counters,
    next: () => ahead,
    known: () => knownIn(account),
  };
}

const LONGEST_HEAD = 2_000;

function sayingOf(adapter: Adapter, line: Line): readonly Said[] {
  if (line.sha256 !== null) return [unread("too_long", line)];
  try {
    return adapter.read(line.text) ?? [unread("not_known", line)];
  } catch (error) {
    return [unread(error instanceof SyntaxError ? "not_json" : "not_known", line)];
  }
}

function unread(why: "not_json" | "not_known" | "too_long", { text, bytes, sha256 }: Line): Said {
  return { type: "unread", why, head: text.slice(0, LONGEST_HEAD), bytes, sha256 };
}
