import { makePassword, type User } from "#auth/users.ts";
import type { workspaceRoutes } from "#contract/routes/workspaces.ts";
import type {
  Member as ShownMember,
  Workspace as ShownWorkspace,
} from "#contract/shapes/workspaces.ts";
import { Fault } from "#domain/fault.ts";
import type { Member } from "#workspace/members.ts";
import type { Caller, Entered, Person } from "#workspace/workspaces.ts";

import type { Identity } from "../asking.ts";
import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";

type Area =
  | "listWorkspaces"
  | "createWorkspace"
  | "getWorkspace"
  | "updateWorkspace"
  | "listMembers";
type More = "addMember" | "changeMemberRole" | "removeMember" | "getUserRoles" | "setUserRoles";

export function workspaceHandlers(
  services: Services,
): HandlersOf<Pick<typeof workspaceRoutes, Area>> {
  const { workspaces, members } = services;
  return {
    listWorkspaces: async ({ identity }) => {
      const mine = await listMine(services, identity);
      return { items: mine.map(showWorkspace), nextCursor: null };
    },
    createWorkspace: async ({ identity, body }) => {
      const owner = personOf(identity.caller);
      const workspace = await workspaces.create(body, owner);
      return showWorkspace({ workspace, role: "owner" });
    },
    getWorkspace: async ({ entered }) => showWorkspace(entered),
    updateWorkspace: async ({ entered, body }) => {
      const workspace = await workspaces.change(entered, body);
      return showWorkspace({ ...entered, workspace });
    },
    listMembers: async ({ entered }) => {
      const items = await members.list(entered.workspace.no);
      return { items: items.map(showMember), nextCursor: null };
    },
  };
}

export function memberHandlers(services: Services): HandlersOf<Pick<typeof workspaceRoutes, More>> {
  const { members, userRoles } = services;
  return {
    addMember: async ({ entered, body }) => {
      members.checkMayAssign(entered, body.role);
      const { user, password } = await ensureUser(services, body);
      const member = await members.add(entered, { ...user, role: body.role });
      return { member: showMember(member), password };
    },
    changeMemberRole: async ({ entered, params, body }) =>
      showMember(await members.changeRole(entered, params.userId, body.role)),
    removeMember: ({ entered, params }) => members.remove(entered, params.userId),
    getUserRoles: async ({ entered }) => showRoles(await userRoles.list(entered.workspace.no)),
    setUserRoles: async ({ entered, body }) =>
      showRoles(await userRoles.replace(entered, body.items)),
  };
}

interface Invited {
  readonly email: string;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
}

/** Whoever has an account already keeps it and its password; somebody new gets one to be handed over. */
async function ensureUser(
  services: Services,
  { email, name, password }: Invited,
): Promise<{ readonly user: User; readonly password: string | null }> {
  const { users } = await services.auth();
  const known = await users.byEmail(email);
  if (known !== undefined) return { user: known, password: null };
  const given = password ?? makePassword();
  const [before = email] = email.split("@");
  return {
    user: await users.create({ email, name: name ?? before, password: given }),
    password: given,
  };
}

interface Named {
  readonly name: string;
  readonly memberIds: readonly string[];
}

function showRoles(roles: readonly Named[]): { items: { name: string; memberIds: string[] }[] } {
  return { items: roles.map(({ name, memberIds }) => ({ name, memberIds: [...memberIds] })) };
}

/** Whoever holds the data folder sees all that is in it. */
export async function listMine(
  { workspaces }: Services,
  { via, caller }: Identity,
): Promise<readonly Pick<Entered, "workspace" | "role">[]> {
  if (via !== "local") return workspaces.listFor(caller);
  return (await workspaces.all()).map((workspace) => ({ workspace, role: "owner" }));
}

export function showWorkspace({
  workspace,
  role,
}: Pick<Entered, "workspace" | "role">): ShownWorkspace {
  const { id, name, zone, tier } = workspace;
  return { id, name, role, zone, tier };
}

function showMember({ joinedAt, ...member }: Member): ShownMember {
  return { ...member, joinedAt: showTime(joinedAt) };
}

/** @throws Fault `forbidden` for a key: what it does belongs to one workspace, and what is its own to nobody. */
function personOf(caller: Caller): Person {
  if (caller.type === "user") return caller;
  throw new Fault(
    "forbidden",
    "An API key cannot do this: it belongs to one workspace and is nobody's account",
    {
      suggestion: "Sign in as a person",
    },
  );
}
