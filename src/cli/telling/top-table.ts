/** The live table of what runs. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";

import { oneLine } from "./harmless.ts";
import { clockOf, phraseBytes, phraseCount, phraseMoneyShort, type TokensTold } from "./phrases.ts";
import { statusOf } from "./status.ts";
import { cut, padEnd, padStart, widthOf } from "./widths.ts";

/** One that runs; of what is no invocation nobody measures a process. */
export interface Running {
  readonly item: ExecutionItem;
  readonly invocation: Invocation | null;
}

const MOST_OF_A_CELL = 60;

interface Column {
  readonly name: string;
  readonly side: "left" | "right";
  readonly cell: (running: Running, now: number) => string;
}

const COLUMNS: readonly Column[] = [
  { name: "ID", side: "left", cell: ({ item }) => item.id },
  { name: "WHAT", side: "left", cell: ({ item, invocation }) => invocation?.cli ?? item.kind },
  { name: "STATE", side: "left", cell: stateOf },
  { name: "TIME", side: "right", cell: ({ item }, now) => clockOf(now - beginOf(item)) },
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

function stateOf({ item, invocation }: Running): string {
  return invocation?.process?.state ?? statusOf(item);
}

function beginOf({ startedAt, createdAt }: ExecutionItem): number {
  return Date.parse(startedAt ?? createdAt);
}

/** 100% is one core. */
function cpuOf({ invocation }: Running): string {
  const last = invocation?.series.at(-1);
  return last === undefined ? "–" : `${Math.round(last.cpuShare * 100)}%`;
}

function memoryOf({ invocation }: Running): string {
  return phraseBytes(invocation?.series.at(-1)?.memoryBytes ?? null);
}

function tokensOf({ item, invocation }: Running): TokensTold | null {
  return invocation === null ? item.tokens : invocation.tokens;
}

/** All that was read, from a cache or not. */
function readOf(tokens: TokensTold | null): number | null {
  if (tokens === null) return null;
  const known = [tokens.input, tokens.cacheRead, tokens.cacheWrite].filter((n) => n !== null);
  return known.length === 0 ? null : known.reduce((sum, n) => sum + n, 0);
}

function aboutOf({ item, invocation }: Running): string {
  const said = invocation?.label ?? invocation?.prompt ?? item.agent?.name ?? item.label ?? "";
  return oneLine(said);
}

/** @param size of the terminal; what there is no room for is counted in the last line */
export function drawTop(
  running: readonly Running[],
  now: number,
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const head = headOf(running);
  if (running.length === 0) return [head];
  const room = Math.max(1, size.rows - 4);
  const shown = running.slice(0, room);
  const left = running.length - shown.length;
  const more = left === 0 ? [] : [`… and ${left} more`];
  return [head, "", ...rowsOf(shown, now), ...more].map((line) => cut(line, size.columns));
}

function rowsOf(running: readonly Running[], now: number): readonly string[] {
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

/** "3 run · CPU 145% · memory 1.2 GB" */
function headOf(running: readonly Running[]): string {
  if (running.length === 0) return "Nothing runs.";
  const samples = running.flatMap(({ invocation }) => invocation?.series.at(-1) ?? []);
  const count = running.length === 1 ? "1 runs" : `${running.length} run`;
  if (samples.length === 0) return count;
  const cpu = samples.reduce((sum, { cpuShare }) => sum + cpuShare, 0);
  const memory = samples.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);
  return `${count} · CPU ${Math.round(cpu * 100)}% · memory ${phraseBytes(memory)}`;
}
