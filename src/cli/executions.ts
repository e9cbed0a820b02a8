import type { Execution, ExecutionItem, ExecutionStep } from "#contract/shapes/executions.ts";

import { type Desk, type DeskOptions, findExecutionId, openDesk } from "./desk.ts";
import { type FilterOptions, queryOf } from "./execution-filters.ts";
import { EXIT } from "./exit-codes.ts";
import { follow } from "./follow.ts";
import { phraseEnd } from "./progress.ts";
import { conclude, progressOn } from "./run.ts";
import { table } from "./table.ts";
import { phraseMoney, phraseMs, phraseTime } from "./telling/phrases.ts";
import { statusOf } from "./telling/status.ts";
import type { Terminal } from "./terminal.ts";
import { readAll } from "./workspace.ts";

export interface ListOptions extends DeskOptions, FilterOptions {
  readonly limit: number;
}

const MOST_A_PAGE = 200;

export async function listExecutions(terminal: Terminal, options: ListOptions): Promise<number> {
  await using desk = await openDesk(options);
  const items = await readSome(desk, options);
  if (options.json) for (const item of items) terminal.out(JSON.stringify(item));
  else
    for (const line of table(
      ["ID", "STATUS", "AGENT", "TRIGGER", "STARTED", "DURATION", "SAID"],
      items.map(rowOf),
    ))
      terminal.out(line);
  return EXIT.done;
}

async function readSome(
  { client, workspaceId, base }: Desk,
  { limit, ...filters }: ListOptions,
): Promise<readonly ExecutionItem[]> {
  const query = await queryOf(client, workspaceId, filters);
  query.set("limit", String(Math.min(limit, MOST_A_PAGE)));
  const items: ExecutionItem[] = [];
  for await (const item of readAll<ExecutionItem>(
    client,
    `${base}/executions?${query.toString()}`,
  )) {
    items.push(item);
    if (items.length === limit) break;
  }
  return items;
}

function rowOf(item: ExecutionItem): readonly string[] {
  const { id, agent, label, trigger, createdAt, durationMs, summary, error, message } = item;
  const name =
    agent === null ? (label ?? "") : agent.deleted ? `Agent '${agent.name}' (deleted)` : agent.name;
  const type = trigger.event === null ? trigger.type : `${trigger.type}: ${trigger.event}`;
  return [
    id,
    statusOf(item),
    name,
    type,
    phraseTime(createdAt),
    durationMs === null ? "" : phraseMs(durationMs),
    error?.message ?? summary ?? message ?? "",
  ];
}

export interface ShowOptions extends DeskOptions {
  readonly at?: string;
}

export async function showExecution(
  terminal: Terminal,
  id: string,
  options: ShowOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  return await showOne(terminal, desk, await findExecutionId(desk, id), options);
}

/** @param id all of it */
export async function showOne(
  terminal: Terminal,
  { client, base }: Desk,
  id: string,
  options: Pick<ShowOptions, "at" | "json">,
): Promise<number> {
  const moment = options.at === undefined ? "" : `?at=${encodeURIComponent(options.at)}`;
  const path = `${base}/executions/${encodeURIComponent(id)}${moment}`;
  const execution = (await client.ask({ method: "GET", path })) as Execution;
  if (options.json) terminal.out(JSON.stringify(execution));
  else for (const line of phraseExecution(execution)) terminal.out(line);
  return EXIT.done;
}

const SIGNS: Readonly<Record<ExecutionStep["status"], string>> = {
  pending: "·",
  running: "▸",
  waiting: "…",
  completed: "✅",
  failed: "❌",
  skipped: "⏭️",
  notExecuted: "–",
  warning: "⚠️",
  uncertain: "❓",
};

export function phraseExecution(execution: Execution): readonly string[] {
  const { id, agent, trigger, startedAt, durationMs, message, steps, waitsFor } = execution;
  const waits =
    waitsFor === null
      ? []
      : [`Waits for ${waitsFor.text}${waitsFor.until === null ? "" : ` until ${waitsFor.until}`}`];
  const end = execution.completedAt === null ? [] : phraseEnd(execution).slice(0, -1);
  return [
    `${id}  ${statusOf(execution)}${agent === null ? "" : `  ${agent.name}`}`,
    `Triggered by ${trigger.by.name} (${trigger.type}), started ${startedAt ?? "not yet"}${durationMs === null ? "" : `, took ${phraseMs(durationMs)}`}`,
    ...(message === null ? [] : [message]),
    ...phraseReading(execution),
    ...phraseSpending(execution),
    ...waits,
    ...steps.map(phraseStep),
    ...end,
  ];
}

/** Where it is not as one would expect: the built-in parser took the model's place, or another model did. */
function phraseReading({ reading }: Execution): readonly string[] {
  const notice = reading?.notice ?? null;
  return notice === null ? [] : [notice];
}

/** Nothing where nothing was spent; what is not known is told beside what is. */
function phraseSpending({ cost, costUnknown, tokens }: Execution): readonly string[] {
  if (tokens === null) return [];
  const used = Object.entries({
    in: tokens.input,
    "read from cache": tokens.cacheRead,
    "written to cache": tokens.cacheWrite,
    out: tokens.output,
  }).filter(([, count]) => count > 0);
  const counted = used.map(([what, count]) => `${count.toLocaleString("en-US")} ${what}`);
  return [
    cost === null ? "Cost not known" : `Cost ${phraseMoney({ cost, costUnknown })}`,
    ...(counted.length === 0 ? [] : [`Tokens: ${counted.join(", ")}`]),
  ];
}

function phraseStep({ path, status, label, progress, error, warnings }: ExecutionStep): string {
  const count = progress === null ? "" : ` (${progress.done} of ${progress.total})`;
  const said = [
    ...(error === null ? [] : [error.message]),
    ...warnings.map(({ message, count: n }) => `${message}${n > 1 ? ` (${n} times)` : ""}`),
  ];
  return `  ${SIGNS[status]} ${path}. ${label}${count}${said.length === 0 ? "" : `: ${said.join("; ")}`}`;
}

/** A blocked one is looked at again, as the next start would. */
export async function tryAgain(
  terminal: Terminal,
  id: string,
  options: DeskOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const { client, base } = desk;
  const path = `${base}/executions/${encodeURIComponent(await findExecutionId(desk, id))}/try-again`;
  const done = (await client.ask({ method: "POST", path })) as { readonly executionId: string };
  terminal.out(options.json ? JSON.stringify(done) : done.executionId);
  return EXIT.done;
}

export async function followExecution(
  terminal: Terminal,
  id: string,
  options: DeskOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  return await followOne(terminal, desk, await findExecutionId(desk, id), options);
}

/** @param executionId all of it */
export async function followOne(
  terminal: Terminal,
  { place, client, workspaceId }: Desk,
  executionId: string,
  options: Pick<DeskOptions, "json">,
): Promise<number> {
  const onState = options.json ? (): void => {} : progressOn(terminal);
  const tell = options.json ? { onMessage: terminal.out } : {};
  const execution = await follow({ place, workspaceId, executionId, onState, ...tell }, client);
  return conclude(terminal, execution, options);
}
