import type { z } from "zod";

import type { agentRoutes } from "#contract/routes/agents.ts";
import type { executionRoutes } from "#contract/routes/executions.ts";
import type {
  Execution,
  executionListSchema,
  executionsQuerySchema,
  Moment,
} from "#contract/shapes/executions.ts";
import { Fault } from "#domain/fault.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { idOf } from "../executions/actors.ts";
import type { HandlersOf } from "../handler.ts";
import {
  redactExecution,
  redactFact,
  redactItem,
  redactJourney,
  redactNode,
  type View,
  viewOf,
} from "../redact.ts";
import type { Services } from "../services.ts";
import { showTimeOr } from "../times.ts";
import { agentNoOf } from "./agent-no.ts";
import { filtersIn } from "./filters.ts";
import { journeyHandlers, laneOf } from "./journeys.ts";

export function executionHandlers(services: Services): HandlersOf<typeof executionRoutes> {
  return {
    ...readingHandlers(services),
    ...actingHandlers(services),
    ...bulkHandlers(services),
    ...journeyHandlers(services),
  };
}

type Acting =
  | "cancelExecution"
  | "pauseExecution"
  | "resumeExecution"
  | "retryExecution"
  | "skipWait"
  | "tryAgain";
type Bulks = "bulkCancel" | "bulkRetry";
type Journeys = "retryJourney" | "stopJourney" | "skipJourneyWait";
type Streamed = "followEvents" | "exportExecutions" | "exportAgentExecutions";
type Reading = Exclude<keyof typeof executionRoutes, Acting | Bulks | Journeys | Streamed>;

function readingHandlers(services: Services): HandlersOf<Pick<typeof executionRoutes, Reading>> {
  const { executions } = services;
  return {
    listExecutions: ({ entered, query }) => list(services, entered, query),
    listAgentExecutions: ({ entered, params, query }) =>
      list(services, entered, { ...query, agentId: params.agentId }),
    getExecution: ({ entered, params, query }) =>
      detail(services, entered, params.executionId, query.at),
    getAgentExecution: async ({ entered, params }) => {
      const agent = await agentNoOf(services, entered, params.agentId);
      const row = await executions.row(entered.workspace.no, params.executionId);
      if (row.agent === agent) return detail(services, entered, params.executionId);
      throw new Fault("not_found", `The agent has no execution ${params.executionId}`);
    },
    getExecutionTree: async ({ entered, params, query }) => {
      const view = await viewTo(services, entered, params.executionId);
      const items = await executions.tree(entered.workspace.no, params.executionId, query);
      return { items: items.map((node) => redactNode(node, view)) };
    },
    listFacts: async ({ entered, params, query }) => {
      const view = await viewTo(services, entered, params.executionId);
      const page = await executions.facts(entered.workspace.no, params.executionId, query);
      return { ...page, items: page.items.map((fact) => redactFact(fact, view)) };
    },
    listJourneys: async ({ entered, params, query }) => {
      const view = await viewTo(services, entered, params.executionId);
      const page = await executions.journeys(entered.workspace.no, params.executionId, query);
      return { ...page, items: page.items.map((journey) => redactJourney(journey, view)) };
    },
  };
}

async function viewTo({ executions }: Services, entered: Entered, id: string): Promise<View> {
  const { no } = await executions.row(entered.workspace.no, id);
  return viewOf(entered, idOf(await executions.triggeredBy(no)));
}

async function list(
  services: Services,
  entered: Entered,
  { cursor, limit, sort, ...asked }: z.output<typeof executionsQuerySchema>,
): Promise<ExecutionPage> {
  const filters = await filtersIn(services, entered, asked);
  const wanted = { ...filters, cursor, limit, sort };
  const { items, lookedBackTo, ...page } = await services.executions.list(wanted);
  return {
    ...page,
    items: items.map((item) => redactItem(item, viewOf(entered, item.trigger.by.id))),
    lookedBackTo: showTimeOr(lookedBackTo),
  };
}

type ExecutionPage = z.output<typeof executionListSchema>;

async function detail(
  { executions }: Services,
  entered: Entered,
  id: string,
  moment?: Moment,
): Promise<Execution> {
  const execution = await executions.detail(entered.workspace.no, id, moment);
  return redactExecution(execution, viewOf(entered, execution.trigger.by.id));
}

function actingHandlers(services: Services): HandlersOf<Pick<typeof executionRoutes, Acting>> {
  const { runs } = services;
  return {
    cancelExecution: async ({ entered, params, body }) => ({
      executionId: await runs.cancel(entered, params.executionId, body?.reason),
    }),
    pauseExecution: async ({ entered, params }) => ({
      executionId: await runs.pause(entered, params.executionId),
    }),
    resumeExecution: async ({ entered, params }) => ({
      executionId: await runs.resume(entered, params.executionId),
    }),
    retryExecution: ({ entered, params, body, idempotencyKey }) =>
      runs.retry(entered, params.executionId, body ?? { version: "original" }, idempotencyKey),
    tryAgain: async ({ entered, params }) => ({
      executionId: await runs.tryAgain(entered, params.executionId),
    }),
    skipWait: async ({ entered, params, body }) => ({
      executionId: await runs.skipWait(
        entered,
        params.executionId,
        await laneOf(services, entered, params.executionId, body),
      ),
    }),
  };
}

function bulkHandlers(services: Services): HandlersOf<Pick<typeof executionRoutes, Bulks>> {
  const { bulk } = services;
  return {
    bulkCancel: async ({ entered, body: { filter, token, reason } }) =>
      bulk(entered, { act: "cancel", reason }, await filtersIn(services, entered, filter), token),
    bulkRetry: async ({ entered, body: { filter, token, ...how } }) =>
      bulk(entered, { act: "retry", how }, await filtersIn(services, entered, filter), token),
  };
}

type RunArea = "triggerAgent" | "executeAgent";

export function runHandlers({
  agents,
  runs,
}: Services): HandlersOf<Pick<typeof agentRoutes, RunArea>> {
  return {
    triggerAgent: async ({ entered, params, body, idempotencyKey }) => {
      const agent = await agents.get(entered.workspace.no, params.agentId);
      return { executionId: await runs.trigger(entered, agent, body?.target, idempotencyKey) };
    },
    executeAgent: async ({ entered, params, body, idempotencyKey }) => {
      const agent = await agents.get(entered.workspace.no, params.agentId);
      return { executionId: await runs.execute(entered, agent, body, idempotencyKey) };
    },
  };
}
