/** What the phases of a spec took and used: AI time from its metrics, tokens and cost from its records. */
import { addTokens, NOT_SAID, type TokenCounts } from "../tokens.ts";
import { readMetricLines, specsWithMetrics, type MetricLine } from "./metric-lines.ts";
import { recordService } from "./record-service.ts";
import type { AgentRecord } from "./record.ts";

export interface PhaseSum {
  readonly phase: string;
  readonly aiTimeMs: number;
  /** Executions that ended. */
  readonly executions: number;
  readonly tokens: TokenCounts;
  /** Nano-dollars, as far as they are known; null: none are. */
  readonly nano: bigint | null;
  /** Executions whose cost is not known. */
  readonly unknownCosts: number;
}

/** The phases of a spec in the order in which they began. */
export async function sumPhases(project: string, specId: string): Promise<readonly PhaseSum[]> {
  const lines = await readMetricLines(project, specId);
  const records = await recordService(() => project).listRecords(specId);
  const phases = new Set([...phasesOf(lines), ...records.map(({ phase }) => phase)]);
  return [...phases].map((phase) =>
    sumPhase(
      phase,
      lines,
      records.filter((record) => record.phase === phase),
    ),
  );
}

function phasesOf(lines: readonly MetricLine[]): readonly string[] {
  return lines.flatMap((line) => (line.type === "ai" ? [line.phase] : []));
}

function sumPhase(
  phase: string,
  lines: readonly MetricLine[],
  records: readonly AgentRecord[],
): PhaseSum {
  const times = lines.flatMap((line) =>
    line.type === "ai" && line.phase === phase ? [line.ms] : [],
  );
  const spent = records.flatMap((record) => record.spent ?? []);
  const known = spent.flatMap(({ nano }) => (nano === null ? [] : [BigInt(nano)]));
  return {
    phase,
    aiTimeMs: times.reduce((sum, ms) => sum + ms, 0),
    executions: times.length,
    tokens: spent.reduce((sum, { tokens }) => addTokens(sum, { ...NOT_SAID, ...tokens }), NOT_SAID),
    nano: known.length === 0 ? null : known.reduce((sum, nano) => sum + nano, 0n),
    unknownCosts: Math.max(0, times.length - known.length),
  };
}

/** The specs of a project that have metrics or records, sorted. */
export async function specsOf(project: string): Promise<readonly string[]> {
  const records = await recordService(() => project).listRecords();
  const all = new Set([
    ...(await specsWithMetrics(project)),
    ...records.map(({ specId }) => specId),
  ]);
  return [...all].toSorted();
}
