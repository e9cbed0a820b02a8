import type {
  ArchivedExecution,
  ArchivedItem,
  ArchiveVerified,
} from "#contract/shapes/retention.ts";

import { phraseExecution } from "./executions.ts";
import { EXIT } from "./exit-codes.ts";
import { reachFolder } from "./holder-client.ts";
import type { HolderClient } from "./http-client.ts";
import type { KeepingOptions } from "./retention.ts";
import { table } from "./table.ts";
import { phraseTime } from "./telling/phrases.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace, readAll } from "./workspace.ts";

export interface ArchiveListOptions extends KeepingOptions {
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
  readonly limit: number;
}

const MOST_A_PAGE = 200;

export async function listArchive(
  terminal: Terminal,
  options: ArchiveListOptions,
): Promise<number> {
  await using client = await reachFolder(options.data);
  const { from, to, search, limit } = options;
  const query = new URLSearchParams({ limit: String(Math.min(limit, MOST_A_PAGE)) });
  for (const [name, value] of Object.entries({ from, to, search }))
    if (value !== undefined) query.set(name, value);
  const items: ArchivedItem[] = [];
  const path = `${await pathOf(client, options)}?${query.toString()}`;
  for await (const item of readAll<ArchivedItem>(client, path)) {
    items.push(item);
    if (items.length >= limit) break;
  }
  if (options.json) for (const item of items) terminal.out(JSON.stringify(item));
  else
    for (const line of table(["ID", "STATUS", "AGENT", "ENDED", "FACTS"], items.map(rowOf)))
      terminal.out(line);
  return EXIT.done;
}

function rowOf({ id, status, agent, label, completedAt, facts }: ArchivedItem): readonly string[] {
  return [id, status, agent?.name ?? label ?? "", phraseTime(completedAt), String(facts)];
}

export async function showArchived(
  terminal: Terminal,
  id: string,
  options: KeepingOptions,
): Promise<number> {
  await using client = await reachFolder(options.data);
  const path = `${await pathOf(client, options)}/${encodeURIComponent(id)}`;
  const execution = (await client.ask({ method: "GET", path })) as ArchivedExecution;
  if (options.json) terminal.out(JSON.stringify(execution));
  else for (const line of phraseExecution(execution)) terminal.out(line);
  return EXIT.done;
}

export async function verifyArchive(terminal: Terminal, options: KeepingOptions): Promise<number> {
  await using client = await reachFolder(options.data);
  const path = `${await pathOf(client, options)}/verify`;
  const verified = (await client.ask({ method: "POST", path })) as ArchiveVerified;
  if (options.json) terminal.out(JSON.stringify(verified));
  else for (const line of phraseVerified(verified)) terminal.out(line);
  return verified.damaged.length === 0 ? EXIT.done : EXIT.failed;
}

function phraseVerified({ files, executions, damaged }: ArchiveVerified): readonly string[] {
  if (damaged.length === 0)
    return [`${files} files hold all ${executions} executions that were removed.`];
  return damaged.flatMap(({ file, why, executionIds }) => [
    `${file}: ${why}`,
    ...executionIds.map((id) => `  ${id} cannot be read`),
  ]);
}

async function pathOf(client: HolderClient, { workspace }: KeepingOptions): Promise<string> {
  return `/api/workspaces/${(await findWorkspace(client, workspace)).id}/archive`;
}
