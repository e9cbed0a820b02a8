/**
 * Everything about workspaces over one store: who may be in which, and what is configured there. Other workspaces'
 * ids answer `not_found` everywhere, because every question names the workspace that it is asked in.
 */
import type { Clock } from "#domain/clock.ts";
import type { Parsed } from "#domain/plan.ts";
import type { Store } from "#store/store.ts";

import { type Agents, agents } from "./agents.ts";
import { type Audit, audit } from "./audit.ts";
import { type Breakers, breakers } from "./breakers.ts";
import { type Fallbacks, fallbacks } from "./fallbacks.ts";
import { type Members, members } from "./members.ts";
import { type Notifications, notifications } from "./notifications.ts";
import { type Quotas, quotas } from "./quotas.ts";
import { type Retention, retention } from "./retention.ts";
import { type Templates, templates } from "./templates.ts";
import { type UserRoles, userRoles } from "./user-roles.ts";
import { type Workspaces, workspaces } from "./workspaces.ts";

export interface WorkspaceServices {
  readonly workspaces: Workspaces;
  readonly members: Members;
  readonly userRoles: UserRoles;
  readonly fallbacks: Fallbacks;
  readonly agents: Agents;
  readonly quotas: Quotas;
  readonly breakers: Breakers;
  readonly templates: Templates;
  readonly notifications: Notifications;
  readonly audit: Audit;
  readonly retention: Retention;
}

export interface WorkspaceNeeds {
  readonly store: Store;
  readonly clock: Clock;
  /** Turns instructions into a plan, or says why it cannot. */
  readonly parse: (instructions: string) => Promise<Parsed>;
}

export function openWorkspaces({ store, clock, parse }: WorkspaceNeeds): WorkspaceServices {
  const parts = { store, clock, audit: audit(store, clock) };
  const people = members(parts);
  return {
    audit: parts.audit,
    retention: retention(parts),
    workspaces: workspaces(parts),
    members: people,
    userRoles: userRoles(parts, people.list),
    fallbacks: fallbacks(parts),
    agents: agents({ ...parts, parse }),
    quotas: quotas(store),
    breakers: breakers(parts),
    templates: templates(parts),
    notifications: notifications(store, clock),
  };
}
