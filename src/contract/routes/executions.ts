import { z } from "zod";

import { route } from "../route.ts";
import { startedSchema } from "../shapes/agents.ts";
import { executionIdSchema, listOf } from "../shapes/common.ts";
import {
  agentExecutionsQuerySchema,
  agentExportQuerySchema,
  cancelSchema,
  executionListSchema,
  executionSchema,
  executionsQuerySchema,
  exportQuerySchema,
  executionTreeSchema,
  factSchema,
  factsQuerySchema,
  journeySchema,
  journeysQuerySchema,
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
    summary: "An execution with its steps",
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
      "Run it again with the same trigger and context, as a new execution linked to this one",
    body: retrySchema.optional(),
    status: 202,
    output: startedSchema,
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
