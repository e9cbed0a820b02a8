/** Who asks, and what they may do: from the request to a member of a workspace, or a refusal that says why. */
import { leastRole, mayDo, type Right, type Role, type WorkspaceRight } from "#contract/rights.ts";
import { Fault } from "#domain/fault.ts";
import type { UserId, WorkspaceId } from "#domain/id.ts";

/**
 * `session`: a person in a browser. `key`: an API key, which belongs to one workspace and has a role there. `local`:
 * whoever may open the data folder's socket; such a person could read the files themselves, so they are an owner.
 */
export type Identity =
  | {
      readonly type: "session";
      readonly userId: UserId;
      readonly name: string;
      readonly email: string;
    }
  | {
      readonly type: "key";
      readonly keyId: string;
      readonly name: string;
      readonly userId: UserId;
      readonly workspaceId: WorkspaceId;
      readonly role: Role;
    }
  | { readonly type: "local"; readonly userId: UserId; readonly name: string };

export interface Membership {
  readonly workspaceId: WorkspaceId;
  /** The workspace's number inside the store. */
  readonly ws: number;
  readonly role: Role;
}

/** What the gate asks of those who keep users and workspaces. */
export interface Registry {
  /** Undefined for nobody. @throws Fault `not_signed_in` for a key that is not valid. */
  readonly identify: (headers: Headers, isLocal: boolean) => Promise<Identity | undefined>;
  /** Undefined where there is no such workspace, or none for them: the two look the same. */
  readonly membershipOf: (
    identity: Identity,
    workspaceId: WorkspaceId,
  ) => Promise<Membership | undefined>;
}

/** What a handler knows of who asks. */
export interface Asking {
  readonly identity: Identity;
  readonly membership: Membership;
}

export function demandIdentity(identity: Identity | undefined): Identity {
  if (identity !== undefined) return identity;
  throw new Fault("not_signed_in", "Nobody is signed in", {
    suggestion:
      "Sign in on the page, or send an API key as Authorization: Bearer … (stint token create makes one)",
  });
}

export async function demandMembership(
  registry: Registry,
  identity: Identity,
  workspaceId: WorkspaceId,
  right: WorkspaceRight,
): Promise<Membership> {
  const membership = await registry.membershipOf(identity, workspaceId);
  if (membership === undefined) {
    const suggestion = "GET /api/workspaces lists those that you may see";
    throw new Fault("not_found", `There is no workspace ${workspaceId}`, { suggestion });
  }
  if (!mayDo(membership.role, right)) throw refuseRole(membership.role, right);
  return membership;
}

function refuseRole(role: Role, right: WorkspaceRight): Fault {
  return new Fault("forbidden", `A ${role} may not do this: it needs the right ${right}`, {
    suggestion: `Ask somebody who is ${withArticle(leastRole(right))} of this workspace`,
    facts: { right, role, leastRole: leastRole(right) },
  });
}

function withArticle(role: Role): string {
  return /^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`;
}

export function isWorkspaceRight(right: Right): right is WorkspaceRight {
  return right !== "public" && right !== "signedIn";
}
