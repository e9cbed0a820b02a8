/**
 * Every route there is. To add one: write it as data in the file of its area under `routes/` (a new area is spread in
 * below), with its shapes under `shapes/`. Then the server does not compile until it has a handler of that name, the
 * client has a function of that name, and the OpenAPI document and access control know it. Paths, statuses and fields
 * that stand in a release are never changed, only added to.
 */
import type { Route } from "./route.ts";
import { agentRoutes } from "./routes/agents.ts";
import { analyticsRoutes } from "./routes/analytics.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { crmRoutes } from "./routes/crm.ts";
import { errorRoutes } from "./routes/errors.ts";
import { executionRoutes } from "./routes/executions.ts";
import { invocationRoutes } from "./routes/invocations.ts";
import { messageRoutes } from "./routes/messages.ts";
import { modelRoutes } from "./routes/model.ts";
import { retentionRoutes } from "./routes/retention.ts";
import { systemRoutes } from "./routes/system.ts";
import { workspaceRoutes } from "./routes/workspaces.ts";

export const ROUTES = {
  ...systemRoutes,
  ...workspaceRoutes,
  ...agentRoutes,
  ...executionRoutes,
  ...errorRoutes,
  ...invocationRoutes,
  ...analyticsRoutes,
  ...contactRoutes,
  ...crmRoutes,
  ...messageRoutes,
  ...retentionRoutes,
  ...modelRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
export const ROUTE_NAMES = Object.keys(ROUTES) as readonly RouteName[];
