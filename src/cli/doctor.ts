import { FINDINGS, type Finding, type FindingKind } from "#ledger/doctor/finding.ts";
import { lookOver, repair, type Repaired, type Report } from "#upkeep/doctor.ts";

import { EXIT } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

export interface DoctorOptions {
  readonly data: string;
  readonly repair: boolean;
  readonly json: boolean;
}

/** Says what is wrong with a data folder; the exit code says whether anything (still) is. */
export async function doctor(terminal: Terminal, options: DoctorOptions): Promise<number> {
  const report = options.repair ? await repair(options.data, Date.now()) : lookOver(options.data);
  if (options.json) terminal.out(JSON.stringify(asJson(report)));
  else for (const line of phrase(report)) terminal.out(line);
  return report.findings.total === 0 ? EXIT.done : EXIT.failed;
}

const isRepaired = (report: Report | Repaired): report is Repaired => "before" in report;

function asJson(report: Report | Repaired): unknown {
  const { findings, executions, facts, running } = report;
  return {
    healthy: findings.total === 0,
    running,
    executions,
    facts,
    counts: Object.fromEntries(findings.counts),
    findings: findings.named.map((finding) => ({ ...finding, ...FINDINGS[finding.kind] })),
    ...(isRepaired(report) && {
      repaired: report.before - findings.total,
      copy: report.copy ?? null,
    }),
  };
}

function* phrase(report: Report | Repaired): Generator<string> {
  const { findings, executions, facts } = report;
  if (isRepaired(report) && report.copy !== undefined) {
    yield `${report.before - findings.total} of ${report.before} findings are mended; the ledger as it was: ${report.copy}`;
  }
  const byKind = Map.groupBy(findings.named, ({ kind }) => kind);
  for (const [kind, named] of byKind)
    yield* phraseKind(kind, named, findings.counts.get(kind) ?? 0);
  const read = `${executions} executions with ${facts} facts`;
  if (findings.total === 0) yield `${read}: all in order`;
  else yield `${read}: ${findings.total} findings`;
}

function* phraseKind(
  kind: FindingKind,
  named: readonly Finding[],
  count: number,
): Generator<string> {
  for (const { what } of named) yield what;
  if (count > named.length) yield `… and ${count - named.length} more like these`;
  yield `  → ${FINDINGS[kind].todo}`;
}
