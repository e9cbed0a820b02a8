/** Workspaces, their members, agents and templates. `by`-columns hold an actor as JSON. */
import type { Generated } from "kysely";

export interface WorkspaceTable {
  /** What executions name it by. */
  no: Generated<number>;
  id: string;
  name: string;
  zone: string;
  tier: string;
  created_at: number;
}

export interface MemberTable {
  ws: number;
  /** better-auth's id of the user; name and address are copies, for lists and for `@user.NAME`. */
  user_id: string;
  name: string;
  email: string;
  role: string;
  joined_at: number;
}

export interface UserRoleTable {
  ws: number;
  /** The name as it is compared. */
  key: string;
  name: string;
  /** JSON: an array of user ids. */
  member_ids: string;
  /** How often one of several was chosen; the next is at `turn` modulo their number. */
  turn: number;
}

export interface FallbackTable {
  ws: number;
  /** As texts name it: `contact.firstName`. */
  field: string;
  value: string;
}

export interface AgentTable {
  /** What executions name it by; never given twice. */
  no: Generated<number>;
  id: string;
  ws: number;
  name: string;
  status: string;
  /** What a pause or a hold returns to. */
  resumes_as: string;
  paused_reason: string | null;
  hold_until: number | null;
  /** The latest row of `agent_version`. */
  version: number;
  created_by: string;
  created_at: number;
  updated_at: number;
  /** Its history stays; nobody can run, change or list it any more. */
  deleted_at: number | null;
}

export interface AgentVersionTable {
  agent: number;
  version: number;
  name: string;
  goal: string;
  instructions: string;
  /** JSON; null where the instructions could not be understood, with the refusal beside it. */
  plan: string | null;
  parse_error: string | null;
  /** JSON: who read the instructions; null for versions that are older than the choice. */
  reading: string | null;
  triggers: string;
  restrictions: string;
  memory: string;
  manual_run: string;
  reenrolment: string;
  default_template_id: string | null;
  saved_by: string;
  saved_at: number;
  /** The version whose configuration and plan it is. */
  restored_from: number | null;
}

/** A circuit breaker that has tripped at least once. */
export interface BreakerTable {
  key: string;
  state: "closed" | "open" | "halfOpen";
  /** Until when an open one rests; null: until somebody says so. */
  until: number | null;
  /** When it came to that state. */
  since: number;
}

/** How often an agent did something in a span: a day of its workspace's zone, or a second since 1970. */
export interface CounterTable {
  agent: number;
  what: string;
  span: number;
  n: number;
}

export interface TemplateTable {
  ws: number;
  id: string;
  name: string;
  /** The name as it is compared; unique within the workspace. */
  key: string;
  subject: string;
  body: string;
  version: number;
  created_by: string;
  created_at: number;
  updated_at: number;
}

export interface NotificationTable {
  ws: number;
  user_id: string;
  id: string;
  kind: string;
  title: string;
  message: string;
  agent_id: string | null;
  execution_id: string | null;
  contact_id: string | null;
  created_at: number;
  read_at: number | null;
}

export interface AuditTable {
  no: Generated<number>;
  ws: number;
  at: number;
  by: string;
  action: string;
  target_type: string;
  target_id: string;
  target_name: string | null;
  /** JSON: names of fields with the values before and after. */
  changes: string;
}

/** What was taken in of what ran elsewhere. */
export interface ImportedTable {
  ws: number;
  name: string;
  at: number;
}

export interface WorkNodeTable {
  ws: number;
  id: string;
  title: string;
  status: string;
  created_at: number;
  /** JSON: an actor. */
  created_by: string;
}

/** What a person said of errors that are alike. */
export interface ErrorMarkTable {
  ws: number;
  /** The id of their group. */
  error: string;
  state: "resolved" | "muted";
  /** JSON: an actor. */
  by: string;
  at: number;
}

export interface WorkspaceTables {
  workspace: WorkspaceTable;
  member: MemberTable;
  user_role: UserRoleTable;
  fallback: FallbackTable;
  agent: AgentTable;
  agent_version: AgentVersionTable;
  breaker: BreakerTable;
  counter: CounterTable;
  template: TemplateTable;
  notification: NotificationTable;
  audit: AuditTable;
  work_node: WorkNodeTable;
  imported: ImportedTable;
  error_mark: ErrorMarkTable;
}
