import type { invocationRoutes } from "#contract/routes/invocations.ts";
import type { InvocationMessage } from "#contract/shapes/invocations.ts";
import type { FollowUp } from "#drivers/invocation/input.ts";
import type { WorkNode } from "#workspace/work-nodes.ts";

import type { HandlersOf } from "../handler.ts";
import { rowOfInvocation } from "../invocations/reading.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";

export function invocationHandlers(services: Services): HandlersOf<typeof invocationRoutes> {
  const { invocations, runs } = services;
  return {
    ...nodeHandlers(services),
    listInvocations: ({ entered, query }) => invocations.list(entered, query),
    getInvocation: ({ entered, params }) => invocations.get(entered, params.executionId),
    readOutput: ({ entered, params, query, signal }) =>
      invocations.output(entered, params.executionId, { ...query, round: params.round }, signal),
    findInOutput: ({ entered, params, query, signal }) =>
      invocations.find(entered, params.executionId, query, signal),
    startInvocation: async ({ entered, body, idempotencyKey }) => ({
      executionId: await invocations.start(entered, body, idempotencyKey),
    }),
    sendMessage: ({ entered, params, body, idempotencyKey }) =>
      invocations.message(entered, params.executionId, followUpOf(body), idempotencyKey),
    answerQuestion: ({ entered, params, body, idempotencyKey }) =>
      invocations.answer(entered, params.executionId, body, idempotencyKey),
    importInvocation: ({ entered, body }) => invocations.importFirst(entered, body),
    importRound: ({ entered, params, body }) =>
      invocations.importNext(entered, params.executionId, body),
    cancelInvocation: async ({ entered, params, body }) => {
      const { id } = await rowOfInvocation(services, entered.workspace.no, params.executionId);
      return { executionId: await runs.cancel(entered, id, body?.reason) };
    },
  };
}

/** What is not given is not there. */
function followUpOf({ prompt, limits }: InvocationMessage): FollowUp {
  const cost = limits?.cost;
  return { prompt, ...(cost !== undefined && { limits: { cost } }) };
}

type Nodes = "createWorkNode" | "getWorkNode" | "listNodeInvocations" | "getLatestInvocation";

function nodeHandlers({
  invocations,
  workNodes,
}: Services): HandlersOf<Pick<typeof invocationRoutes, Nodes>> {
  return {
    createWorkNode: async ({ entered, body }) =>
      showNode(await workNodes.create(entered, body.title)),
    getWorkNode: async ({ entered, params }) =>
      showNode(await workNodes.get(entered.workspace.no, params.nodeId)),
    listNodeInvocations: ({ entered, params, query }) =>
      invocations.ofNode(entered, params.nodeId, query),
    getLatestInvocation: ({ entered, params }) => invocations.latest(entered, params.nodeId),
  };
}

function showNode({ createdAt, ...node }: WorkNode) {
  return { ...node, createdAt: showTime(createdAt) };
}
