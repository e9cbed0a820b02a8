import type { Selectable } from "kysely";

import { isAtLeast, leastRole, mayDo, type Role, type WorkspaceRight } from "#contract/rights.ts";
import type { Actor } from "#contract/shapes/common.ts";
import type { TIERS } from "#contract/shapes/workspaces.ts";
import { Fault } from "#domain/fault.ts";
import { type UserId, type WorkspaceId, workspaceIds } from "#domain/id.ts";
import { compiled, type Store, type Write } from "#store/store.ts";
import type { WorkspaceTable } from "#store/tables/workspace.ts";

import { changedFields } from "./audit.ts";
import type { Parts } from "./parts.ts";

export type Tier = (typeof TIERS)[number];

export interface Workspace {
  /** What executions name it by, inside. */
  readonly no: number;
  readonly id: WorkspaceId;
  readonly name: string;
  readonly zone: string;
  readonly tier: Tier;
  readonly createdAt: number;
}

/** Somebody with an account of their own. */
export interface Person {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
}

/** Whoever asks: a person who signed in, or an API key, which belongs to one workspace and has one role in it. */
export type Caller =
  | ({ readonly type: "user" } & Person)
  | {
      readonly type: "key";
      readonly keyId: string;
      readonly name: string;
      readonly workspaceId: WorkspaceId;
      readonly role: Role;
    };

/** A workspace as seen by somebody who may be there. */
export interface Entered {
  readonly workspace: Workspace;
  readonly role: Role;
  /** The caller as history names it. */
  readonly actor: Actor;
}

export interface NewWorkspace {
  readonly name: string;
  readonly zone: string;
  readonly tier: Tier;
}

export type WorkspaceChange = {
  readonly [Field in keyof NewWorkspace]?: NewWorkspace[Field] | undefined;
};

export interface Workspaces {
  /** Creates it with its owner. */
  readonly create: (workspace: NewWorkspace, owner: Person) => Promise<Workspace>;
  /** @throws Fault `not_found` where the caller has no business, `forbidden` where their role is too small. */
  readonly enter: (caller: Caller, id: string, right: WorkspaceRight) => Promise<Entered>;
  /** The caller's own, oldest first, with their role in each. */
  readonly listFor: (caller: Caller) => Promise<readonly Entered[]>;
  readonly change: (entered: Entered, change: WorkspaceChange) => Promise<Workspace>;
  /** All of them, for the program itself: never for a caller. */
  readonly all: () => Promise<readonly Workspace[]>;
  readonly byNo: (no: number) => Promise<Workspace | undefined>;
}

export function actorOf(caller: Caller): Actor {
  const id = caller.type === "user" ? caller.userId : caller.keyId;
  return { type: caller.type, id, name: caller.name };
}

function toWorkspace(row: Selectable<WorkspaceTable>): Workspace {
  const { no, name, zone } = row;
  return {
    no,
    id: row.id as WorkspaceId,
    name,
    zone,
    tier: row.tier as Tier,
    createdAt: row.created_at,
  };
}

function refuse(role: Role, right: WorkspaceRight): Fault {
  const needed = leastRole(right);
  return new Fault("forbidden", `Your role here is ${role}; this needs ${needed} or above`, {
    suggestion: isAtLeast("admin", needed)
      ? "Ask an Owner or Admin of the workspace"
      : "Ask an Owner",
    facts: { right },
  });
}

async function find({ db }: Store, id: string): Promise<Workspace | undefined> {
  const row = await db.selectFrom("workspace").selectAll().where("id", "=", id).executeTakeFirst();
  return row && toWorkspace(row);
}

const unknown = (): Fault =>
  new Fault("not_found", "There is no such workspace, or you are not a member of it");

async function existing(store: Store, id: string): Promise<Workspace> {
  const workspace = await find(store, id);
  if (workspace === undefined) throw unknown();
  return workspace;
}

async function roleOf(
  { db }: Store,
  caller: Caller,
  workspace: Workspace,
): Promise<Role | undefined> {
  if (caller.type === "key") return caller.workspaceId === workspace.id ? caller.role : undefined;
  const row = await db
    .selectFrom("member")
    .select("role")
    .where("ws", "=", workspace.no)
    .where("user_id", "=", caller.userId)
    .executeTakeFirst();
  return row?.role as Role | undefined;
}

async function enter(
  store: Store,
  caller: Caller,
  id: string,
  right: WorkspaceRight,
): Promise<Entered> {
  const workspace = await find(store, id);
  const role = workspace && (await roleOf(store, caller, workspace));
  if (workspace === undefined || role === undefined) throw unknown();
  if (!mayDo(role, right)) throw refuse(role, right);
  return { workspace, role, actor: actorOf(caller) };
}

async function listFor(store: Store, caller: Caller): Promise<readonly Entered[]> {
  const actor = actorOf(caller);
  if (caller.type === "key") {
    const workspace = await find(store, caller.workspaceId);
    return workspace === undefined ? [] : [{ workspace, role: caller.role, actor }];
  }
  const mine = await store.db
    .selectFrom("workspace")
    .innerJoin("member", "member.ws", "workspace.no")
    .selectAll("workspace")
    .select("member.role")
    .where("member.user_id", "=", caller.userId)
    .orderBy("workspace.no")
    .execute();
  return mine.map((row) => ({ workspace: toWorkspace(row), role: row.role as Role, actor }));
}

/** The owner's row, made where the workspace's `no` is known: inside the same transaction. */
function addOwner({ db }: Store, id: WorkspaceId, owner: Person, at: number): Write {
  const member = db
    .selectFrom("workspace")
    .select((eb) => [
      "no",
      eb.val(owner.userId).as("user_id"),
      eb.val(owner.name).as("name"),
      eb.val(owner.email).as("email"),
      eb.val("owner").as("role"),
      eb.val(at).as("joined_at"),
    ])
    .where("id", "=", id);
  const columns = ["ws", "user_id", "name", "email", "role", "joined_at"] as const;
  return compiled(db.insertInto("member").columns(columns).expression(member), 1);
}

async function create(
  { store, clock, audit }: Parts,
  given: NewWorkspace,
  owner: Person,
): Promise<Workspace> {
  const id = workspaceIds.create();
  const at = clock.now();
  const { name, zone, tier } = given;
  const insert = store.db.insertInto("workspace").values({ id, name, zone, tier, created_at: at });
  await store.write([compiled(insert), addOwner(store, id, owner, at)]);
  const workspace = await existing(store, id);
  await audit.record(workspace.no, {
    by: { type: "user", id: owner.userId, name: owner.name },
    action: "workspace.created",
    target: { type: "workspace", id, name },
    changes: {},
  });
  return workspace;
}

async function change(
  { store, audit }: Parts,
  { workspace, actor }: Entered,
  to: WorkspaceChange,
): Promise<Workspace> {
  const { no, id } = workspace;
  const { name = workspace.name, zone = workspace.zone, tier = workspace.tier } = to;
  const after = { name, zone, tier };
  await store.write([
    compiled(store.db.updateTable("workspace").set(after).where("no", "=", no), 1),
    audit.recording(no, {
      by: actor,
      action: "workspace.changed",
      target: { type: "workspace", id, name },
      changes: changedFields(workspace, after),
    }),
  ]);
  return { ...workspace, ...after };
}

/** Every workspace and who may be there; the only door through which a caller gets into one. */
export function workspaces(parts: Parts): Workspaces {
  const { store } = parts;
  const rows = store.db.selectFrom("workspace").selectAll();
  return {
    create: (workspace, owner) => create(parts, workspace, owner),
    enter: (caller, id, right) => enter(store, caller, id, right),
    listFor: (caller) => listFor(store, caller),
    change: (entered, to) => change(parts, entered, to),
    all: async () => (await rows.orderBy("no").execute()).map(toWorkspace),
    byNo: async (no) => {
      const row = await rows.where("no", "=", no).executeTakeFirst();
      return row && toWorkspace(row);
    },
  };
}
