/**
 * Agents and metrics of a project folder, in files that any program may read.
 *
 * @example
 * import { openRecords } from "stint/records";
 *
 * const { metricsService } = openRecords({ project: "." });
 * console.log(await metricsService.getProjectMetrics());
 */
import type { Clock } from "#domain/clock.ts";

import type { Launcher } from "./launcher.ts";
import type { RecordsLog } from "./log.ts";
import { metricsService, type MetricsService } from "./metrics-service.ts";
import { recordService, type RecordService } from "./record-service.ts";
import { specManagerService, type SpecManagerService } from "./spec-manager-service.ts";
import { supervisedLauncher } from "./supervised-launcher.ts";

export type { AgentExecution, AgentInfo, AgentRecord, AgentSpent, AgentStatus } from "./record.ts";
export type { HumanSession, ProjectMetrics, SpecMetrics } from "./metrics-service.ts";
export type { AgentExit } from "./ending.ts";
export type { Adopted, AgentOrder, Launched } from "./launcher.ts";
export type { Recovered } from "./recovery.ts";
export type { Launcher, MetricsService, RecordService, RecordsLog, SpecManagerService };

export interface RecordsOptions {
  /** The project folder's path; records lie in its `.stint/`. */
  readonly project: string;
  /** What starts agents: without it, they are started under Stint's own supervision. */
  readonly launcher?: Launcher;
  readonly clock?: Clock;
  readonly log?: RecordsLog;
}

export interface Records {
  readonly recordService: RecordService;
  readonly metricsService: MetricsService;
  readonly specManagerService: SpecManagerService;
  /** Another project, for all three; agents that run in the old one stay in its account. */
  readonly setProjectPath: (path: string) => void;
}

export function openRecords(options: RecordsOptions): Records {
  let { project } = options;
  const metrics = metricsService(options);
  const launcher = options.launcher ?? supervisedLauncher();
  const specManager = specManagerService({ ...options, launcher });
  return {
    recordService: recordService(() => project),
    metricsService: metrics,
    specManagerService: specManager,
    setProjectPath: (path) => {
      project = path;
      metrics.setProjectPath(path);
      specManager.setProjectPath(path);
    },
  };
}
