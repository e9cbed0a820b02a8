import type { Notification as Shown } from "#contract/shapes/workspaces.ts";
import type { Notification } from "#workspace/notifications.ts";

import { showTime, showTimeOr } from "./times.ts";

export function showNotification({
  userId: _userId,
  createdAt,
  readAt,
  ...told
}: Notification): Shown {
  return { ...told, createdAt: showTime(createdAt), readAt: showTimeOr(readAt) };
}
