import { z } from "zod";

import { route } from "../route.ts";
import { startedSchema } from "../shapes/agents.ts";
import { executionIdSchema, listOf } from "../shapes/common.ts";
import {
  agentExecutionsQuerySchema,
  agentExportQuerySchema,
  bulkCancelSchema,
  bulkRetrySchema,
  bulkSchema,
  cancelSchema,
  executionListSchema,
  executionQuerySchema,
  executionSchema,
  executionsQuerySchema,
  exportQuerySchema,
  executionTreeSchema,
  factSchema,
  factsQuerySchema,
  journeySchema,
  journeysQuerySchema,
  retriedSchema,
  retrySchema,
  skipWaitSchema,
  treeQuerySchema,
} from "../shapes/executions.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";
const AGENTS = `${WORKSPACE}/agents/:agentId/executions` as const;
const ALL = `${WORKSPACE}/executions` as const;
const ONE = `${ALL}/:executionId` as const;

const reading = {
  listExecutions: route({
    method: "GET",
    path: ALL,
    right: "executions:read",
    summary: "Executions of every kind, newest first",
    query: executionsQuerySchema,
    status: 200,
    output: executionListSchema,
  }),
  getExecution: route({
    method: "GET",
    path: ONE,
    right: "executions:read",
    summary: "An execution with its steps, now or as it stood at a moment of its history",
    query: executionQuerySchema,
    status: 200,
    output: executionSchema,
  }),
  listAgentExecutions: route({
    method: "GET",
    path: AGENTS,
    right: "executions:read",
    summary: "Executions of an agent, a deleted one included, newest first",
    query: agentExecutionsQuerySchema,
    status: 200,
    output: executionListSchema,
  }),
  getAgentExecution: route({
    method: "GET",
    path: `${AGENTS}/:executionId`,
    right: "executions:read",
    summary: "An execution of an agent with its steps",
    status: 200,
    output: executionSchema,
  }),
  getExecutionTree: route({
    method: "GET",
    path: `${ONE}/tree`,
    right: "executions:read",
    summary: "An execution with all that runs or ran under it, and what they used in all",
    query: treeQuerySchema,
    status: 200,
    output: executionTreeSchema,
  }),
  listFacts: route({
    method: "GET",
    path: `${ONE}/facts`,
    right: "executions:read",
    summary: "Everything that happened in it, oldest first",
    query: factsQuerySchema,
    status: 200,
    output: listOf(factSchema),
  }),
  listJourneys: route({
    method: "GET",
    path: `${ONE}/journeys`,
    right: "executions:read",
    summary: "The way of each contact, company or deal through the plan",
    query: journeysQuerySchema,
    status: 200,
    output: listOf(journeySchema),
  }),
  followEvents: route({
    method: "GET",
    path: `${WORKSPACE}/events`,
    right: "executions:read",
    summary: "Live messages as server-sent events, from `Last-Event-ID` (or `lastEventId`) on",
    query: z.strictObject({
      executionId: executionIdSchema.optional(),
      lastEventId: z.string().max(200).optional(),
    }),
    status: 200,
    gives: ["text/event-stream"],
  }),
} as const;

const exporting = {
  exportExecutions: route({
    method: "GET",
    path: `${ALL}/export`,
    right: "executions:read",
    summary: "Executions as a file of CSV or JSON, newest first, narrowed as the list is",
    query: exportQuerySchema,
    status: 200,
    gives: ["text/csv", "application/json"],
  }),
  exportAgentExecutions: route({
    method: "GET",
    path: `${AGENTS}/export`,
    right: "executions:read",
    summary: "Executions of an agent as a file",
    query: agentExportQuerySchema,
    status: 200,
    gives: ["text/csv", "application/json"],
  }),
} as const;

const acting = {
  cancelExecution: route({
    method: "POST",
    path: `${ONE}/cancel`,
    right: "executions:act",
    summary: "Cancel an execution and what runs under it",
    body: cancelSchema.optional(),
    status: 202,
    output: startedSchema,
    keyed: true,
    urgent: true,
  }),
  pauseExecution: route({
    method: "POST",
    path: `${ONE}/pause`,
    right: "executions:act",
    summary: "Pause an execution and what runs under it: steps under way end, none begins",
    status: 202,
    output: startedSchema,
  }),
  resumeExecution: route({
    method: "POST",
    path: `${ONE}/resume`,
    right: "executions:act",
    summary: "Let a paused execution go on; its waits end when they would have",
    status: 202,
    output: startedSchema,
  }),
  retryExecution: route({
    method: "POST",
    path: `${ONE}/retry`,
    right: "executions:act",
    summary:
      "Try it again with the same trigger and context, as a new execution linked to this one: from the start, from where it failed, or from a step",
    body: retrySchema.optional(),
    status: 202,
    output: retriedSchema,
    keyed: true,
  }),
  bulkCancel: route({
    method: "POST",
    path: `${ALL}/bulk/cancel`,
    right: "executions:act",
    summary:
      "Cancel what a filter finds: first answers how many, and with that answer's token does it",
    body: bulkCancelSchema,
    status: 200,
    output: bulkSchema,
  }),
  bulkRetry: route({
    method: "POST",
    path: `${ALL}/bulk/retry`,
    right: "executions:act",
    summary:
      "Retry what a filter finds: first answers how many, and with that answer's token does it",
    body: bulkRetrySchema,
    status: 200,
    output: bulkSchema,
  }),
  tryAgain: route({
    method: "POST",
    path: `${ONE}/try-again`,
    right: "executions:act",
    summary: "Look again whether a blocked execution matches its program, as the next start would",
    status: 202,
    output: startedSchema,
  }),
  stopJourney: route({
    method: "POST",
    path: `${ONE}/journeys/:lane/stop`,
    right: "executions:act",
    summary: "End one journey where it is, and no other",
    body: cancelSchema.optional(),
    status: 202,
    output: startedSchema,
  }),
  skipJourneyWait: route({
    method: "POST",
    path: `${ONE}/journeys/:lane/skip-wait`,
    right: "executions:act",
    summary: "Let one journey that waits for a timer go on now (sandbox)",
    status: 202,
    output: startedSchema,
  }),
  retryJourney: route({
    method: "POST",
    path: `${ONE}/journeys/:lane/retry`,
    right: "executions:act",
    summary: "Try one journey of an ended execution again from where it failed, and no other",
    status: 202,
    output: retriedSchema,
    keyed: true,
  }),
  skipWait: route({
    method: "POST",
    path: `${ONE}/skip-wait`,
    right: "executions:act",
    summary: "Let what waits for a timer go on now (sandbox)",
    body: skipWaitSchema.optional(),
    status: 202,
    output: startedSchema,
    urgent: true,
  }),
} as const;

export const executionRoutes = { ...reading, ...exporting, ...acting } as const;
