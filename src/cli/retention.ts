import { EXIT } from "./exit-codes.ts";
import { reachFolder } from "./holder-client.ts";
import type { HolderClient } from "./http-client.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

export interface KeepingOptions {
  readonly data: string;
  readonly workspace?: string;
  readonly json: boolean;
}

interface Policy {
  readonly kind: string;
  readonly days: number | null;
  readonly archive: boolean;
  readonly isDefault: boolean;
}

interface Policies {
  readonly items: readonly Policy[];
}

export async function showRetention(terminal: Terminal, options: KeepingOptions): Promise<number> {
  await using client = await reachFolder(options.data);
  tell(terminal, await readPolicies(client, await pathOf(client, options)), options);
  return EXIT.done;
}

export async function setRetention(
  terminal: Terminal,
  kind: string,
  options: KeepingOptions & { readonly days: number | null; readonly archive: boolean },
): Promise<number> {
  await using client = await reachFolder(options.data);
  const path = await pathOf(client, options);
  const { items } = await readPolicies(client, path);
  const { days, archive } = options;
  const others = items
    .filter((policy) => policy.kind !== kind && !policy.isDefault)
    .map(({ isDefault: _default, ...policy }) => policy);
  const body = { items: [...others, { kind, days, archive }] };
  tell(terminal, (await client.ask({ method: "PUT", path, body })) as Policies, options);
  return EXIT.done;
}

interface Pruned {
  readonly kind: string;
  readonly executions: number;
  readonly archived: number;
}

export async function applyRetention(terminal: Terminal, options: KeepingOptions): Promise<number> {
  await using client = await reachFolder(options.data);
  const path = `${await pathOf(client, options)}/apply`;
  const { items } = (await client.ask({ method: "POST", path })) as {
    readonly items: readonly Pruned[];
  };
  if (options.json) terminal.out(JSON.stringify(items));
  else if (items.length === 0) terminal.out("Nothing has been kept long enough.");
  else
    for (const { kind, executions, archived } of items)
      terminal.out(`${kind}: ${executions} let go, ${archived} of them archived`);
  return EXIT.done;
}

async function pathOf(client: HolderClient, { workspace }: KeepingOptions): Promise<string> {
  return `/api/workspaces/${(await findWorkspace(client, workspace)).id}/retention`;
}

async function readPolicies(client: HolderClient, path: string): Promise<Policies> {
  return (await client.ask({ method: "GET", path })) as Policies;
}

function tell(terminal: Terminal, { items }: Policies, { json }: KeepingOptions): void {
  if (json) terminal.out(JSON.stringify(items));
  else
    for (const line of table(["KIND", "KEPT", "THEN", "CHOSEN"], items.map(rowOf)))
      terminal.out(line);
}

function rowOf({ kind, days, archive, isDefault }: Policy): readonly string[] {
  const kept = days === null ? "for ever" : `${days} days`;
  const then = days === null ? "" : archive ? "archived" : "deleted";
  return [kind, kept, then, isDefault ? "by the tier" : "here"];
}
