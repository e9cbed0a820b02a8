/**
 * Every kind of execution, its states, and which fact moves which state where.
 * Types, SQL checks, the phases of lists and the page's looks all follow from this table.
 */
import { machine, type Machine } from "./machine.ts";

/** What states of different kinds have in common, so that lists speak of all kinds at once. */
export const PHASES = [
  "pending",
  "active",
  "waiting",
  "succeeded",
  "failed",
  "canceled",
  "skipped",
] as const;
export type Phase = (typeof PHASES)[number];

/** A run that works through steps by itself: automations and programs share these arrows. */
const program = machine("queued", {
  queued: { started: "running", failed: "failed", canceled: "canceled" },
  running: { waiting: "waiting", completed: "completed", failed: "failed", canceled: "canceled" },
  waiting: { resumed: "running", failed: "failed", canceled: "canceled" },
  completed: {},
  failed: {},
  canceled: {},
});

const automation = machine("queued", {
  queued: { started: "running", failed: "failed", canceled: "canceled", skipped: "skipped" },
  running: { waiting: "waiting", completed: "completed", failed: "failed", canceled: "canceled" },
  waiting: { resumed: "running", failed: "failed", canceled: "canceled" },
  completed: {},
  failed: {},
  canceled: {},
  skipped: {},
});

const workflow = machine("todo", {
  todo: { started: "in_progress", canceled: "canceled" },
  in_progress: { paused: "paused", completed: "done", failed: "error", canceled: "canceled" },
  paused: { resumed: "in_progress", canceled: "canceled" },
  error: { reopened: "in_progress", canceled: "canceled" },
  done: {},
  canceled: {},
});

const node = machine("todo", {
  todo: { started: "in_progress", canceled: "canceled" },
  in_progress: { finished: "in_review", failed: "error", canceled: "canceled" },
  in_review: { approved: "done", rejected: "in_progress", canceled: "canceled" },
  error: { reopened: "in_progress", canceled: "canceled" },
  done: {},
  canceled: {},
});

/** For people it has one status, `completed`, for the three that it can end in, and an outcome beside it. */
const invocation = machine("idle", {
  idle: { started: "running", failed: "failed", canceled: "canceled" },
  running: { completed: "completed", failed: "failed", canceled: "canceled" },
  completed: { reopened: "running" },
  failed: { reopened: "running" },
  canceled: { reopened: "running" },
});

const loop = machine("created", {
  created: { enqueued: "queued", failed: "failed", canceled: "canceled" },
  queued: { started: "running", paused: "paused", failed: "failed", canceled: "canceled" },
  running: { paused: "paused", completed: "completed", failed: "failed", canceled: "canceled" },
  paused: { resumed: "running", failed: "failed", canceled: "canceled" },
  completed: {},
  failed: {},
  canceled: {},
});

interface KindShape<State extends string, Fact extends string> {
  readonly machine: Machine<State, Fact>;
  readonly prefix: string;
  /** Invariant: total over the kind's states. */
  readonly phase: Readonly<Record<State, Phase>>;
}

const runPhases = {
  queued: "pending",
  running: "active",
  waiting: "waiting",
  completed: "succeeded",
  failed: "failed",
  canceled: "canceled",
} as const;

function kind<const State extends string, Fact extends string>(
  machineOf: Machine<State, Fact>,
  prefix: string,
  phase: Readonly<Record<State, Phase>>,
): KindShape<State, Fact> {
  return { machine: machineOf, prefix, phase };
}

export const KINDS = {
  automation: kind(automation, "run", { ...runPhases, skipped: "skipped" }),
  workflow: kind(workflow, "wfl", {
    todo: "pending",
    in_progress: "active",
    paused: "waiting",
    done: "succeeded",
    error: "failed",
    canceled: "canceled",
  }),
  node: kind(node, "nod", {
    todo: "pending",
    in_progress: "active",
    in_review: "waiting",
    done: "succeeded",
    error: "failed",
    canceled: "canceled",
  }),
  invocation: kind(invocation, "inv", {
    idle: "pending",
    running: "active",
    completed: "succeeded",
    failed: "failed",
    canceled: "canceled",
  }),
  loop: kind(loop, "loop", {
    created: "pending",
    queued: "pending",
    running: "active",
    paused: "waiting",
    completed: "succeeded",
    failed: "failed",
    canceled: "canceled",
  }),
  program: kind(program, "prg", runPhases),
} as const;

export type Kind = keyof typeof KINDS;
export type StateOfKind<K extends Kind> = keyof (typeof KINDS)[K]["phase"] & string;
export type AnyState = { [K in Kind]: StateOfKind<K> }[Kind];

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

const FINISHED: ReadonlySet<Phase> = new Set(["succeeded", "failed", "canceled", "skipped"]);

/** The phase of a state; undefined for a state that the kind does not have. */
export function phaseOf(kindName: Kind, state: string): Phase | undefined {
  const phases: Readonly<Record<string, Phase>> = KINDS[kindName].phase;
  return Object.hasOwn(phases, state) ? phases[state] : undefined;
}

const PHASE_OF_STATE: ReadonlyMap<string, Phase> = new Map(
  Object.values(KINDS).flatMap(({ phase }) => Object.entries(phase)),
);

/** The phase of a state's word, which is the same in every kind; undefined for what is no state. */
export function phaseOfState(state: string): Phase | undefined {
  return PHASE_OF_STATE.get(state);
}

/** The states of some phases, of whatever kind. */
export function statesIn(phases: readonly Phase[]): readonly string[] {
  return [...PHASE_OF_STATE].flatMap(([state, phase]) => (phases.includes(phase) ? [state] : []));
}

export function isEndedState(state: string): boolean {
  const phase = phaseOfState(state);
  return phase !== undefined && FINISHED.has(phase);
}

/** Ended executions may be pruned; some of them (an invocation, a workflow in error) can be reopened. */
export function hasEnded(kindName: Kind, state: string): boolean {
  const phase = phaseOf(kindName, state);
  return phase !== undefined && FINISHED.has(phase);
}

type Arrows = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The state that follows, or undefined when that fact cannot happen there. */
export function nextState(kindName: Kind, state: string, fact: string): string | undefined {
  const arrows: Arrows = KINDS[kindName].machine.arrows;
  const from = Object.hasOwn(arrows, state) ? arrows[state] : undefined;
  return from !== undefined && Object.hasOwn(from, fact) ? from[fact] : undefined;
}
