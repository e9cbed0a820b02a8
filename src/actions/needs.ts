/** What the actions need of the CRM, the workspace and the providers; the app supplies it. */
import type { Clock } from "#domain/clock.ts";
import type { ContactId, ExecutionId } from "#domain/id.ts";
import type { Store } from "#store/store.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

/** One mail as an action hands it over. */
interface Outgoing {
  /** The same in every attempt at the same step. */
  readonly key: string;
  readonly ws: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly executionId: ExecutionId;
  readonly contactId: ContactId | null;
}

/** What the actions ask of a mail provider; every one of them keeps it. */
export interface Mailing {
  readonly send: (mail: Outgoing, signal: AbortSignal) => Promise<{ readonly messageId: string }>;
  readonly find: (key: string) => Promise<{ readonly messageId: string } | null>;
  /** Whether `find` answering null proves that nothing was sent. */
  readonly authoritative: boolean;
}

export interface ActionNeeds extends Pick<
  WorkspaceServices,
  | "agents"
  | "fallbacks"
  | "members"
  | "notifications"
  | "quotas"
  | "templates"
  | "userRoles"
  | "workspaces"
> {
  readonly store: Store;
  readonly clock: Clock;
  readonly mail: Mailing;
  /** The address that a workspace's mail comes from. */
  readonly senderOf: (ws: number) => string;
}
