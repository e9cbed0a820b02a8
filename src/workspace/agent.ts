/** An agent as it is kept, and what each status lets happen to it. */
import type { Selectable } from "kysely";
import type { z } from "zod";

import type { Refusal } from "#contract/problem.ts";
import {
  type AGENT_STATUSES,
  type configurationSchema,
  type PAUSE_REASONS,
  restrictionsSchema,
} from "#contract/shapes/agents.ts";
import type { Actor } from "#contract/shapes/common.ts";
import { OFFLINE, type Reading } from "#contract/shapes/reading.ts";
import { Fault } from "#domain/fault.ts";
import type { AgentId, TemplateId } from "#domain/id.ts";
import type { Plan } from "#domain/plan.ts";
import type { AgentTable, AgentVersionTable } from "#store/tables/workspace.ts";

import { readActor } from "./actor.ts";

export type AgentStatus = (typeof AGENT_STATUSES)[number];
export type PauseReason = (typeof PAUSE_REASONS)[number];
export type Configuration = z.output<typeof configurationSchema>;

/** What the instructions became: a plan, or why they could not be understood. */
export type Understood = { readonly reading: Reading } & (
  | { readonly plan: Plan; readonly parseError: null }
  | { readonly plan: null; readonly parseError: Refusal }
);

export type AgentVersion = Configuration &
  Understood & {
    /** The agent's. */
    readonly no: number;
    readonly version: number;
    readonly savedBy: Actor;
    readonly savedAt: number;
    /** The version that it restored. */
    readonly restoredFrom: number | null;
  };

/** An agent with its latest version. */
export type Agent = Configuration &
  Understood & {
    /** What executions name it by, inside. */
    readonly no: number;
    readonly version: number;
    readonly id: AgentId;
    readonly ws: number;
    readonly status: AgentStatus;
    readonly pausedReason: PauseReason | null;
    readonly holdUntil: number | null;
    readonly createdBy: Actor;
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly deletedAt: number | null;
  };

/** What can happen to an agent, from which statuses, and what it is then; `back` is what it was before. */
export const AGENT_ARROWS = {
  goLive: { draft: "live" },
  pause: { draft: "paused", live: "paused", onHold: "paused" },
  hold: { draft: "onHold", live: "onHold" },
  resume: { paused: "back", onHold: "back" },
} as const satisfies Record<string, Partial<Record<AgentStatus, AgentStatus | "back">>>;
export type AgentAct = keyof typeof AGENT_ARROWS;

const WORDS: Readonly<Record<AgentStatus, string>> = {
  draft: "a draft",
  live: "live",
  paused: "paused",
  onHold: "on hold",
};
const ACTS: Readonly<Record<AgentAct, string>> = {
  goLive: "go live",
  pause: "be paused",
  hold: "be put on hold",
  resume: "be resumed",
};

/** The status that follows. @throws Fault `conflict` naming both. */
export function statusAfter(
  act: AgentAct,
  status: AgentStatus,
  resumesAs: AgentStatus,
): AgentStatus {
  const arrows: Partial<Record<AgentStatus, AgentStatus | "back">> = AGENT_ARROWS[act];
  const to = arrows[status];
  if (to === undefined) {
    throw new Fault("conflict", `This agent is ${WORDS[status]}: it cannot ${ACTS[act]}`, {
      facts: { status },
    });
  }
  return to === "back" ? resumesAs : to;
}

type VersionRow = Omit<Selectable<AgentVersionTable>, "agent">;

function readConfiguration(row: VersionRow): Configuration {
  return {
    name: row.name,
    goal: row.goal,
    instructions: row.instructions,
    triggers: JSON.parse(row.triggers) as Configuration["triggers"],
    restrictions: restrictionsSchema.parse(JSON.parse(row.restrictions)),
    memory: JSON.parse(row.memory) as Configuration["memory"],
    manualRun: JSON.parse(row.manual_run) as Configuration["manualRun"],
    reenrolment: row.reenrolment as Configuration["reenrolment"],
    defaultTemplateId: row.default_template_id as TemplateId | null,
  };
}

function readUnderstood({ plan, parse_error, reading: read }: VersionRow): Understood {
  const reading: Reading = {
    ...OFFLINE,
    ...(read === null ? {} : (JSON.parse(read) as Partial<Reading>)),
  };
  if (plan !== null) return { plan: JSON.parse(plan) as Plan, parseError: null, reading };
  return { plan: null, parseError: JSON.parse(parse_error ?? "null") as Refusal, reading };
}

export function toVersion(row: Selectable<AgentVersionTable>): AgentVersion {
  return {
    no: row.agent,
    version: row.version,
    ...readConfiguration(row),
    ...readUnderstood(row),
    savedBy: readActor(row.saved_by),
    savedAt: row.saved_at,
    restoredFrom: row.restored_from,
  };
}

/** From a row of `agent` joined with its latest version, whose columns win where both have one. */
export function toAgent(row: Selectable<AgentTable> & VersionRow): Agent {
  return {
    no: row.no,
    id: row.id as AgentId,
    ws: row.ws,
    version: row.version,
    ...readConfiguration(row),
    ...readUnderstood(row),
    status: row.status as AgentStatus,
    pausedReason: row.paused_reason as PauseReason | null,
    holdUntil: row.hold_until,
    createdBy: readActor(row.created_by),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
  };
}

/** The columns of `agent_version` for a configuration. */
export function versionColumns(
  { triggers, restrictions, memory, manualRun, ...rest }: Configuration,
  { plan, parseError, reading }: Understood,
): Omit<VersionRow, "version" | "saved_by" | "saved_at" | "restored_from"> {
  return {
    name: rest.name,
    goal: rest.goal,
    instructions: rest.instructions,
    plan: plan === null ? null : JSON.stringify(plan),
    parse_error: parseError === null ? null : JSON.stringify(parseError),
    reading: JSON.stringify(reading),
    triggers: JSON.stringify(triggers),
    restrictions: JSON.stringify(restrictions),
    memory: JSON.stringify(memory),
    manual_run: JSON.stringify(manualRun),
    reenrolment: rest.reenrolment,
    default_template_id: rest.defaultTemplateId,
  };
}
