/** What a stream's facts say about each path: what a replay answers from. */
import type { Fact, FactOf, FactType } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import { type Entry, type Ledger, payloadKey, type Payloads } from "#ledger/ledger.ts";

import { pauseAfter, type Pause } from "./pause.ts";

/** How a stream ends. */
export type End = FactOf<"completed" | "failed" | "canceled" | "skipped">;

/** What a path was used for; a replay that uses it for something else does not match. */
export type Use = "step" | "timer" | "signal" | "child" | "lanes" | "note" | "spend";

export interface Recorded {
  readonly use: Use;
  done?: { readonly value: unknown };
  failed?: KeptFault;
  attempts: number;
  retryAt?: number;
  intended?: FactOf<"stepIntended">;
  /** The failure that left it unknown whether the intended effect happened. */
  doubt?: KeptFault;
  /** How often its changes were refused because what it had read was no longer so. */
  overtaken?: number;
  /** What goes with the first intent was written; later ones do not write it again. */
  reserved?: boolean;
  until?: number;
  child?: string;
  childState?: string;
  childSeq?: number;
  lanes?: { readonly first: number; readonly count: number };
  note?: unknown;
  /** It is handed on from the execution that this one tries again: a replay need not ask for it. */
  carried?: true;
}

export interface Received {
  readonly name: string;
  readonly value: unknown;
  taken: boolean;
}

/** Onto another input; in a lane without what is given. */
export interface Move {
  readonly key: string;
  readonly given: unknown;
}

/** What it was given when it was opened again, and by whom. */
export interface Reopening {
  readonly given: unknown;
  readonly by: string;
  readonly at: number;
}

export interface History {
  readonly reopenings: Reopening[];
  readonly paths: Map<string, Recorded>;
  readonly moves: Move[];
  readonly signals: Received[];
  cancelAsked?: FactOf<"cancelAsked">;
  pause?: Pause;
  /** How the lane had ended in the execution that this one tries again, and what it answered. */
  endedBefore?: { readonly end: End; readonly value: unknown };
  /** Who asked to skip the waits that are open now. */
  skipped?: string;
  /** The first lane number that is free. */
  nextLane: number;
}

export function emptyHistory(): History {
  return { reopenings: [], paths: new Map(), moves: [], signals: [], nextLane: 1 };
}

export function readHistory(entries: readonly Entry[], payloads: Payloads): History {
  const history = emptyHistory();
  for (const { version, at: when, facts } of entries) {
    const body: Body = (part) => payloads.get(payloadKey(version, part));
    for (const fact of facts) {
      if (fact.t === "reopened") rememberReopening(history, fact, body, when);
      else remember(history, fact, body);
    }
  }
  return history;
}

/** All that is on record of a lane; the payloads only where reading it needs them. */
export async function readRecord(
  ledger: Ledger,
  no: number,
  lane: number,
): Promise<{ readonly entries: readonly Entry[]; readonly payloads: Payloads }> {
  const entries = await ledger.read(no, lane);
  const payloads = namesPayloads(entries)
    ? await ledger.readPayloads(no, lane)
    : new Map<string, unknown>();
  return { entries, payloads };
}

function namesPayloads(entries: readonly Entry[]): boolean {
  return entries.some(({ facts }) =>
    facts.some((fact) => {
      const told = fact.t === "carried" ? fact.fact : fact;
      return "part" in told && told.part !== undefined;
    }),
  );
}

/** What was said to it before its end is over. */
function rememberReopening(
  history: History,
  fact: FactOf<"reopened">,
  body: Body,
  when: number,
): void {
  history.reopenings.push({ given: answerOf(fact, body), by: fact.by, at: when });
  delete history.cancelAsked;
  delete history.pause;
}

function at(history: History, path: string, use: Use): Recorded {
  const found = history.paths.get(path);
  if (found !== undefined && !isOverruled(found, use)) {
    delete found.carried;
    return found;
  }
  const made: Recorded = { use, attempts: 0 };
  history.paths.set(path, made);
  return made;
}

/** What was handed on gave no answer here: another use was made of its path, or it was done anew. */
const isOverruled = ({ carried, done, use }: Recorded, now: Use): boolean =>
  carried === true && (done !== undefined || use !== now);

type Body = (part: number) => unknown;
type Answer = { readonly r?: unknown; readonly part?: number };
const answerOf = (fact: Fact | Answer, body: Body): unknown => {
  const { r, part } = fact as Answer;
  return part === undefined ? r : body(part);
};

type Remembers = {
  readonly [T in FactType]?: (history: History, fact: FactOf<T>, body: Body) => void;
};

/** What each fact says about its path. */
const REMEMBERS: Remembers = {
  stepDone: (history, fact, body) => {
    at(history, fact.path, "step").done = { value: answerOf(fact, body) };
  },
  stepFailed: (history, fact) => {
    rememberFailure(at(history, fact.path, "step"), fact);
  },
  stepIntended: (history, fact) => {
    Object.assign(at(history, fact.path, "step"), { intended: fact, reserved: true });
  },
  stepUncertain: (history, fact) => {
    at(history, fact.path, "step").failed = fact.fault;
  },
  timerSet: (history, fact) => {
    at(history, fact.path, "timer").until = fact.until;
  },
  timerFired: (history, fact) => {
    at(history, fact.path, "timer").done = { value: undefined };
  },
  noted: (history, fact) => {
    at(history, fact.path, "note").note = fact.note;
  },
  spent: (history, { path }) => {
    at(history, path, "spend");
  },
  cancelAsked: (history, fact) => {
    history.cancelAsked = fact;
  },
  pauseAsked: (history, fact) => {
    history.pause = pauseAfter(history.pause, fact);
  },
  resumeAsked: (history, fact) => {
    history.pause = pauseAfter(history.pause, fact);
  },
  moved: (history, { key, given }) => {
    history.moves.push({ key, given });
  },
  childStarted: (history, fact) => {
    at(history, fact.path, "child").child = fact.id;
  },
  childEnded: (history, fact) => {
    rememberChild(at(history, fact.path, "child"), fact);
  },
  lanesOpened: (history, { path, first, count }) => {
    at(history, path, "lanes").lanes = { first, count };
    history.nextLane = first + count;
  },
  lanesClosed: (history, fact) => {
    const lanes = at(history, fact.path, "lanes");
    if (fact.fault === undefined) lanes.done = { value: undefined };
    else lanes.failed = fact.fault;
  },
  signaled: (history, fact, body) => {
    history.signals.push({ name: fact.name, value: answerOf(fact, body), taken: false });
  },
  awaited: (history, { path, until }) => {
    const recorded = at(history, path, "signal");
    if (until !== undefined) recorded.until = until;
  },
  signalTimedOut: (history, fact) => {
    at(history, fact.path, "signal").done = { value: undefined };
  },
  signalTaken: (history, { path, index }) => {
    const received = history.signals[index];
    if (received !== undefined) received.taken = true;
    at(history, path, "signal").done = { value: received?.value };
  },
  carried: (history, { fact }, body) => {
    if (isEnd(fact)) history.endedBefore = { end: fact, value: answerOf(fact, body) };
    remember(history, fact, body);
    const recorded = "path" in fact ? history.paths.get(fact.path) : undefined;
    if (recorded !== undefined) recorded.carried = true;
  },
};

export function isEnd(fact: Fact): fact is End {
  const { t } = fact;
  return t === "completed" || t === "failed" || t === "canceled" || t === "skipped";
}

function remember(history: History, fact: Fact, body: Body): void {
  const note = REMEMBERS[fact.t] as
    | ((history: History, fact: Fact, body: Body) => void)
    | undefined;
  note?.(history, fact, body);
}

function rememberFailure(recorded: Recorded, fact: FactOf<"stepFailed">): void {
  recorded.attempts = fact.attempt;
  if (fact.unknown === true) {
    recorded.doubt = fact.fault; // the intent stands
    return;
  }
  delete recorded.doubt;
  delete recorded.intended; // that attempt is known not to have happened
  if (fact.retryAt === undefined) recorded.failed = fact.fault;
  else recorded.retryAt = fact.retryAt;
}

function rememberChild(recorded: Recorded, fact: FactOf<"childEnded">): void {
  recorded.childState = fact.state;
  if (fact.fault === undefined) recorded.done = { value: fact.r };
  else recorded.failed = fact.fault;
}
