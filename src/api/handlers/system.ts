import { openApi } from "#contract/openapi.ts";
import type { systemRoutes } from "#contract/routes/system.ts";
import { Fault } from "#domain/fault.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { listMine, showWorkspace } from "./workspaces.ts";

export function systemHandlers(services: Services): HandlersOf<typeof systemRoutes> {
  let document: Record<string, unknown> | undefined;
  return {
    getHealth: async () => ({ status: "ok" }),
    getOpenApi: async () => (document ??= openApi(services.version)),
    getMe: async ({ identity }) => {
      const workspaces = (await listMine(services, identity)).map(showWorkspace);
      const { caller } = identity;
      if (caller.type === "key") {
        const { keyId: id, name, workspaceId, role } = caller;
        return { user: null, key: { id, name, workspaceId, role }, workspaces };
      }
      const { userId: id, email, name } = caller;
      const hasPassword = await (await services.auth()).users.hasPassword(id);
      return { user: { id, email, name, hasPassword }, key: null, workspaces };
    },
    setMyPassword: async ({ identity, headers, body }) => {
      if (identity.via !== "session") {
        throw new Fault("forbidden", "Only a person who signed in has a password", {
          suggestion: "Sign in on the page first",
        });
      }
      await (await services.auth()).users.setPassword(headers, body);
    },
  };
}
