/** What is asked for over HTTP, as the filters of a list. */
import type { z } from "zod";

import type { executionsQuerySchema } from "#contract/shapes/executions.ts";
import { nanoDollars } from "#domain/money.ts";
import { driverOf } from "#drivers/invocation/input.ts";

import type { Filters } from "./filters.ts";

type Asked = Omit<z.output<typeof executionsQuerySchema>, "agentId" | "cursor" | "limit" | "sort">;

const HOUR = 3_600_000;
export const RANGES = { "24h": 24 * HOUR, "7d": 7 * 24 * HOUR, "30d": 30 * 24 * HOUR } as const;

export function filtersOf(asked: Asked, now: number): Omit<Filters, "ws" | "agent"> {
  const { status, phase, kind, cli, trigger, target, label, paused, blocked } = asked;
  const { minDurationMs, maxDurationMs, minCost, maxCost, dateRange, from, to } = asked;
  const since = from === undefined ? undefined : Date.parse(from);
  return {
    ...ofCli(cli),
    ...(kind !== undefined && { kind }),
    trigger,
    target,
    label,
    paused,
    blocked,
    states: status,
    phases: phase,
    minMs: minDurationMs,
    maxMs: maxDurationMs,
    minCost: nanoOf(minCost),
    maxCost: nanoOf(maxCost),
    since: dateRange === undefined ? since : Math.max(now - RANGES[dateRange], since ?? 0),
    until: to === undefined ? undefined : Date.parse(to),
  };
}

/** The kind has an index. */
function ofCli(cli: Asked["cli"]): Pick<Filters, "kind" | "drivers"> {
  return cli === undefined ? {} : { kind: "invocation", drivers: [driverOf(cli)] };
}

function nanoOf(dollars: number | undefined): number | undefined {
  return dollars === undefined ? undefined : Number(nanoDollars(dollars));
}
