/**
 * Everything about workspaces over one store: who may be in which, and what is configured there. Other workspaces'
 * ids answer `not_found` everywhere, because every question names the workspace that it is asked in.
 */
import { randomUUID } from "node:crypto";

import type { Clock } from "#domain/clock.ts";
import type { Store } from "#store/store.ts";

import type { Parse } from "./agent-understanding.ts";
import { type Agents, agents } from "./agents.ts";
import { type Audit, audit } from "./audit.ts";
import { type Breakers, breakers } from "./breakers.ts";
import { type ErrorMarks, errorMarks } from "./error-marks.ts";
import { type Fallbacks, fallbacks } from "./fallbacks.ts";
import { type Members, members } from "./members.ts";
import { type ModelSettings, modelSettings } from "./model-settings.ts";
import { type ModelUsage, modelUsage } from "./model-usage.ts";
import { type Notifications, notifications } from "./notifications.ts";
import { type Quotas, quotas } from "./quotas.ts";
import { type Retention, retention } from "./retention.ts";
import { openSealing, type Sealing } from "./sealing.ts";
import { type Templates, templates } from "./templates.ts";
import { type UserRoles, userRoles } from "./user-roles.ts";
import { openWorkNodes, type WorkNodes } from "./work-nodes.ts";
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
  readonly modelSettings: ModelSettings;
  readonly modelUsage: ModelUsage;
  readonly workNodes: WorkNodes;
  readonly errorMarks: ErrorMarks;
}

export interface WorkspaceNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly parse: Parse;
  /** For keys of others; unset: they are readable as long as this process lives. */
  readonly sealing?: Sealing;
}

export function openWorkspaces({
  store,
  clock,
  parse,
  sealing = openSealing(() => randomUUID()),
}: WorkspaceNeeds): WorkspaceServices {
  const parts = { store, clock, audit: audit(store, clock) };
  const people = members(parts);
  return {
    audit: parts.audit,
    retention: retention(parts),
    modelSettings: modelSettings({ ...parts, sealing }),
    modelUsage: modelUsage(parts),
    workspaces: workspaces(parts),
    members: people,
    userRoles: userRoles(parts, people.list),
    fallbacks: fallbacks(parts),
    agents: agents({ ...parts, parse }),
    quotas: quotas(store),
    breakers: breakers(parts),
    templates: templates(parts),
    notifications: notifications(store, clock),
    workNodes: openWorkNodes(parts),
    errorMarks: errorMarks(parts),
  };
}
