/**
 * From bytes to events. However the bytes are cut into chunks, the events are the same; nothing that
 * an Agent CLI writes makes it throw. The output can be read again from its beginning at any time,
 * so what is kept of it is a projection.
 */
import { enter, type Account } from "./account.ts";
import type { Adapter } from "./adapter.ts";
import { NO_COUNTERS, type Counters } from "./counters.ts";
import type { AgentEvent, Billing, Said } from "./events.ts";
import { splitLines, type Line } from "./lines.ts";
import { NO_PRICES, type PriceTable } from "./prices.ts";

export interface Read {
  /** Of the line that says it, in bytes from the beginning of the output. */
  readonly offset: number;
  readonly event: AgentEvent;
}

export interface ReadingOptions {
  /** Where the session's totals stood when this output began. */
  readonly counters?: Counters;
  readonly prices?: PriceTable;
  /** Where it is known better than the Agent CLI says. */
  readonly billing?: Billing;
  /** The model that was asked for: not all Agent CLIs say which one answered. */
  readonly model?: string;
  readonly longestLine?: number;
}

export interface Reading {
  readonly push: (chunk: Uint8Array) => readonly Read[];
  /** What is known from elsewhere to have happened at that line. */
  readonly note: (said: Said, offset: number) => readonly Read[];
  /** The output is over. */
  readonly end: () => readonly Read[];
  /** For the session's next round. */
  readonly counters: () => Counters;
}

export function openReading(adapter: Adapter, options: ReadingOptions = {}): Reading {
  const lines = splitLines(options.longestLine);
  const account = openAccount(options);

  function read(line: Line): readonly Read[] {
    const events = sayingOf(adapter, line).flatMap((said) => enter(account, said));
    return events.map((event) => ({ offset: line.offset, event }));
  }

  return {
    push: (chunk) => lines.push(chunk).flatMap(read),
    note: (said, offset) => enter(account, said).map((event) => ({ offset, event })),
    end: () => lines.end().flatMap(read),
    counters: () => account.counters,
  };
}

function openAccount({ counters, prices, billing, model }: ReadingOptions): Account {
  return {
    counters: counters ?? NO_COUNTERS,
    prices: prices ?? NO_PRICES,
    billing: billing ?? null,
    model: model ?? null,
    notional: billing === "subscription",
    costIsTold: false,
    denied: new Set(),
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
