import type { z } from "zod";

import { type Dashboard, type RangeName, readDashboard } from "#analytics/dashboard.ts";
import type { Summary } from "#analytics/summary.ts";
import type { analyticsRoutes } from "#contract/routes/analytics.ts";
import type { dashboardSchema } from "#contract/shapes/analytics.ts";
import { decimalDollars } from "#domain/money.ts";
import { wallClockOf } from "#domain/zones.ts";
import type { AgentName } from "#workspace/agent-reading.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { showSpending } from "../executions/spending.ts";
import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { agentNoOf } from "./agent-no.ts";

type Shown = z.input<typeof dashboardSchema>;

export function analyticsHandlers(services: Services): HandlersOf<typeof analyticsRoutes> {
  const dashboard = async (entered: Entered, range: RangeName, agentId?: string) =>
    show(services, entered, range, await agentNoOf(services, entered, agentId));
  return {
    getDashboard: ({ entered, query }) => dashboard(entered, query.dateRange, query.agentId),
    getAgentDashboard: ({ entered, params, query }) =>
      dashboard(entered, query.dateRange, params.agentId),
  };
}

const DAY_MS = 86_400_000;

async function show(
  { store, clock, agents }: Services,
  { workspace: { no: ws, zone } }: Entered,
  range: RangeName,
  agent: number | undefined,
): Promise<Shown> {
  const today = Math.floor(wallClockOf(clock.now(), zone) / DAY_MS);
  const read = await readDashboard(store, { ws, agent, range, today });
  const names = await agents.names(read.byAgent.map((one) => one.agent));
  const { days, totals, before, byDay, open } = read;
  return {
    from: dateOf(days.from),
    to: dateOf(days.to),
    zone,
    totals: showSummary(totals),
    before: before === null ? null : showSummary(before),
    days: byDay.map(({ day, cost, ...rest }) => ({
      ...rest,
      date: dateOf(day),
      cost: cost === null ? null : decimalDollars(BigInt(cost)),
    })),
    agents: read.byAgent.map((one) => showAgent(one, names.get(one.agent))),
    open: { ...open, byPhase: { ...open.byPhase } },
  };
}

function showAgent(
  { agent: _no, ...summary }: Dashboard["byAgent"][number],
  name: AgentName | undefined,
): Shown["agents"][number] {
  const agent = name === undefined ? null : { id: name.id, name: name.name, deleted: name.deleted };
  return { agent, ...showSummary(summary) };
}

function showSummary({ spending, byState, figures, ...rest }: Summary): Shown["totals"] {
  return { ...rest, byState: { ...byState }, figures: { ...figures }, ...showSpending(spending) };
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
