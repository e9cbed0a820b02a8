/** Whom a plan names: a member by role or name, an owner, the agent's creator. */
import { Fault } from "#domain/fault.ts";
import type { Member } from "#workspace/members.ts";
import type { Resolved } from "#workspace/user-roles.ts";

import type { Doing } from "./action.ts";
import type { ActionNeeds } from "./needs.ts";

/**
 * The member that `name` stands for; the agent's creator where none is named.
 * @throws Fault `user_not_found` in the words of 3.10-4
 */
export async function memberNamed(
  name: string | undefined,
  { scene, look }: Doing,
  needs: ActionNeeds,
): Promise<Resolved> {
  const { ws, agent } = scene;
  const asked = name ?? "@user.creator";
  const isVariable = asked.startsWith("@") && !asked.startsWith("@user.");
  const member = isVariable
    ? await ownerNamed(asked, look, ws, needs)
    : await needs.userRoles.resolve(ws, asked, agent.createdBy);
  if (member !== undefined) return member;
  throw new Fault("user_not_found", `Cannot assign task to user ${asked}: user not found`, {
    happened: "no",
    suggestion: `Name a member of the workspace, or give the role ${asked} to one.`,
  });
}

/** `@contact.owner` and `@deal.owner` hold a member's name. */
async function ownerNamed(
  variable: string,
  look: Doing["look"],
  ws: number,
  { members }: ActionNeeds,
): Promise<Resolved | undefined> {
  const looked = look(variable.slice(1));
  if (!looked.known || looked.value === null) return undefined;
  const isThem = ({ userId, name }: Member): boolean =>
    userId === looked.value || name === looked.value;
  const member = (await members.list(ws)).find(isThem);
  return member === undefined ? undefined : { member, writes: [] };
}
