import type { Tier, Workspaces } from "#workspace/workspaces.ts";

import type { Auth } from "./auth.ts";

export interface FirstOwnerNeeds {
  readonly auth: Auth;
  readonly workspaces: Workspaces;
  /** `STINT_OWNER_EMAIL` and `STINT_OWNER_PASSWORD`; each may be missing. */
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly workspace: { readonly name: string; readonly zone: string; readonly tier: Tier };
}

export interface FirstOwner {
  readonly email: string;
  /** For the terminal, as long as the owner has no password; null once there is one. */
  readonly link: string | null;
}

/** Nobody's mailbox: whoever starts Stint without naming an address signs in as this, by the link. */
const NOBODYS_ADDRESS = "owner@stint.example";

/**
 * Sees to it that somebody can sign in and has a workspace. It may die anywhere in between and is simply done again at
 * the next start. What the environment says counts at the first start alone.
 */
export async function ensureFirstOwner(needs: FirstOwnerNeeds): Promise<FirstOwner> {
  const { auth, workspaces, workspace } = needs;
  const owner = (await auth.users.first()) ?? (await createOwner(needs));
  if ((await workspaces.all()).length === 0) await workspaces.create(workspace, owner);
  const isDone = await auth.users.hasPassword(owner.userId);
  return { email: owner.email, link: isDone ? null : await auth.signInLink(owner.email) };
}

function createOwner({
  auth,
  email,
  password,
}: FirstOwnerNeeds): ReturnType<Auth["users"]["create"]> {
  const address = given(email) ?? NOBODYS_ADDRESS;
  return auth.users.create({
    email: address,
    name: address.split("@")[0] ?? address,
    password: given(password),
  });
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}
