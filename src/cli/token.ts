import { EXIT } from "./exit-codes.ts";
import { reachFolder } from "./holder-client.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace } from "./workspace.ts";

export interface TokenOptions {
  readonly data: string;
  readonly role: string;
  readonly workspace?: string;
  readonly name: string;
}

/** Prints the key and nothing else, for scripts that read it. */
export async function createToken(
  terminal: Terminal,
  { data, role, name, ...options }: TokenOptions,
): Promise<number> {
  await using client = await reachFolder(data);
  const workspace = await findWorkspace(client, options.workspace);
  const made = await client.ask({
    method: "POST",
    path: `/api/workspaces/${workspace.id}/keys`,
    body: { name, role },
  });
  terminal.out((made as { readonly key: string }).key);
  return EXIT.done;
}
