import type { Handlers } from "../handler.ts";
import type { Services } from "../services.ts";
import { agentHandlers } from "./agents.ts";
import { analyticsHandlers } from "./analytics.ts";
import { contactHandlers } from "./contacts.ts";
import { crmTaskHandlers } from "./crm-tasks.ts";
import { companyHandlers, dealHandlers, labelHandlers } from "./crm.ts";
import { errorHandlers } from "./errors.ts";
import { executionHandlers, runHandlers } from "./executions.ts";
import { fallbackHandlers } from "./fallbacks.ts";
import { invocationHandlers } from "./invocations.ts";
import { keyHandlers } from "./keys.ts";
import { messageHandlers } from "./messages.ts";
import { modelHandlers } from "./model.ts";
import { noticeHandlers } from "./notices.ts";
import { parseHandlers } from "./parsing.ts";
import { retentionHandlers } from "./retention.ts";
import { simulationHandlers } from "./simulating.ts";
import { systemHandlers } from "./system.ts";
import { versionHandlers } from "./versions.ts";
import { memberHandlers, workspaceHandlers } from "./workspaces.ts";

/** A handler for every route: one that is missing does not compile. */
export function allHandlers(services: Services): Handlers {
  return {
    ...systemHandlers(services),
    ...workspaceHandlers(services),
    ...memberHandlers(services),
    ...fallbackHandlers(services),
    ...keyHandlers(services),
    ...noticeHandlers(services),
    ...agentHandlers(services),
    ...versionHandlers(services),
    ...parseHandlers(services),
    ...simulationHandlers(services),
    ...runHandlers(services),
    ...executionHandlers(services),
    ...errorHandlers(services),
    ...invocationHandlers(services),
    ...analyticsHandlers(services),
    ...contactHandlers(services),
    ...companyHandlers(services),
    ...dealHandlers(services),
    ...crmTaskHandlers(services),
    ...labelHandlers(services),
    ...messageHandlers(services),
    ...retentionHandlers(services),
    ...modelHandlers(services),
  };
}
