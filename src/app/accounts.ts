/** Who signs in. Accounts are opened last, for their links name the address on which the server answers. */
import { join } from "node:path";

import type { Logger } from "pino";

import { type Auth, openAuth } from "#auth/auth.ts";
import { readSecret } from "#auth/secret.ts";
import type { Workspaces } from "#workspace/workspaces.ts";

export interface Accounts {
  readonly auth: () => Promise<Auth>;
  readonly open: (auth: Auth) => void;
}

export function awaitAccounts(closing: AsyncDisposableStack): Accounts {
  const { promise, resolve } = Promise.withResolvers<Auth>();
  let opened: Auth | undefined;
  closing.defer(async () => opened?.close());
  return {
    auth: () => promise,
    open: (auth) => {
      opened = auth;
      resolve(auth);
    },
  };
}

export function openAccounts(folder: string, url: string | null, log: Logger): Promise<Auth> {
  return openAuth({
    path: join(folder, "auth.db"),
    secret: readSecret(folder, process.env["STINT_SECRET"]),
    baseUrl: url ?? "http://127.0.0.1:4400",
    log: (level, message) => log[level](message),
  });
}

export function namesOfKeys(
  workspaces: Workspaces,
  { auth }: Accounts,
): (ws: number) => Promise<ReadonlyMap<string, string>> {
  return async (ws) => {
    const workspace = await workspaces.byNo(ws);
    const keys = workspace === undefined ? [] : await (await auth()).keys.list(workspace.id);
    return new Map(keys.map(({ id, name }) => [id, name]));
  };
}
