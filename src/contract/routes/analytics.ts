import { route } from "../route.ts";
import {
  agentDashboardQuerySchema,
  dashboardQuerySchema,
  dashboardSchema,
} from "../shapes/analytics.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";

export const analyticsRoutes = {
  getDashboard: route({
    method: "GET",
    path: `${WORKSPACE}/dashboard`,
    right: "executions:read",
    summary: "What ended in the last days, by day and by agent, beside as many days before",
    query: dashboardQuerySchema,
    status: 200,
    output: dashboardSchema,
  }),
  getAgentDashboard: route({
    method: "GET",
    path: `${WORKSPACE}/agents/:agentId/dashboard`,
    right: "executions:read",
    summary: "The same of one agent, a deleted one included",
    query: agentDashboardQuerySchema,
    status: 200,
    output: dashboardSchema,
  }),
} as const;
