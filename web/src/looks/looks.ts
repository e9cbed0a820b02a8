/**
 * How every state looks: icon, word and tone, never colour alone. The records are total over the domain's tables, so a
 * state that is added there does not compile here until it is given its look.
 */
import type { AGENT_STATUSES } from "#contract/shapes/agents.ts";
import type { ExecutionItem, STEP_STATUSES } from "#contract/shapes/executions.ts";
import { type JourneyState, journeyMachine } from "#domain/journey.ts";
import { type Kind, KINDS, type Phase, type StateOfKind } from "#domain/kinds.ts";

export type Tone = "grey" | "blue" | "violet" | "amber" | "green" | "red" | "slate" | "orange";

export type IconName =
  | "pending"
  | "active"
  | "clock"
  | "person"
  | "check"
  | "cross"
  | "stop"
  | "skip"
  | "warning"
  | "question"
  | "blocked"
  | "pause"
  | "draft";

export interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

const look = (word: string, icon: IconName, tone: Tone): Look => ({ word, icon, tone });

const QUEUED = look("Queued", "pending", "grey");
const RUNNING = look("Running", "active", "blue");
const WAITING = look("Waiting", "clock", "violet");
const COMPLETED = look("Completed", "check", "green");
const FAILED = look("Failed", "cross", "red");
const CANCELED = look("Canceled", "stop", "slate");
const SKIPPED = look("Skipped", "skip", "grey");
const TO_DO = look("To do", "pending", "grey");
const IN_PROGRESS = look("In progress", "active", "blue");
const PAUSED = look("Paused", "pause", "amber");
const DONE = look("Done", "check", "green");
const ERROR = look("Error", "cross", "red");
const run = {
  queued: QUEUED,
  running: RUNNING,
  waiting: WAITING,
  completed: COMPLETED,
  failed: FAILED,
  canceled: CANCELED,
};

type Looks = { readonly [K in Kind]: { readonly [S in StateOfKind<K>]: Look } };

const EXECUTION_LOOKS: Looks = {
  automation: { ...run, skipped: SKIPPED },
  program: run,
  workflow: {
    todo: TO_DO,
    in_progress: IN_PROGRESS,
    paused: PAUSED,
    done: DONE,
    error: ERROR,
    canceled: CANCELED,
  },
  node: {
    todo: TO_DO,
    in_progress: IN_PROGRESS,
    in_review: look("In review", "person", "amber"),
    done: DONE,
    error: ERROR,
    canceled: CANCELED,
  },
  invocation: {
    idle: look("Idle", "pending", "grey"),
    running: RUNNING,
    completed: COMPLETED,
    failed: FAILED,
    canceled: CANCELED,
  },
  loop: {
    created: look("Created", "pending", "grey"),
    queued: QUEUED,
    running: RUNNING,
    paused: PAUSED,
    completed: COMPLETED,
    failed: FAILED,
    canceled: CANCELED,
  },
};

export const PHASE_LOOKS: Readonly<Record<Phase, Look>> = {
  pending: QUEUED,
  active: RUNNING,
  waiting: WAITING,
  succeeded: COMPLETED,
  failed: FAILED,
  canceled: CANCELED,
  skipped: SKIPPED,
};

type Shown = Pick<
  ExecutionItem,
  "kind" | "status" | "phase" | "waitsFor" | "blocked" | "pausedBy" | "warnings"
>;

/** The look of an execution: of its state, unless what it waits for (or that it is blocked or paused) says more. */
export function lookOf(shown: Shown): Look {
  const { kind, status, phase, waitsFor, blocked, pausedBy, warnings } = shown;
  if (blocked !== null) return look("Blocked", "blocked", "orange");
  if (pausedBy !== null) return PAUSED;
  if (phase === "waiting" && waitsFor?.what === "person")
    return look("Needs you", "person", "amber");
  if (phase === "succeeded" && warnings > 0)
    return look("Completed with warnings", "warning", "orange");
  return lookOfState(kind, status, phase);
}

/** An invocation that is completed has the same status however it ended. */
function lookOfState(kind: Kind, status: string, phase: Phase): Look {
  const looks: Readonly<Record<string, Look>> = EXECUTION_LOOKS[kind];
  const isBySide = kind === "invocation" && status === "completed";
  return isBySide ? PHASE_LOOKS[phase] : (looks[status] ?? PHASE_LOOKS[phase]);
}

export type StepStatus = (typeof STEP_STATUSES)[number];

export const STEP_LOOKS: Readonly<Record<StepStatus, Look>> = {
  pending: look("Pending", "pending", "grey"),
  running: RUNNING,
  waiting: WAITING,
  completed: COMPLETED,
  failed: FAILED,
  skipped: SKIPPED,
  notExecuted: look("Not executed", "pending", "grey"),
  warning: look("Warning", "warning", "orange"),
  uncertain: look("Uncertain", "question", "orange"),
};

export type AgentStatus = (typeof AGENT_STATUSES)[number];

export const AGENT_LOOKS: Readonly<Record<AgentStatus, Look>> = {
  draft: look("Draft", "draft", "grey"),
  live: look("Live", "check", "green"),
  paused: look("Paused", "pause", "amber"),
  onHold: look("On hold", "clock", "violet"),
};

const JOURNEY_LOOKS: Readonly<Record<JourneyState, Look>> = {
  running: RUNNING,
  waiting: WAITING,
  completed: COMPLETED,
  failed: FAILED,
  canceled: CANCELED,
  skipped: SKIPPED,
};
export const JOURNEY_STATES = journeyMachine.states;

/** The contract leaves a journey's state open for kinds to come; an unknown one is named as it is, never hidden. */
export function lookOfJourney(state: string): Look {
  return (
    (JOURNEY_LOOKS as Readonly<Record<string, Look>>)[state] ?? look(state, "question", "grey")
  );
}

/** The states of every kind that a phase stands for: what the list asks the server for. */
export function statesOf(phase: Phase): readonly string[] {
  const states = Object.values(KINDS).flatMap(({ phase: phases }) =>
    Object.entries(phases).filter(([, of]) => of === phase),
  );
  return [...new Set(states.map(([state]) => state))];
}
