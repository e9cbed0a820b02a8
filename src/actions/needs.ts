/** What the actions need of the CRM, the workspace and the providers; the app supplies it. */
import type { Clock } from "#domain/clock.ts";
import type { MailProvider } from "#providers/mail.ts";
import type { Store } from "#store/store.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

export interface ActionNeeds extends Pick<
  WorkspaceServices,
  "agents" | "members" | "notifications" | "quotas" | "templates" | "userRoles" | "workspaces"
> {
  readonly store: Store;
  readonly clock: Clock;
  readonly mail: MailProvider;
  /** The address that a workspace's mail comes from. */
  readonly senderOf: (ws: number) => string;
}
