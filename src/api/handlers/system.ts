import type { z } from "zod";

import { openApi } from "#contract/openapi.ts";
import type { systemRoutes } from "#contract/routes/system.ts";
import type { systemSchema } from "#contract/shapes/system.ts";
import { Fault } from "#domain/fault.ts";
import type { SystemState } from "#upkeep/system.ts";

import type { Identity } from "../asking.ts";
import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";
import { listMine, showWorkspace } from "./workspaces.ts";

export function systemHandlers(services: Services): HandlersOf<typeof systemRoutes> {
  let document: Record<string, unknown> | undefined;
  return {
    getHealth: async () => {
      const attention = [...(await services.system.attention())];
      return attention.length === 0 ? { status: "ok" } : { status: "ok", attention };
    },
    getSystem: async ({ identity }) => {
      await demandOperator(services, identity);
      return showSystem(await services.system.look());
    },
    releaseHeld: async ({ identity }) => {
      await demandOperator(services, identity);
      return services.system.release();
    },
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

/** Whoever may open the data folder's socket, and who is an Owner wherever it would be felt. @throws Fault `forbidden` */
async function demandOperator(services: Services, identity: Identity): Promise<void> {
  const all = await services.workspaces.all();
  const mine = await listMine(services, identity);
  if (mine.filter(({ role }) => role === "owner").length === all.length) return;
  throw new Fault("forbidden", "Only an Owner of every workspace here may do this", {
    suggestion: "Ask an Owner, or use `stint` on the machine itself",
  });
}

function showSystem({ hold, ...state }: SystemState): z.input<typeof systemSchema> {
  if (hold === undefined) return { ...state, held: null };
  const { executions, at, backupAt } = hold;
  return { ...state, held: { executions, since: showTime(at), backupAt: showTime(backupAt) } };
}
