/**
 * What an agent asks of people while it runs: which of its questions are open, and how the others were answered. One
 * answer counts. It is on record before it is said, and open until it is said; whoever hears the output again from its
 * beginning says it again where it is missing, and has the same questions open.
 */
import { LONGEST_REQUEST } from "#contract/shapes/invocation-questions.ts";
import type { Clock } from "#domain/clock.ts";

import { type Told, toldOf } from "./asked-words.ts";
import type { Asked } from "./events.ts";
import type { AnsweredLine, QuestionRecord } from "./supervisor/questions.ts";

export interface Question extends Told {
  readonly asked: Asked;
  /** Epoch milliseconds. */
  readonly since: number;
}

export type Answer = Omit<AnsweredLine, "is" | "request">;

export interface Answered extends Answer, Pick<Asked, "request">, Pick<Told, "tool" | "words"> {}

type Request = Asked["request"];

export interface Asking {
  /**
   * Carried out when it is answered: at once where it was before. False: there was one of that name already, so
   * nobody could tell which of the two an answer is for, or its name is too long to be said in an answer.
   */
  readonly put: (asked: Asked, carryOut: (answer: Answer) => void) => boolean;
  /** Nobody need answer them any more: those about that call, or all. */
  readonly drop: (toolId?: string) => readonly Asked[];
  readonly open: () => readonly Question[];
  readonly answered: () => readonly Answered[];
  /** Of a former life it is open, and this one has not heard it yet. */
  readonly isAhead: (request: Request) => boolean;
  /** Says what is on record and could not be said. @throws what still hinders it */
  readonly sayUnsaid: () => void;
  /** Undefined: no such question is open. @throws what hinders that it is recorded or said */
  readonly answer: (request: Request, answer: Omit<Answer, "at">) => Answered | undefined;
}

interface Put extends Told {
  readonly asked: Asked;
  readonly carryOut: (answer: Answer) => void;
}

interface Desk {
  readonly record: QuestionRecord;
  readonly clock: Clock;
  readonly changed: () => void;
  readonly open: Map<Request, Put & Question>;
  readonly answered: Map<Request, Answered>;
  readonly seen: Set<Request>;
}

/** @param changed called when a question was opened, answered or dropped */
export function openAsking(record: QuestionRecord, clock: Clock, changed: () => void): Asking {
  const state = { open: new Map(), answered: new Map(), seen: new Set<Request>() };
  const desk: Desk = { record, clock, changed, ...state };
  return {
    put: (asked, carryOut) => {
      if (desk.seen.has(asked.request) || isTooLong(asked.request)) return false;
      desk.seen.add(asked.request);
      put(desk, { asked, ...toldOf(asked), carryOut });
      return true;
    },
    drop: (toolId) => drop(desk, toolId),
    open: () => [...desk.open.values()],
    answered: () => [...desk.answered.values()],
    isAhead: (request) => record.of(request)?.is === "open" && !desk.seen.has(request),
    sayUnsaid: () => sayUnsaid(desk),
    answer: (request, given) => {
      sayUnsaid(desk);
      const question = desk.open.get(request);
      if (question === undefined) return undefined;
      const answer = { ...given, at: clock.now() };
      record.write({ is: "answered", request, ...answer });
      return settle(desk, question, answer);
    },
  };
}

const isTooLong = (request: Request): boolean =>
  typeof request === "string" && request.length > LONGEST_REQUEST;

function put(desk: Desk, one: Put): void {
  const { request } = one.asked;
  const known = desk.record.of(request);
  if (known?.is === "dropped") return;
  if (known?.is === "answered") {
    desk.open.set(request, { ...one, since: desk.record.since(request) ?? known.at });
    settle(desk, one, known);
    return;
  }
  desk.open.set(request, { ...one, since: sinceOf(desk, request) });
  desk.changed();
}

function sayUnsaid(desk: Desk): void {
  for (const [request, question] of desk.open) {
    const known = desk.record.of(request);
    if (known?.is === "answered") settle(desk, question, known);
  }
}

/** Where it cannot be said, the agent still waits: its question stays open. */
function settle({ open, answered, changed }: Desk, one: Put, answer: Answer): Answered {
  const { asked, tool, words, carryOut } = one;
  const { request } = asked;
  const { decision, why, by, at, key } = answer;
  const all = { request, tool, words, decision, why, by, at, key };
  carryOut(answer);
  open.delete(request);
  answered.set(request, all);
  changed();
  return all;
}

function drop({ record, clock, open, changed }: Desk, toolId?: string): readonly Asked[] {
  const left = [...open.values()]
    .map(({ asked }) => asked)
    .filter((asked) => toolId === undefined || asked.toolId === toolId);
  for (const { request } of left) {
    open.delete(request);
    record.drop(request, clock.now());
  }
  if (left.length > 0) changed();
  return left;
}

/** It goes on record with the first life that hears of it. */
function sinceOf({ record, clock }: Desk, request: Request): number {
  const before = record.since(request);
  if (before !== undefined) return before;
  const at = clock.now();
  record.write({ is: "open", request, at });
  return at;
}
