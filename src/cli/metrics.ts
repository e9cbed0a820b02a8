/** `stint metrics`: what the specs of a project folder took and used, from its files alone. */
import { resolve } from "node:path";

import { isFolder } from "#agent-cli/is-folder.ts";
import {
  hasLifecycle,
  metricsService,
  type SpecMetrics,
} from "#agent-cli/records/metrics-service.ts";
import { specsOf, sumPhases, type PhaseSum } from "#agent-cli/records/phases.ts";
import { Fault } from "#domain/fault.ts";
import { decimalDollars, showMoney } from "#domain/money.ts";

import { EXIT } from "./exit-codes.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

export interface MetricsOptions {
  readonly project: string;
  readonly json: boolean;
}

interface SpecAccount {
  readonly metrics: SpecMetrics;
  /** Of its lifecycle. */
  readonly isBegun: boolean;
  readonly phases: readonly PhaseSum[];
}

/** @throws Fault `not_found` for a folder that is not there, or a spec of which nothing is recorded */
export async function showMetrics(
  terminal: Terminal,
  spec: string | undefined,
  options: MetricsOptions,
): Promise<number> {
  const project = resolve(options.project);
  if (!isFolder(project)) throw noFolder(project);
  const known = await specsOf(project);
  if (spec !== undefined && !known.includes(spec)) throw nothingOf(spec, project);
  const accounts = await Promise.all(
    (spec === undefined ? known : [spec]).map((each) => accountOf(project, each)),
  );
  if (options.json) terminal.out(JSON.stringify(accounts.map(toJson)));
  else for (const line of phrase(accounts)) terminal.out(line);
  return EXIT.done;
}

async function accountOf(project: string, spec: string): Promise<SpecAccount> {
  const metrics = await metricsService({ project }).getMetricsForSpec(spec);
  const isBegun = await hasLifecycle(project, spec);
  return { metrics, isBegun, phases: await sumPhases(project, spec) };
}

function noFolder(project: string): Fault {
  return new Fault("not_found", `There is no folder ${project}.`, {
    suggestion: "Name the folder of the project, in which `.stint` lies, with --project.",
  });
}

function nothingOf(spec: string, project: string): Fault {
  return new Fault("not_found", `Nothing is recorded of ${spec} in ${project}/.stint.`, {
    suggestion: "See `stint metrics` for what is, or name the folder with --project.",
  });
}

function toJson({ metrics, isBegun, phases }: SpecAccount): unknown {
  const rows = phases.map(({ nano, ...phase }) => ({
    ...phase,
    cost: nano === null ? null : decimalDollars(nano),
  }));
  return { ...metrics, lifecycleBegun: isBegun, phases: rows };
}

const NOTHING = "Nothing is recorded here yet.";

function phrase(accounts: readonly SpecAccount[]): readonly string[] {
  if (accounts.length === 0) return [NOTHING];
  return accounts.flatMap((account, index) => [
    ...(index === 0 ? [] : [""]),
    ...phraseSpec(account),
  ]);
}

function phraseSpec({ metrics, isBegun, phases }: SpecAccount): readonly string[] {
  const { specId, status, totalAiTimeMs, totalHumanTimeMs, totalElapsedMs } = metrics;
  const open = isBegun ? "under way" : "not begun";
  const elapsed = totalElapsedMs === null ? open : phraseMs(totalElapsedMs);
  const head = [
    `${specId} (${status})`,
    `  AI time     ${phraseMs(totalAiTimeMs)}`,
    `  human time  ${phraseMs(totalHumanTimeMs)}`,
    `  lifecycle   ${elapsed}`,
  ];
  if (phases.length === 0) return head;
  const header = [
    "PHASE",
    "AI TIME",
    "RUNS",
    "INPUT",
    "CACHE READ",
    "CACHE WRITE",
    "OUTPUT",
    "COST",
  ];
  return [...head, ...table(header, phases.map(phraseRow)).map((line) => `  ${line}`)];
}

function phraseRow({ phase, aiTimeMs, executions, tokens, nano, unknownCosts }: PhaseSum) {
  const counts = [tokens.input, tokens.cacheRead, tokens.cacheWrite, tokens.output];
  const cost = nano === null ? "not known" : phraseCost(nano, unknownCosts);
  return [phase, phraseMs(aiTimeMs), String(executions), ...counts.map(phraseCount), cost];
}

function phraseCost(nano: bigint, unknown: number): string {
  return `${showMoney(nano)}${unknown === 0 ? "" : ` (${unknown} not known)`}`;
}

/** What is not known is no 0. */
function phraseCount(count: number | null): string {
  return count === null ? "–" : count.toLocaleString("en-US");
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function phraseMs(ms: number): string {
  if (ms < MINUTE) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (ms < HOUR) return `${minutes} min ${Math.floor((ms % MINUTE) / 1000)} s`;
  return `${Math.floor(ms / HOUR)} h ${minutes} min`;
}
