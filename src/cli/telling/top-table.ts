/** The live table of what runs. */
import { aboutOf, type Listed } from "./listed.ts";
import { clockOf, phraseBytes, phraseCount, phraseMoneyShort, type TokensTold } from "./phrases.ts";
import { statusOf } from "./status.ts";
import { cut, padEnd, padStart, widthOf } from "./widths.ts";

export interface AllRunning {
  readonly shown: readonly Listed[];
  /** How many more run, of which nothing else was read. */
  readonly more: number;
}

const MOST_OF_A_CELL = 60;

interface Column {
  readonly name: string;
  readonly side: "left" | "right";
  readonly cell: (running: Listed, now: number) => string;
}

const COLUMNS: readonly Column[] = [
  { name: "ID", side: "left", cell: ({ item }) => item.id },
  { name: "WHAT", side: "left", cell: ({ item, invocation }) => invocation?.cli ?? item.kind },
  { name: "STATE", side: "left", cell: stateOf },
  { name: "TIME", side: "right", cell: timeOf },
  { name: "CPU", side: "right", cell: cpuOf },
  { name: "MEMORY", side: "right", cell: memoryOf },
  { name: "IN", side: "right", cell: (running) => phraseCount(readOf(tokensOf(running))) },
  { name: "OUT", side: "right", cell: (running) => phraseCount(tokensOf(running)?.output ?? null) },
  {
    name: "COST",
    side: "right",
    cell: ({ item, invocation }) => phraseMoneyShort(invocation ?? item),
  },
  { name: "ABOUT", side: "left", cell: aboutOf },
];

function stateOf({ item, invocation }: Listed): string {
  return invocation?.now?.state ?? statusOf(item);
}

/** Of the round that runs: what was between it and the one before is nobody's work. */
function timeOf({ item, invocation }: Listed, now: number): string {
  const { startedAt, createdAt } = item;
  const isBetween = invocation !== null && invocation.rounds > 1;
  const begin = invocation?.now?.startedAt ?? (isBetween ? null : (startedAt ?? createdAt));
  return begin === null ? "–" : clockOf(now - Date.parse(begin));
}

/** 100% is one core. */
function cpuOf({ invocation }: Listed): string {
  const look = invocation?.now?.look ?? null;
  return look === null ? "–" : `${Math.round(look.cpuShare * 100)}%`;
}

function memoryOf({ invocation }: Listed): string {
  return phraseBytes(invocation?.now?.look?.memoryBytes ?? null);
}

function tokensOf({ item, invocation }: Listed): TokensTold | null {
  return invocation === null ? item.tokens : invocation.tokens;
}

/** All that was read, from a cache or not. */
function readOf(tokens: TokensTold | null): number | null {
  if (tokens === null) return null;
  const known = [tokens.input, tokens.cacheRead, tokens.cacheWrite].filter((n) => n !== null);
  return known.length === 0 ? null : known.reduce((sum, n) => sum + n, 0);
}

/** @param size of the terminal; what there is no room for is counted in the last line */
export function drawTop(
  { shown: running, more: unread }: AllRunning,
  now: number,
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const head = headOf(running, unread);
  if (running.length === 0) return [head];
  const room = Math.max(1, size.rows - 4);
  const shown = running.slice(0, room);
  const left = running.length - shown.length + unread;
  const more = left === 0 ? [] : [`… and ${left} more`];
  return [head, "", ...rowsOf(shown, now), ...more].map((line) => cut(line, size.columns));
}

function rowsOf(running: readonly Listed[], now: number): readonly string[] {
  const columns = COLUMNS.map(({ name, side, cell }) => {
    const cells = running.map((each) => cut(cell(each, now), MOST_OF_A_CELL));
    const width = Math.max(widthOf(name), ...cells.map(widthOf));
    const pad = side === "left" ? padEnd : padStart;
    return [name, ...cells].map((text) => pad(text, width));
  });
  return [-1, ...running.keys()].map((row) =>
    columns
      .map((cells) => cells[row + 1] ?? "")
      .join("  ")
      .trimEnd(),
  );
}

/** "3 run · CPU 145% · memory 1.2 GB"; of those that were not read nobody sums what they take. */
function headOf(running: readonly Listed[], unread: number): string {
  if (running.length === 0) return "Nothing runs.";
  const samples = running.flatMap(({ invocation }) => invocation?.now?.look ?? []);
  const all = running.length + unread;
  const count = all === 1 ? "1 runs" : `${all} run`;
  if (samples.length === 0) return count;
  const cpu = samples.reduce((sum, { cpuShare }) => sum + cpuShare, 0);
  const memory = samples.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);
  const of = unread === 0 ? "" : ` of the newest ${running.length}`;
  return `${count} · CPU ${Math.round(cpu * 100)}% · memory ${phraseBytes(memory)}${of}`;
}
