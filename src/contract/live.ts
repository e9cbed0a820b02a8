/**
 * Live messages as data: Socket.io and server-sent events carry the same. Socket.io: the event's name is `type`, its
 * argument the whole message. SSE: `event` is the type, `id` the cursor, `data` the message as JSON.
 *
 * `execution.facts` is lossless: whoever comes back with the last cursor it saw gets everything since, nothing twice.
 * `execution.changed` is coalesced: only the latest state of each execution counts. `reset` says that the cursor is
 * older than what is kept (or of another ledger): read again, and go on from the cursor it carries.
 */
import { z } from "zod";

import { executionIdSchema } from "./shapes/common.ts";
import { executionItemSchema, factSchema } from "./shapes/executions.ts";
import { notificationSchema } from "./shapes/workspaces.ts";

/** `ledgerId.position`. */
const cursorSchema = z.string().regex(/^[\w-]+\.\d+$/, "is not a cursor");

const cursor = cursorSchema;

export const liveMessageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("execution.changed"), cursor, execution: executionItemSchema }),
  z.object({
    type: z.literal("execution.facts"),
    cursor,
    executionId: executionIdSchema,
    facts: z.array(factSchema),
  }),
  z.object({ type: z.literal("notification.created"), cursor, notification: notificationSchema }),
  z.object({ type: z.literal("reset"), cursor }),
]);
export type LiveMessage = z.output<typeof liveMessageSchema>;
export type LiveType = LiveMessage["type"];
export const LIVE_TYPES = [
  "execution.changed",
  "execution.facts",
  "notification.created",
  "reset",
] as const satisfies readonly LiveType[];

/**
 * What a Socket.io client asks for, with `socket.emit("follow", …)`: the workspace's messages, or one execution's facts
 * as well; from `cursor` on where it has one. `socket.emit("unfollow", …)` takes the same.
 */
export const followSchema = z.strictObject({
  workspaceId: z.string(),
  executionId: executionIdSchema.optional(),
  cursor: cursorSchema.optional(),
});
export type Follow = z.output<typeof followSchema>;

export interface Cursor {
  readonly ledgerId: string;
  readonly position: number;
}

export function writeCursor({ ledgerId, position }: Cursor): string {
  return `${ledgerId}.${position}`;
}

/** Undefined for what is not a cursor. */
export function readCursor(text: string): Cursor | undefined {
  if (!cursorSchema.safeParse(text).success) return undefined;
  const dot = text.lastIndexOf(".");
  return { ledgerId: text.slice(0, dot), position: Number(text.slice(dot + 1)) };
}
