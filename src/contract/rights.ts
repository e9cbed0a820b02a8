/**
 * Who may do what: each right names the least role that holds it, so a greater role can never do less than a smaller
 * one. Every route names one right.
 */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

const LEAST_ROLE = {
  "workspace:read": "viewer",
  "agents:read": "viewer",
  "executions:read": "viewer",
  "crm:read": "viewer",
  "templates:read": "viewer",
  /** Their own notifications, and having read them. */
  "notifications:own": "viewer",
  /** Run agents, as far as each agent's `manualRun` names the role too. */
  "agents:run": "member",
  /** Cancel, retry, skip a wait. */
  "executions:act": "member",
  "crm:write": "member",
  /** Start Agent CLIs and commands on the server's machine, and speak to them. */
  "invocations:run": "admin",
  "agents:write": "admin",
  "templates:write": "admin",
  "workspace:write": "admin",
  /** Define custom fields. */
  "crm:configure": "admin",
  /** Add and remove members; what an Admin may give and take is narrower still (`mayAssign`). */
  "members:manage": "admin",
  "keys:manage": "admin",
  "audit:read": "admin",
  /** People's data as it was read, written and sent: params and results of any step, messages, the outbox. */
  "payloads:read": "admin",
  /** Forget a person: what was read, written and sent about them, for good. */
  "crm:erase": "admin",
  "members:roles": "owner",
  "workspace:delete": "owner",
} as const satisfies Record<string, Role>;

export type WorkspaceRight = keyof typeof LEAST_ROLE;
/** `public` asks nobody; `signedIn` asks for a person's session or an API key, of whatever workspace. */
export type Right = "public" | "signedIn" | WorkspaceRight;

export const WORKSPACE_RIGHTS = Object.keys(LEAST_ROLE) as readonly WorkspaceRight[];

export function leastRole(right: WorkspaceRight): Role {
  return LEAST_ROLE[right];
}

/** Whether `role` is `other` or stands above it. */
export function isAtLeast(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(other);
}

/** Whether a member of that role may use routes of that right. */
export function mayDo(role: Role, right: WorkspaceRight): boolean {
  return isAtLeast(role, LEAST_ROLE[right]);
}

/** The roles that a person of `role` may give to others and take from them: an Owner any, an Admin those below. */
export function mayAssign(role: Role, given: Role): boolean {
  if (role === "owner") return true;
  return mayDo(role, "members:manage") && !isAtLeast(given, role);
}
