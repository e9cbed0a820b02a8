/** How long an execution took, in three parts: queued, active, waited. */
import type { ExecutionItem } from "#contract/shapes/executions.ts";

export interface Spent {
  readonly queuedMs: number;
  readonly activeMs: number;
  readonly waitedMs: number;
  /** It is still open, so the figures grow. */
  readonly isTicking: boolean;
}

type Timed = Pick<
  ExecutionItem,
  "phase" | "createdAt" | "startedAt" | "completedAt" | "activeMs" | "waitedMs"
>;

export function spent(item: Timed, now: number): Spent {
  const created = Date.parse(item.createdAt);
  const started = item.startedAt === null ? null : Date.parse(item.startedAt);
  const ended = item.completedAt === null ? null : Date.parse(item.completedAt);
  const isTicking = ended === null;
  const queuedMs = positive((started ?? ended ?? now) - created);
  if (started === null) return { queuedMs, activeMs: 0, waitedMs: 0, isTicking };
  const total = positive((ended ?? now) - started);
  return { queuedMs, isTicking, ...split(item, total) };
}

/** What is not known to be active while it waits is waiting, and the other way round. */
function split(
  { phase, activeMs, waitedMs }: Timed,
  total: number,
): Pick<Spent, "activeMs" | "waitedMs"> {
  if (phase === "waiting") {
    const active = Math.min(activeMs ?? 0, total);
    return { activeMs: active, waitedMs: total - active };
  }
  const waited = Math.min(waitedMs ?? 0, total);
  return { activeMs: total - waited, waitedMs: waited };
}

const positive = (ms: number): number => Math.max(0, ms);
