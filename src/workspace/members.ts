import type { Selectable } from "kysely";

import { mayAssign, type Role } from "#contract/rights.ts";
import { Fault } from "#domain/fault.ts";
import type { UserId } from "#domain/id.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { MemberTable } from "#store/tables/workspace.ts";

import { decideAgain } from "./decide-again.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

export interface Member {
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly joinedAt: number;
}

export interface NewMember {
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export interface Members {
  /** In the order in which they joined. */
  readonly list: (ws: number) => Promise<readonly Member[]>;
  readonly find: (ws: number, userId: UserId) => Promise<Member | undefined>;
  readonly byEmail: (ws: number, email: string) => Promise<Member | undefined>;
  /** Refuses a role that the caller may not give, before anybody is created for it. */
  readonly checkMayAssign: (entered: Entered, role: Role) => void;
  readonly add: (entered: Entered, member: NewMember) => Promise<Member>;
  readonly changeRole: (entered: Entered, userId: UserId, role: Role) => Promise<Member>;
  readonly remove: (entered: Entered, userId: UserId) => Promise<void>;
}

function toMember(row: Selectable<MemberTable>): Member {
  const { name, email } = row;
  return { userId: row.user_id, name, email, role: row.role as Role, joinedAt: row.joined_at };
}

function checkMayAssign({ role: own }: Entered, role: Role): void {
  if (mayAssign(own, role)) return;
  throw new Fault("forbidden", `With the role ${own} you may not give or take the role ${role}`, {
    suggestion: "Ask an Owner of the workspace",
  });
}

async function list({ db }: Store, ws: number): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom("member")
    .selectAll()
    .where("ws", "=", ws)
    .orderBy("joined_at")
    .orderBy("user_id")
    .execute();
  return rows.map(toMember);
}

async function find(store: Store, ws: number, userId: UserId): Promise<Member | undefined> {
  return (await list(store, ws)).find((member) => member.userId === userId);
}

async function existing(store: Store, ws: number, userId: UserId): Promise<Member> {
  const member = await find(store, ws, userId);
  if (member !== undefined) return member;
  throw new Fault("not_found", "There is no such member in this workspace");
}

const otherOwners = ({ db }: Store, ws: number, userId: UserId) =>
  db
    .selectFrom("member as other")
    .select("other.user_id")
    .where("other.ws", "=", ws)
    .where("other.role", "=", "owner")
    .where("other.user_id", "!=", userId);

async function checkOwnerStays(store: Store, ws: number, member: Member): Promise<void> {
  if (member.role !== "owner") return;
  const others = await otherOwners(store, ws, member.userId).execute();
  if (others.length > 0) return;
  throw new Fault("conflict", "A workspace keeps at least one owner", {
    suggestion: "Make somebody else an owner first",
  });
}

async function add(
  { store, clock, audit }: Parts,
  entered: Entered,
  member: NewMember,
): Promise<Member> {
  const { userId, name, email, role } = member;
  checkMayAssign(entered, role);
  const ws = entered.workspace.no;
  if ((await find(store, ws, userId)) !== undefined) {
    throw new Fault("conflict", `${email} is a member of this workspace already`);
  }
  const joinedAt = clock.now();
  const row = { ws, user_id: userId, name, email, role, joined_at: joinedAt };
  await store.write([
    compiled(store.db.insertInto("member").values(row)),
    audit.recording(ws, {
      by: entered.actor,
      action: "member.added",
      target: { type: "member", id: userId, name },
      changes: { role: [null, role] },
    }),
  ]);
  return { userId, name, email, role, joinedAt };
}

/** The statement itself asks for another owner, so two owners cannot demote each other at the same moment. */
function giveRole(store: Store, ws: number, { userId, role: before }: Member, role: Role): Write {
  const update = store.db
    .updateTable("member")
    .set({ role })
    .where("ws", "=", ws)
    .where("user_id", "=", userId)
    .where("role", "=", before);
  if (before !== "owner" || role === "owner") return compiled(update, 1);
  return compiled(
    update.where((eb) => eb.exists(otherOwners(store, ws, userId))),
    1,
  );
}

async function changeRole(
  { store, audit }: Parts,
  entered: Entered,
  userId: UserId,
  role: Role,
): Promise<Member> {
  const ws = entered.workspace.no;
  const member = await existing(store, ws, userId);
  checkMayAssign(entered, role);
  checkMayAssign(entered, member.role);
  if (role !== "owner") await checkOwnerStays(store, ws, member);
  await store.write([
    giveRole(store, ws, member, role),
    audit.recording(ws, {
      by: entered.actor,
      action: "member.roleChanged",
      target: { type: "member", id: userId, name: member.name },
      changes: { role: [member.role, role] },
    }),
  ]);
  return { ...member, role };
}

function takeAway(store: Store, ws: number, { userId, role }: Member): Write {
  const removal = store.db
    .deleteFrom("member")
    .where("ws", "=", ws)
    .where("user_id", "=", userId)
    .where("role", "=", role);
  if (role !== "owner") return compiled(removal, 1);
  return compiled(
    removal.where((eb) => eb.exists(otherOwners(store, ws, userId))),
    1,
  );
}

async function remove({ store, audit }: Parts, entered: Entered, userId: UserId): Promise<void> {
  const ws = entered.workspace.no;
  const member = await existing(store, ws, userId);
  checkMayAssign(entered, member.role);
  await checkOwnerStays(store, ws, member);
  await store.write([
    takeAway(store, ws, member),
    audit.recording(ws, {
      by: entered.actor,
      action: "member.removed",
      target: { type: "member", id: userId, name: member.name },
      changes: { role: [member.role, null] },
    }),
  ]);
}

/** Who belongs to a workspace, with what role. An Owner gives and takes any; an Admin, Members and Viewers. */
export function members(parts: Parts): Members {
  const { store } = parts;
  return {
    list: (ws) => list(store, ws),
    find: (ws, userId) => find(store, ws, userId),
    byEmail: async (ws, email) =>
      (await list(store, ws)).find((member) => member.email.toLowerCase() === email.toLowerCase()),
    checkMayAssign,
    add: (entered, member) => add(parts, entered, member),
    changeRole: (entered, userId, role) =>
      decideAgain(() => changeRole(parts, entered, userId, role)),
    remove: (entered, userId) => decideAgain(() => remove(parts, entered, userId)),
  };
}
