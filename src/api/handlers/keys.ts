import type { ApiKey } from "#auth/keys.ts";
import { isAtLeast } from "#contract/rights.ts";
import type { workspaceRoutes } from "#contract/routes/workspaces.ts";
import type { ApiKey as ShownKey } from "#contract/shapes/workspaces.ts";
import { Fault } from "#domain/fault.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime, showTimeOr } from "../times.ts";

type Area = "listApiKeys" | "createApiKey" | "revokeApiKey";

export function keyHandlers(services: Services): HandlersOf<Pick<typeof workspaceRoutes, Area>> {
  const { audit } = services;
  const keysOf = async () => (await services.auth()).keys;
  return {
    listApiKeys: async ({ entered }) => {
      const keys = await (await keysOf()).list(entered.workspace.id);
      return { items: keys.map(showKey), nextCursor: null };
    },
    createApiKey: async ({ entered, body }) => {
      const { workspace, actor, role } = entered;
      if (!isAtLeast(role, body.role)) {
        throw new Fault(
          "forbidden",
          `With the role ${role} you cannot make a key with the role ${body.role}`,
          {
            suggestion: "Choose a role up to your own, or ask an Owner",
          },
        );
      }
      const made = await (await keysOf()).create({ ...body, workspaceId: workspace.id });
      const target = { type: "key", id: made.id, name: made.name } as const;
      const changes = { role: [null, made.role] };
      await audit.record(workspace.no, { by: actor, action: "key.created", target, changes });
      return { ...showKey(made), key: made.key };
    },
    revokeApiKey: async ({ entered, params }) => {
      const { workspace, actor } = entered;
      await (await keysOf()).revoke(workspace.id, params.keyId);
      const target = { type: "key", id: params.keyId, name: null } as const;
      await audit.record(workspace.no, { by: actor, action: "key.revoked", target, changes: {} });
    },
  };
}

function showKey({ id, name, start, role, createdAt, expiresAt, lastUsedAt }: ApiKey): ShownKey {
  return {
    id,
    name,
    start,
    role,
    createdAt: showTime(createdAt),
    expiresAt: showTimeOr(expiresAt),
    lastUsedAt: showTimeOr(lastUsedAt),
  };
}
