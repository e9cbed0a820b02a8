/**
 * Executions as a file, newest first: summaries, not steps. Page after page is read by the reading
 * thread when the one before was taken, so memory stays as it is however many there are, and a reader
 * that dawdles holds nothing back.
 */
import { csvLine } from "#crm/csv-line.ts";
import { phaseOf } from "#domain/kinds.ts";
import { maskAddresses } from "#domain/mask.ts";
import type { Search } from "#search/search.ts";
import type { Store } from "#store/store.ts";
import type { AgentName } from "#workspace/agent-reading.ts";
import type { Agents } from "#workspace/agents.ts";

import { showTime, showTimeOr } from "../times.ts";
import type { Filters } from "./filters.ts";
import { listPage } from "./found.ts";
import type { ExecutionRow } from "./rows.ts";
import { showSpending } from "./spending.ts";
import { ACTIONS } from "./summary.ts";

export type ExportFormat = "json" | "csv";

export interface Export {
  readonly filters: Filters;
  readonly format: ExportFormat;
  /** Whether addresses in labels are masked, as the list masks them for the same reader. */
  readonly masked: boolean;
}

export interface ExportNeeds {
  readonly store: Pick<Store, "heavy">;
  readonly agents: Pick<Agents, "names">;
  readonly search: Pick<Search, "find">;
}

const PAGE = 1000;

interface Form {
  readonly head: string;
  readonly tail: string;
  readonly between: string;
  readonly line: (row: ExecutionRow, agent: AgentName | undefined) => string;
}

const COLUMNS = [
  "ExecutionId",
  "Date",
  "Status",
  "Duration",
  "Contacts Processed",
  "Actions Performed",
] as const;

/** JSON is one array, an execution a line: what is cut off cannot be taken for the whole. */
const FORMS: Readonly<Record<ExportFormat, Form>> = {
  json: { head: "[\n", tail: "\n]\n", between: ",\n", line: jsonLine },
  csv: { head: csvLine(COLUMNS), tail: "", between: "", line: csvRow },
};

/** The file, in parts of a page each. */
export async function* exportExecutions(
  { store, agents, search }: ExportNeeds,
  { filters, format, masked }: Export,
): AsyncGenerator<string, void> {
  const { head, tail, between, line } = FORMS[format];
  yield head;
  let isFirst = true;
  for await (const rows of pagesOf(store, search, filters)) {
    const names = await agents.names([...new Set(rows.map(({ agent }) => agent))]);
    const lines = rows.map((row) =>
      line(masked ? withoutAddresses(row) : row, names.get(row.agent)),
    );
    if (lines.length === 0) continue;
    yield (isFirst ? "" : between) + lines.join(between);
    isFirst = false;
  }
  yield tail;
}

async function* pagesOf(
  { heavy }: Pick<Store, "heavy">,
  index: Pick<Search, "find">,
  filters: Filters,
): AsyncGenerator<readonly ExecutionRow[], void> {
  let cursor: string | undefined;
  do {
    const query = { ...filters, sort: "newest", limit: PAGE, cursor } as const;
    const page = await listPage({ db: heavy, heavy }, index, query);
    yield page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function withoutAddresses(row: ExecutionRow): ExecutionRow {
  return row.label === null ? row : { ...row, label: maskAddresses(row.label) };
}

function durationOf({ startedAt, endedAt }: ExecutionRow): number | null {
  return startedAt === null || endedAt === null ? null : endedAt - startedAt;
}

function jsonLine(row: ExecutionRow, agent: AgentName | undefined): string {
  const { id, kind, state, label, trigger, waitedMs, steps, warnings, figures } = row;
  const durationMs = durationOf(row);
  return JSON.stringify({
    id,
    kind,
    status: state,
    phase: phaseOf(kind, state) ?? "pending",
    label,
    agent: agent === undefined ? null : { id: agent.id, name: agent.name },
    trigger,
    createdAt: showTime(row.createdAt),
    startedAt: showTimeOr(row.startedAt),
    completedAt: showTimeOr(row.endedAt),
    durationMs,
    activeMs: durationMs === null ? null : Math.max(0, durationMs - (waitedMs ?? 0)),
    steps,
    warnings,
    figures,
    ...showSpending(row.spending),
  });
}

/** The duration is in seconds, so that a spreadsheet can count with it. */
function csvRow(row: ExecutionRow): string {
  const ms = durationOf(row);
  const { id, createdAt, state, figures } = row;
  return csvLine([
    id,
    showTime(createdAt),
    state,
    ms === null ? null : ms / 1000,
    figures["contactsProcessed"] ?? 0,
    ACTIONS.reduce((sum, name) => sum + (figures[name] ?? 0), 0),
  ]);
}
