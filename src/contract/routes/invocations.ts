import { route } from "../route.ts";
import { startedSchema } from "../shapes/agents.ts";
import { listOf, pageQuerySchema } from "../shapes/common.ts";
import { cancelSchema } from "../shapes/executions.ts";
import { importedSchema, importSchema, nextImportSchema } from "../shapes/imports.ts";
import { findPageSchema, findQuerySchema } from "../shapes/invocation-find.ts";
import {
  followQuerySchema,
  outputPageSchema,
  outputQuerySchema,
  rawQuerySchema,
} from "../shapes/invocation-output.ts";
import { answeredSchema, answerSchema } from "../shapes/invocation-questions.ts";
import {
  invocationInputSchema,
  invocationItemSchema,
  invocationMessageSchema,
  invocationSchema,
  invocationsQuerySchema,
  listOfNodeSchema,
  newWorkNodeSchema,
  roundBegunSchema,
  workNodeSchema,
} from "../shapes/invocations.ts";

const WORKSPACE = "/api/workspaces/:workspaceId";
const ALL = `${WORKSPACE}/invocations` as const;
const ONE = `${ALL}/:executionId` as const;
const NODES = `${WORKSPACE}/nodes` as const;

const reading = {
  listInvocations: route({
    method: "GET",
    path: ALL,
    right: "executions:read",
    summary: "Runs of Agent CLIs and commands, newest first",
    query: invocationsQuerySchema,
    status: 200,
    output: listOf(invocationItemSchema),
  }),
  getInvocation: route({
    method: "GET",
    path: ONE,
    right: "executions:read",
    summary: "An invocation with its rounds, its process and what that takes",
    status: 200,
    output: invocationSchema,
  }),
  readOutput: route({
    method: "GET",
    path: `${ONE}/rounds/:round/output`,
    right: "payloads:read",
    summary:
      "What a round wrote, as events, from a byte on or backwards from the end; whole lines only",
    query: outputQuerySchema,
    status: 200,
    output: outputPageSchema,
  }),
  findInOutput: route({
    method: "GET",
    path: `${ONE}/output/find`,
    right: "payloads:read",
    summary:
      "Lines of all that it wrote, on both streams of every round, that have a text; looks for a moment, and says where to go on",
    query: findQuerySchema,
    status: 200,
    output: findPageSchema,
  }),
  downloadOutput: route({
    method: "GET",
    path: `${ONE}/rounds/:round/raw`,
    right: "payloads:read",
    summary: "The bytes that a round wrote, as far as they have come",
    query: rawQuerySchema,
    status: 200,
    gives: ["application/octet-stream"],
  }),
  followInvocation: route({
    method: "GET",
    path: `${ONE}/follow`,
    right: "payloads:read",
    summary:
      "What it writes, live, as server-sent events: `output` (with its `round`), `invocation` when something about it has changed, `end` when it has completed",
    query: followQuerySchema,
    status: 200,
    gives: ["text/event-stream"],
  }),
} as const;

const acting = {
  startInvocation: route({
    method: "POST",
    path: ALL,
    right: "invocations:run",
    summary: "Start an Agent CLI, or a command, on the server's machine",
    body: invocationInputSchema,
    status: 202,
    output: startedSchema,
    keyed: true,
  }),
  sendMessage: route({
    method: "POST",
    path: `${ONE}/messages`,
    right: "invocations:run",
    summary: "Go on with a completed invocation, in the same session of its Agent CLI",
    body: invocationMessageSchema,
    status: 202,
    output: roundBegunSchema,
    keyed: true,
  }),
  answerQuestion: route({
    method: "POST",
    path: `${ONE}/answers`,
    right: "invocations:run",
    summary: "Answer what a running agent asks permission for; one answer counts",
    body: answerSchema,
    status: 200,
    output: answeredSchema,
    keyed: true,
    urgent: true,
  }),
  cancelInvocation: route({
    method: "POST",
    path: `${ONE}/cancel`,
    right: "executions:act",
    summary: "End its processes, politely first",
    body: cancelSchema.optional(),
    status: 202,
    output: startedSchema,
    keyed: true,
    urgent: true,
  }),
} as const;

const importing = {
  importInvocation: route({
    method: "POST",
    path: `${ALL}/import`,
    right: "invocations:run",
    summary: "Take what ran without Stint into the history: its first round",
    body: importSchema,
    status: 200,
    output: importedSchema,
  }),
  importRound: route({
    method: "POST",
    path: `${ONE}/rounds`,
    right: "invocations:run",
    summary: "Take a further round of it into the history",
    body: nextImportSchema,
    status: 200,
    output: importedSchema,
  }),
} as const;

const nodes = {
  createWorkNode: route({
    method: "POST",
    path: NODES,
    right: "invocations:run",
    summary: "Write down a piece of work for which Agent CLIs are to run",
    body: newWorkNodeSchema,
    status: 201,
    output: workNodeSchema,
  }),
  getWorkNode: route({
    method: "GET",
    path: `${NODES}/:nodeId`,
    right: "executions:read",
    summary: "A piece of work",
    status: 200,
    output: workNodeSchema,
  }),
  listNodeInvocations: route({
    method: "GET",
    path: `${NODES}/:nodeId/invocations`,
    right: "executions:read",
    summary:
      "All invocations of a piece of work that are kept, by their number, and how many are not any more",
    query: pageQuerySchema,
    status: 200,
    output: listOfNodeSchema,
  }),
  getLatestInvocation: route({
    method: "GET",
    path: `${NODES}/:nodeId/invocations/latest`,
    right: "executions:read",
    summary: "The latest invocation of a piece of work: of those kept that with the highest number",
    status: 200,
    output: invocationSchema,
  }),
} as const;

export const invocationRoutes = { ...reading, ...acting, ...importing, ...nodes } as const;
