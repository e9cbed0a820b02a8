/** Reads and sums a project's metrics, and records what people and specs took. AI time is only read. */
import { systemClock, type Clock } from "#domain/clock.ts";

import { withLock } from "./lock.ts";
import { consoleLog, type RecordsLog } from "./log.ts";
import {
  addMetricLine,
  readMetricLines,
  specsWithMetrics,
  type MetricLine,
} from "./metric-lines.ts";

export interface HumanSession {
  readonly specId: string;
  /** ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly ms: number;
}

/** The phases that `phaseMetrics` always has; the time of all others is in the total. */
const CORE_PHASES = ["requirements", "design", "tasks", "impl"] as const;
type CorePhase = (typeof CORE_PHASES)[number];

export interface PhaseMetrics {
  readonly aiTimeMs: number;
  readonly humanTimeMs: number;
  readonly status: "pending" | "completed";
}

export interface SpecMetrics {
  readonly specId: string;
  readonly totalAiTimeMs: number;
  readonly totalHumanTimeMs: number;
  /** Null: its lifecycle is not complete. */
  readonly totalElapsedMs: number | null;
  readonly phaseMetrics: Readonly<Record<CorePhase, PhaseMetrics>>;
  readonly status: "in-progress" | "completed";
}

export interface ProjectMetrics {
  readonly totalAiTimeMs: number;
  readonly totalHumanTimeMs: number;
  readonly completedSpecCount: number;
  readonly inProgressSpecCount: number;
}

export interface MetricsService {
  readonly setProjectPath: (path: string) => void;
  readonly recordHumanSession: (session: HumanSession) => Promise<void>;
  readonly startSpecLifecycle: (specId: string) => Promise<void>;
  /** Where none has begun, a warning is logged and nothing is written. */
  readonly completeSpecLifecycle: (specId: string) => Promise<void>;
  readonly getMetricsForSpec: (specId: string) => Promise<SpecMetrics>;
  readonly getProjectMetrics: () => Promise<ProjectMetrics>;
}

export interface MetricsOptions {
  readonly project: string;
  readonly clock?: Clock;
  readonly log?: RecordsLog;
}

/** Nothing lives in memory but the path: whatever was begun is found again in the files. */
export function metricsService(options: MetricsOptions): MetricsService {
  let { project } = options;
  const { clock = systemClock, log = consoleLog } = options;
  const now = () => new Date(clock.now()).toISOString();

  return {
    setProjectPath: (path) => {
      project = path;
    },
    recordHumanSession: async ({ specId, start, end, ms }) => {
      const line: MetricLine = { type: "human", spec: specId, start, end, ms };
      await withLock(project, () => addMetricLine(project, line));
    },
    startSpecLifecycle: async (specId) => {
      const line: MetricLine = {
        type: "lifecycle",
        spec: specId,
        event: "start",
        timestamp: now(),
      };
      await withLock(project, () => addMetricLine(project, line));
    },
    completeSpecLifecycle: (specId) =>
      withLock(project, () => completeLifecycle(project, specId, now(), log)),
    getMetricsForSpec: async (specId) => sumSpec(specId, await readMetricLines(project, specId)),
    getProjectMetrics: async () => {
      const specs = await specsWithMetrics(project);
      return sumProject(await Promise.all(specs.map((spec) => readMetricLines(project, spec))));
    },
  };
}

/** Whether a lifecycle of the spec has ever begun. */
export async function hasLifecycle(project: string, specId: string): Promise<boolean> {
  return linesOf(await readMetricLines(project, specId), "lifecycle").length > 0;
}

async function completeLifecycle(
  project: string,
  specId: string,
  timestamp: string,
  log: RecordsLog,
): Promise<void> {
  const lines = await readMetricLines(project, specId);
  const last = lines.findLast((line) => line.type === "lifecycle");
  if (last?.event !== "start") {
    log.warn(`${specId} has no lifecycle under way: its completion is not recorded`);
    return;
  }
  const totalMs = Date.parse(timestamp) - Date.parse(last.timestamp);
  await addMetricLine(project, {
    type: "lifecycle",
    spec: specId,
    event: "complete",
    timestamp,
    totalMs,
  });
}

type OfType<Type> = Extract<MetricLine, { readonly type: Type }>;

function linesOf<Type extends MetricLine["type"]>(
  lines: readonly MetricLine[],
  type: Type,
): readonly OfType<Type>[] {
  return lines.filter((line): line is OfType<Type> => line.type === type);
}

function sumMs(lines: readonly { readonly ms: number }[]): number {
  return lines.reduce((sum, { ms }) => sum + ms, 0);
}

function sumSpec(specId: string, lines: readonly MetricLine[]): SpecMetrics {
  const ai = linesOf(lines, "ai");
  const completed = linesOf(lines, "lifecycle").findLast(({ totalMs }) => totalMs !== undefined);
  const phases = CORE_PHASES.map((phase) => {
    const own = ai.filter((line) => line.phase === phase);
    const status = own.length === 0 ? "pending" : "completed";
    return [phase, { aiTimeMs: sumMs(own), humanTimeMs: 0, status }] as const;
  });
  return {
    specId,
    totalAiTimeMs: sumMs(ai),
    totalHumanTimeMs: sumMs(linesOf(lines, "human")),
    totalElapsedMs: completed?.totalMs ?? null,
    phaseMetrics: Object.fromEntries(phases) as Record<CorePhase, PhaseMetrics>,
    status: completed === undefined ? "in-progress" : "completed",
  };
}

function sumProject(specs: readonly (readonly MetricLine[])[]): ProjectMetrics {
  const all = specs.flat();
  const done = specs.filter((lines) =>
    linesOf(lines, "lifecycle").some(({ event }) => event === "complete"),
  );
  const begun = specs.filter((lines) => lines.length > 0);
  return {
    totalAiTimeMs: sumMs(linesOf(all, "ai")),
    totalHumanTimeMs: sumMs(linesOf(all, "human")),
    completedSpecCount: done.length,
    inProgressSpecCount: begun.length - done.length,
  };
}
