import { route } from "../route.ts";
import {
  errorGroupsQuerySchema,
  errorGroupsSchema,
  errorStandingSchema,
} from "../shapes/error-groups.ts";

const ALL = "/api/workspaces/:workspaceId/executions/errors";
const ONE = `${ALL}/:errorGroupId` as const;

export const errorRoutes = {
  groupErrors: route({
    method: "GET",
    path: ALL,
    right: "executions:read",
    summary:
      "What has failed, grouped by kind, code and message, with counts, first and last seen, and what people said of it",
    query: errorGroupsQuerySchema,
    status: 200,
    output: errorGroupsSchema,
  }),
  resolveErrors: route({
    method: "POST",
    path: `${ONE}/resolve`,
    right: "executions:act",
    summary:
      "Errors that are alike are taken for solved; the group is open again once one more is seen",
    status: 200,
    output: errorStandingSchema,
  }),
  muteErrors: route({
    method: "POST",
    path: `${ONE}/mute`,
    right: "executions:act",
    summary: "Errors that are alike stay away from what is open, however often they are seen",
    status: 200,
    output: errorStandingSchema,
  }),
  reopenErrors: route({
    method: "POST",
    path: `${ONE}/reopen`,
    right: "executions:act",
    summary: "Take back that errors that are alike were resolved or muted",
    status: 200,
    output: errorStandingSchema,
  }),
} as const;
