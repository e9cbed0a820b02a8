import type { workspaceRoutes } from "#contract/routes/workspaces.ts";
import type { UserId } from "#domain/id.ts";
import type { Caller } from "#workspace/workspaces.ts";

import type { HandlersOf } from "../handler.ts";
import { showNotification } from "../notices.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";

type Area = "listNotifications" | "readNotification" | "readAllNotifications" | "listAudit";

export function noticeHandlers(services: Services): HandlersOf<Pick<typeof workspaceRoutes, Area>> {
  const { notifications, audit } = services;
  return {
    listNotifications: async ({ identity, entered, query }) => {
      const asked = {
        ...query,
        unread: query.unread === undefined ? undefined : query.unread === "true",
      };
      const page = await notifications.list(entered.workspace.no, ownerOf(identity.caller), asked);
      return { ...page, items: page.items.map(showNotification) };
    },
    readNotification: ({ identity, entered, params }) =>
      notifications.read(entered.workspace.no, ownerOf(identity.caller), params.notificationId),
    readAllNotifications: ({ identity, entered }) =>
      notifications.readAll(entered.workspace.no, ownerOf(identity.caller)),
    listAudit: async ({ entered, query }) => {
      const { items, nextCursor } = await audit.list(entered.workspace.no, query);
      return { items: items.map((entry) => ({ ...entry, at: showTime(entry.at) })), nextCursor };
    },
  };
}

/** Nobody notifies a key, so its own list is always empty. */
function ownerOf(caller: Caller): UserId {
  return caller.type === "user" ? caller.userId : caller.keyId;
}
