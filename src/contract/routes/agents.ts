import { route } from "../route.ts";
import {
  agentChangeSchema,
  agentListQuerySchema,
  agentSchema,
  agentVersionSchema,
  executeSchema,
  newAgentSchema,
  parsedSchema,
  parseSchema,
  restoreSchema,
  startedSchema,
  triggerRunSchema,
  versionDiffQuerySchema,
  versionDiffSchema,
} from "../shapes/agents.ts";
import { listOf, pageQuerySchema } from "../shapes/common.ts";
import { simulateAgentSchema, simulateSchema, simulationSchema } from "../shapes/simulations.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";
const ALL = `${WORKSPACE}/agents` as const;
const ONE = `${ALL}/:agentId` as const;

const configuring = {
  listAgents: route({
    method: "GET",
    path: ALL,
    right: "agents:read",
    summary: "Agents, newest first",
    query: agentListQuerySchema,
    status: 200,
    output: listOf(agentSchema),
  }),
  createAgent: route({
    method: "POST",
    path: ALL,
    right: "agents:write",
    summary: "Create an agent from plain-language instructions",
    body: newAgentSchema,
    status: 201,
    output: agentSchema,
  }),
  getAgent: route({
    method: "GET",
    path: ONE,
    right: "agents:read",
    summary: "An agent with its plan",
    status: 200,
    output: agentSchema,
  }),
  updateAgent: route({
    method: "PATCH",
    path: ONE,
    right: "agents:write",
    summary: "Save an agent as a new version; executions under way keep theirs",
    body: agentChangeSchema,
    status: 200,
    output: agentSchema,
  }),
  deleteAgent: route({
    method: "DELETE",
    path: ONE,
    right: "agents:write",
    summary: "Delete an agent; what is queued or waits is canceled, its history stays",
    status: 204,
  }),
  listAgentVersions: route({
    method: "GET",
    path: `${ONE}/versions`,
    right: "agents:read",
    summary: "Every saved version, newest first",
    query: pageQuerySchema,
    status: 200,
    output: listOf(agentVersionSchema),
  }),
  getAgentVersion: route({
    method: "GET",
    path: `${ONE}/versions/:version`,
    right: "agents:read",
    summary: "One saved version",
    status: 200,
    output: agentVersionSchema,
  }),
  diffAgentVersions: route({
    method: "GET",
    path: `${ONE}/versions/:version/diff`,
    right: "agents:read",
    summary: "What a version changed: words, steps, settings",
    query: versionDiffQuerySchema,
    status: 200,
    output: versionDiffSchema,
  }),
  restoreAgentVersion: route({
    method: "POST",
    path: `${ONE}/versions/:version/restore`,
    right: "agents:write",
    summary: "Save an earlier version again, as a new one that names it",
    body: restoreSchema.optional(),
    status: 200,
    output: agentSchema,
  }),
  parseInstructions: route({
    method: "POST",
    path: `${WORKSPACE}/parse`,
    right: "agents:read",
    summary:
      "What instructions would become and what that meets in the workspace; 422 with the clauses that nothing can carry out",
    body: parseSchema,
    status: 200,
    output: parsedSchema,
  }),
} as const;

const running = {
  goLive: route({
    method: "POST",
    path: `${ONE}/go-live`,
    right: "agents:write",
    summary: "Let schedules and events run a draft; it adopts the trigger that its text names",
    status: 200,
    output: agentSchema,
  }),
  pauseAgent: route({
    method: "POST",
    path: `${ONE}/pause`,
    right: "agents:write",
    summary: "Pause: no new run starts until somebody resumes; runs under way go on",
    status: 200,
    output: agentSchema,
    urgent: true,
  }),
  resumeAgent: route({
    method: "POST",
    path: `${ONE}/resume`,
    right: "agents:write",
    summary: "Resume a paused agent",
    status: 200,
    output: agentSchema,
  }),
  triggerAgent: route({
    method: "POST",
    path: `${ONE}/trigger`,
    right: "agents:run",
    summary: "Run Now; 409 with `executionId` while it runs",
    body: triggerRunSchema.optional(),
    status: 202,
    output: startedSchema,
    keyed: true,
  }),
  executeAgent: route({
    method: "POST",
    path: `${ONE}/execute`,
    right: "agents:run",
    summary:
      "Run Now on named contacts, companies, deals or a form; 409 with `executionId` while it runs",
    body: executeSchema,
    status: 202,
    output: startedSchema,
    keyed: true,
  }),
} as const;

const simulating = {
  simulateAgent: route({
    method: "POST",
    path: `${ONE}/simulate`,
    right: "agents:run",
    summary: "What the agent would do, saved or not: nothing happens, and nothing is counted",
    body: simulateAgentSchema.optional(),
    status: 200,
    output: simulationSchema,
  }),
  simulate: route({
    method: "POST",
    path: `${WORKSPACE}/simulate`,
    right: "agents:run",
    summary: "What instructions or a plan would do, without an agent",
    body: simulateSchema,
    status: 200,
    output: simulationSchema,
  }),
} as const;

export const agentRoutes = { ...configuring, ...running, ...simulating } as const;
