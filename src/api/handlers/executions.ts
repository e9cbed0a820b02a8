import type { z } from "zod";

import type { agentRoutes } from "#contract/routes/agents.ts";
import type { executionRoutes } from "#contract/routes/executions.ts";
import type { Execution, executionListSchema, Moment } from "#contract/shapes/executions.ts";
import { Fault } from "#domain/fault.ts";
import type { Phase } from "#domain/kinds.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { idOf } from "../executions/actors.ts";
import type { BulkFilter } from "../executions/bulk-start.ts";
import type { HandlersOf } from "../handler.ts";
import {
  redactExecution,
  redactFact,
  redactItem,
  redactJourney,
  type View,
  viewOf,
} from "../redact.ts";
import type { Services } from "../services.ts";
import { showTimeOr } from "../times.ts";
import { journeyHandlers, laneOf } from "./journeys.ts";

export function executionHandlers(services: Services): HandlersOf<typeof executionRoutes> {
  return {
    ...readingHandlers(services),
    ...actingHandlers(services),
    ...bulkHandlers(services),
    ...journeyHandlers(services),
  };
}

type Acting = "cancelExecution" | "retryExecution" | "skipWait" | "tryAgain";
type Bulks = "bulkCancel" | "bulkRetry";
type Journeys = "retryJourney" | "stopJourney" | "skipJourneyWait";
type Reading = Exclude<keyof typeof executionRoutes, Acting | Bulks | Journeys | "followEvents">;

function readingHandlers(services: Services): HandlersOf<Pick<typeof executionRoutes, Reading>> {
  const { executions } = services;
  return {
    listExecutions: async ({ entered, query: { agentId, ...query } }) =>
      list(
        services,
        entered,
        query,
        agentId === undefined ? undefined : await mustAgent(services, entered, agentId),
      ),
    listAgentExecutions: async ({ entered, params, query }) =>
      list(services, entered, query, await mustAgent(services, entered, params.agentId)),
    getExecution: ({ entered, params, query }) =>
      detail(services, entered, params.executionId, query.at),
    getAgentExecution: async ({ entered, params }) => {
      const agent = await mustAgent(services, entered, params.agentId);
      const row = await executions.row(entered.workspace.no, params.executionId);
      if (row.agent === agent) return detail(services, entered, params.executionId);
      throw new Fault("not_found", `The agent has no execution ${params.executionId}`);
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
  { executions, clock }: Services,
  entered: Entered,
  query: Filters,
  agent: number | undefined,
): Promise<ExecutionPage> {
  const asked = { ...rangeOf(query, clock.now()), ws: entered.workspace.no, agent };
  const { items, nextCursor, lookedBackTo } = await executions.list(asked);
  return {
    items: items.map((item) => redactItem(item, viewOf(entered, item.trigger.by.id))),
    nextCursor,
    lookedBackTo: showTimeOr(lookedBackTo),
  };
}

type ExecutionPage = z.output<typeof executionListSchema>;

/** A deleted agent's history stays. */
async function mustAgent({ agents }: Services, entered: Entered, id: string): Promise<number> {
  const agent = await agents.find(entered.workspace.no, id);
  if (agent !== undefined) return agent.no;
  throw new Fault("not_found", "There is no such agent in this workspace");
}

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
      bulk(entered, { act: "cancel", reason }, await filterOf(services, entered, filter), token),
    bulkRetry: async ({ entered, body: { filter, token, ...how } }) =>
      bulk(entered, { act: "retry", how }, await filterOf(services, entered, filter), token),
  };
}

async function filterOf(
  services: Services,
  entered: Entered,
  {
    agentId,
    ...query
  }: Omit<Filters, "sort" | "cursor" | "limit"> & { agentId?: string | undefined },
): Promise<BulkFilter> {
  const agent = agentId === undefined ? undefined : await mustAgent(services, entered, agentId);
  return { ...rangeOf(query, services.clock.now()), agent };
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

interface Filters {
  readonly status?: readonly string[] | undefined;
  readonly phase?: readonly Phase[] | undefined;
  readonly dateRange?: "24h" | "7d" | "30d" | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kind?: string | undefined;
  readonly blocked?: boolean | undefined;
  readonly search?: string | undefined;
  readonly sort: "newest" | "oldest";
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const HOUR = 3_600_000;
const RANGES = { "24h": 24 * HOUR, "7d": 7 * 24 * HOUR, "30d": 30 * 24 * HOUR } as const;

function rangeOf<F extends Omit<Filters, "sort" | "cursor" | "limit">>(
  { status, phase, dateRange, from, to, ...query }: F,
  now: number,
) {
  const since = from === undefined ? undefined : Date.parse(from);
  return {
    ...query,
    states: status,
    phases: phase,
    since: dateRange === undefined ? since : Math.max(now - RANGES[dateRange], since ?? 0),
    until: to === undefined ? undefined : Date.parse(to),
  };
}
