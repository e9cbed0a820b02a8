/** A row of executions as lists show it, with what its first and last facts add. */
import type { ExecutionItem, ExecutionStep } from "#contract/shapes/executions.ts";
import { phraseDuration } from "#domain/durations.ts";
import type { CreatedFact, Fact } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { ExecutionId } from "#domain/id.ts";
import { hasEnded, phaseOf } from "#domain/kinds.ts";
import type { InLine } from "#engine/limits/why.ts";
import type { AgentName } from "#workspace/agent-reading.ts";

import { showTime, showTimeOr } from "../times.ts";
import type { Actors } from "./actors.ts";
import type { Standing } from "./describe.ts";
import type { Ends } from "./ends.ts";
import { showInLine } from "./in-line.ts";
import type { ExecutionRow } from "./rows.ts";
import { showSpending } from "./spending.ts";
import type { Spent } from "./spent.ts";
import { summarize } from "./summary.ts";

export interface ItemParts {
  readonly row: ExecutionRow;
  readonly ends: Ends;
  readonly agent: AgentName | undefined;
  readonly actors: Actors;
  readonly standing: Standing;
  readonly spent: Spent;
  /** Where it never began. */
  readonly inLine: InLine | undefined;
  /** The version of its program with which it would go on. */
  readonly loaded: string | undefined;
}

type Shown = ExecutionItem;

export function showItem(parts: ItemParts): Shown {
  const { row, ends, agent, actors, standing, spent } = parts;
  const { created } = ends;
  const resumeAt = row.state === "waiting" ? (lastOf(ends, "waiting")?.until ?? null) : null;
  return {
    id: row.id as ExecutionId,
    kind: row.kind,
    status: statusOf(row),
    phase: phaseOf(row.kind, row.state) ?? "pending",
    label: row.label,
    agent: agent === undefined ? null : { id: agent.id, name: agent.name, deleted: agent.deleted },
    agentVersion: created.agentVersion ?? null,
    trigger: showTrigger(created, actors),
    createdAt: showTime(row.createdAt),
    startedAt: showTimeOr(row.startedAt),
    completedAt: showTimeOr(row.endedAt),
    durationMs: durationOf(row),
    activeMs: spent.activeMs,
    waitedMs: spent.waitedMs,
    resumeAt: showTimeOr(resumeAt),
    waitsFor: waitsFor(parts, resumeAt),
    blocked: row.blocked,
    blockedSince: showTimeOr(row.blockedSince),
    pausedBy: pausedBy(row, actors),
    stepsDone: standing.stepsDone,
    stepsTotal: standing.stepsTotal,
    message: messageOf({ row, ends, actors, standing }, resumeAt),
    summary: row.endedAt === null ? null : summarize(row.figures),
    error: row.endedAt === null ? null : errorOf(ends),
    warnings: row.warnings,
    figures: row.figures,
    ...showSpending(row.spending),
    retryOf: (created.retryOf as ExecutionId | undefined) ?? null,
  };
}

/** An invocation has completed however it ended; its phase tells how. */
export function statusOf({ kind, state }: Pick<ExecutionRow, "kind" | "state">): Shown["status"] {
  const isOver = kind === "invocation" && hasEnded(kind, state);
  return isOver ? "completed" : (state as Shown["status"]);
}

function showTrigger({ trigger }: CreatedFact, actors: Actors): Shown["trigger"] {
  const type = trigger.type === "parent" ? "api" : trigger.type;
  return { type, event: trigger.event ?? null, by: actors.of(trigger.by) };
}

function durationOf({ startedAt, endedAt }: ExecutionRow): number | null {
  return startedAt === null || endedAt === null ? null : endedAt - startedAt;
}

type FactNamed<T extends Fact["t"]> = Extract<Fact, { readonly t: T }>;

export function lastOf<const T extends Fact["t"]>(
  { latest }: Ends,
  type: T,
): FactNamed<T> | undefined {
  return latest.findLast((fact): fact is FactNamed<T> => fact.t === type);
}

function errorOf(ends: Ends): Shown["error"] {
  const fault = lastOf(ends, "failed")?.fault;
  return fault === undefined ? null : showFault(fault);
}

export function showFault(fault: KeptFault): NonNullable<ExecutionStep["error"]> {
  const { code, message, suggestion = null, step = null, details = null } = fault;
  return { code, message, suggestion, step, details };
}

/** The program that is there does something else than what is on record. */
function waitsForUpdate(
  { driver, driverVersion }: ExecutionRow,
  loaded: string | undefined,
): Shown["waitsFor"] {
  const now = loaded === undefined ? "it is not loaded" : `version ${loaded} is loaded`;
  const text = `an update of the program "${driver}": it is on version ${driverVersion}, ${now}`;
  return { what: "update", text, until: null, who: null };
}

/** Beside every open execution stand: what it waits for, until when, who must act. */
function waitsFor(
  { row, ends, inLine, loaded }: ItemParts,
  resumeAt: number | null,
): Shown["waitsFor"] {
  if (row.pausedBy !== null) return WAITS_FOR_RESUME;
  if (row.blocked !== null) return waitsForUpdate(row, loaded);
  if (inLine !== undefined) return showInLine(inLine);
  if (row.state !== "waiting") return null;
  if (resumeAt === null)
    return { what: "signal", text: "an answer from outside", until: null, who: null };
  return {
    what: "timer",
    text: phraseSpan(resumeAt - ends.latestAt),
    until: showTime(resumeAt),
    who: null,
  };
}

const WAITS_FOR_RESUME: Shown["waitsFor"] = {
  what: "person",
  text: "somebody who resumes it",
  until: null,
  who: "whoever may run it",
};

function pausedBy({ pausedBy: by }: ExecutionRow, actors: Actors): Shown["pausedBy"] {
  return by === null ? null : actors.of(by);
}

function messageOf(
  { row, ends, actors, standing }: Pick<ItemParts, "row" | "ends" | "actors" | "standing">,
  resumeAt: number | null,
): string | null {
  const by = pausedBy(row, actors);
  if (by !== null) return `Paused by ${by.name}`;
  if (standing.message !== null) return standing.message;
  if (row.blocked !== null) return `Blocked at ${row.blocked}: it goes on after an update`;
  if (row.state === "waiting" && resumeAt !== null) {
    return `Agent paused. Will resume in ${phraseSpan(resumeAt - ends.latestAt)}.`;
  }
  return lastOf(ends, "skipped")?.reason ?? null;
}

const DAY = 86_400;

/** A span as a person says it: whole days, hours, minutes or seconds. */
function phraseSpan(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const none = {
    sign: 1,
    years: 0,
    months: 0,
    weeks: 0,
    days: 0,
    hours: 0,
    minutes: 0,
    seconds: 0,
  } as const;
  if (seconds >= DAY) return phraseDuration({ ...none, days: Math.round(seconds / DAY) });
  if (seconds >= 3600) return phraseDuration({ ...none, hours: Math.round(seconds / 3600) });
  if (seconds >= 60) return phraseDuration({ ...none, minutes: Math.round(seconds / 60) });
  return phraseDuration({ ...none, seconds });
}
