import type { Selectable } from "kysely";

import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { notificationIds, type UserId } from "#domain/id.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { NotificationTable } from "#store/tables/workspace.ts";

import { keyAfter, type Page, pageOf, type PageQuery } from "./page.ts";

export interface NewNotification {
  /** What it is about: `execution_failed`, `agent_paused`, `task_assigned`, `notify`. */
  readonly kind: string;
  readonly title: string;
  readonly message: string;
  readonly agentId?: string | null;
  readonly executionId?: string | null;
  readonly contactId?: string | null;
}

export interface Notification extends Required<NewNotification> {
  readonly id: string;
  readonly userId: UserId;
  readonly createdAt: number;
  readonly readAt: number | null;
}

export interface Notified {
  readonly ws: number;
  readonly notification: Notification;
}

export interface Drafted {
  readonly writes: readonly Write[];
  /** Tells the live feed; to be called when the writes are on disk. */
  readonly announce: () => void;
}

export interface NotificationQuery extends PageQuery {
  readonly unread?: boolean | undefined;
}

export interface Notifications {
  /** The same notification for several people, as writes for somebody else's transaction. */
  readonly draft: (ws: number, to: readonly UserId[], notification: NewNotification) => Drafted;
  readonly send: (
    ws: number,
    to: readonly UserId[],
    notification: NewNotification,
  ) => Promise<void>;
  /** One's own, newest first, with the number of those unread. */
  readonly list: (
    ws: number,
    userId: UserId,
    query: NotificationQuery,
  ) => Promise<Page<Notification> & { readonly unread: number }>;
  /** @throws Fault `not_found` for somebody else's. */
  readonly read: (ws: number, userId: UserId, id: string) => Promise<void>;
  readonly readAll: (ws: number, userId: UserId) => Promise<void>;
  /** Calls `then` for each one that is announced from now on; the returned function ends that. */
  readonly follow: (then: (notified: Notified) => void) => () => void;
}

function toNotification(row: Selectable<NotificationTable>): Notification {
  const { id, kind, title, message } = row;
  return {
    id,
    userId: row.user_id,
    kind,
    title,
    message,
    agentId: row.agent_id,
    executionId: row.execution_id,
    contactId: row.contact_id,
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}

function toRow(
  ws: number,
  userId: UserId,
  at: number,
  given: NewNotification,
): Selectable<NotificationTable> {
  const { kind, title, message, agentId = null, executionId = null, contactId = null } = given;
  return {
    ws,
    user_id: userId,
    id: notificationIds.create(),
    kind,
    title,
    message,
    agent_id: agentId,
    execution_id: executionId,
    contact_id: contactId,
    created_at: at,
    read_at: null,
  };
}

async function countUnread({ db }: Store, ws: number, userId: UserId): Promise<number> {
  const { n } = await db
    .selectFrom("notification")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("ws", "=", ws)
    .where("user_id", "=", userId)
    .where("read_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

async function list(
  store: Store,
  ws: number,
  userId: UserId,
  { cursor, limit, unread }: NotificationQuery,
): Promise<Page<Notification> & { readonly unread: number }> {
  let query = store.db
    .selectFrom("notification")
    .selectAll()
    .where("ws", "=", ws)
    .where("user_id", "=", userId);
  if (cursor !== undefined) query = query.where("id", "<", keyAfter(cursor));
  if (unread !== undefined) query = query.where("read_at", unread ? "is" : "is not", null);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => row.id, toNotification);
  return { ...page, unread: await countUnread(store, ws, userId) };
}

async function read(
  store: Store,
  at: number,
  ws: number,
  userId: UserId,
  id: string,
): Promise<void> {
  const { db } = store;
  const row = await db
    .selectFrom("notification")
    .select("read_at")
    .where("ws", "=", ws)
    .where("user_id", "=", userId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new Fault("not_found", "There is no such notification of yours");
  if (row.read_at !== null) return;
  await store.write([
    compiled(
      db
        .updateTable("notification")
        .set({ read_at: at })
        .where("ws", "=", ws)
        .where("user_id", "=", userId)
        .where("id", "=", id),
    ),
  ]);
}

function readAll(store: Store, at: number, ws: number, userId: UserId): Promise<void> {
  const all = store.db
    .updateTable("notification")
    .set({ read_at: at })
    .where("ws", "=", ws)
    .where("user_id", "=", userId)
    .where("read_at", "is", null);
  return store.write([compiled(all)]);
}

/** What people are told in the program itself. */
export function notifications(store: Store, clock: Clock): Notifications {
  const { db } = store;
  const followers = new Set<(notified: Notified) => void>();

  function draft(ws: number, to: readonly UserId[], given: NewNotification): Drafted {
    const rows = [...new Set(to)].map((userId) => toRow(ws, userId, clock.now(), given));
    return {
      writes: rows.map((row) => compiled(db.insertInto("notification").values(row))),
      announce: () => {
        const drafted = rows.map((row) => ({ ws, notification: toNotification(row) }));
        for (const notified of drafted) for (const tell of followers) tell(notified);
      },
    };
  }

  return {
    draft,
    send: async (ws, to, given) => {
      const { writes, announce } = draft(ws, to, given);
      if (writes.length === 0) return;
      await store.write(writes);
      announce();
    },
    list: (ws, userId, query) => list(store, ws, userId, query),
    read: (ws, userId, id) => read(store, clock.now(), ws, userId, id),
    readAll: (ws, userId) => readAll(store, clock.now(), ws, userId),
    follow: (then) => {
      followers.add(then);
      return () => {
        followers.delete(then);
      };
    },
  };
}
