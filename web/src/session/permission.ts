/** What the reader may do here, and why not. The server decides; the page only says it beforehand. */
import { leastRole, mayDo, type Role, type WorkspaceRight } from "#contract/rights.ts";

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: "Viewer",
  member: "Member",
  admin: "Admin",
  owner: "Owner",
};

export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string };

const ALLOWED: Permission = { allowed: true };

export function permissionFor(role: Role, right: WorkspaceRight): Permission {
  if (mayDo(role, right)) return ALLOWED;
  const least = leastRole(right);
  const needed = least === "owner" ? "an Owner" : `${withArticle(least)} or above`;
  return { allowed: false, reason: `You are ${withArticle(role)} here. This needs ${needed}.` };
}

function withArticle(role: Role): string {
  const word = ROLE_WORDS[role];
  return /^[AO]/.test(word) ? `an ${word}` : `a ${word}`;
}

/** Run Now asks the role's right and the agent's own list of roles. */
export function permissionToRun(role: Role, manualRun: readonly Role[]): Permission {
  const right = permissionFor(role, "agents:run");
  if (!right.allowed || manualRun.includes(role)) return right;
  const named = manualRun.map((one) => `${ROLE_WORDS[one]}s`).join(" and ");
  const who = named === "" ? "nobody" : named;
  return { allowed: false, reason: `This agent may be run by hand by ${who} only.` };
}
