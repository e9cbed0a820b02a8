/** What a stream's facts say about each path: what a replay answers from. */
import type { Fact, FactOf } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import { payloadKey, type Entry, type Payloads } from "#ledger/ledger.ts";

/** What a path was used for; a replay that uses it for something else does not match. */
export type Use = "step" | "timer" | "signal" | "child" | "lanes" | "note";

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
}

export interface Received {
  readonly name: string;
  readonly value: unknown;
  taken: boolean;
}

export interface History {
  readonly paths: Map<string, Recorded>;
  readonly signals: Received[];
  cancelAsked?: FactOf<"cancelAsked">;
  /** Who asked to skip the waits that are open now. */
  skipped?: string;
  /** The first lane number that is free. */
  nextLane: number;
}

export function emptyHistory(): History {
  return { paths: new Map(), signals: [], nextLane: 1 };
}

export function readHistory(entries: readonly Entry[], payloads: Payloads): History {
  const history = emptyHistory();
  for (const { version, facts } of entries) {
    for (const fact of facts)
      remember(history, fact, (part) => payloads.get(payloadKey(version, part)));
  }
  return history;
}

/** Whether reading it needs the payloads. */
export function namesPayloads(entries: readonly Entry[]): boolean {
  return entries.some(({ facts }) =>
    facts.some((fact) => "part" in fact && fact.part !== undefined),
  );
}

function at(history: History, path: string, use: Use): Recorded {
  let found = history.paths.get(path);
  if (found === undefined) {
    found = { use, attempts: 0 };
    history.paths.set(path, found);
  }
  return found;
}

type Body = (part: number) => unknown;
const answerOf = (fact: { readonly r?: unknown; readonly part?: number }, body: Body): unknown =>
  fact.part === undefined ? fact.r : body(fact.part);

function remember(history: History, fact: Fact, body: Body): void {
  switch (fact.t) {
    case "stepDone":
      at(history, fact.path, "step").done = { value: answerOf(fact, body) };
      return;
    case "stepFailed":
      rememberFailure(at(history, fact.path, "step"), fact);
      return;
    case "stepIntended":
      Object.assign(at(history, fact.path, "step"), { intended: fact, reserved: true });
      return;
    case "stepUncertain":
      at(history, fact.path, "step").failed = fact.fault;
      return;
    case "timerSet":
      at(history, fact.path, "timer").until = fact.until;
      return;
    case "timerFired":
      at(history, fact.path, "timer").done = { value: undefined };
      return;
    case "noted":
      at(history, fact.path, "note").note = fact.note;
      return;
    case "cancelAsked":
      history.cancelAsked = fact;
      return;
    case "childStarted":
      at(history, fact.path, "child").child = fact.id;
      return;
    case "childEnded":
      rememberChild(at(history, fact.path, "child"), fact);
      return;
    case "lanesOpened":
      at(history, fact.path, "lanes").lanes = { first: fact.first, count: fact.count };
      history.nextLane = fact.first + fact.count;
      return;
    case "lanesClosed":
      at(history, fact.path, "lanes").done = { value: undefined };
      return;
    default:
      rememberSignal(history, fact, body);
  }
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

function rememberSignal(history: History, fact: Fact, body: Body): void {
  if (fact.t === "signaled") {
    history.signals.push({ name: fact.name, value: answerOf(fact, body), taken: false });
  } else if (fact.t === "awaited") {
    const recorded = at(history, fact.path, "signal");
    if (fact.until !== undefined) recorded.until = fact.until;
  } else if (fact.t === "signalTimedOut") {
    at(history, fact.path, "signal").done = { value: undefined };
  } else if (fact.t === "signalTaken") {
    const received = history.signals[fact.index];
    if (received !== undefined) received.taken = true;
    at(history, fact.path, "signal").done = { value: received?.value };
  }
}
