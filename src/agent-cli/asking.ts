/**
 * What an agent asks of people while it runs: which of its questions are open, and how the others were answered. One
 * answer counts. It is on record before it is said; whoever hears the output again from its beginning says it again
 * where it is missing, and has the same questions open.
 */
import { gistOf } from "#contract/tool-gist.ts";
import type { Clock } from "#domain/clock.ts";

import type { Asked } from "./events.ts";
import type { AnsweredLine, QuestionRecord } from "./supervisor/questions.ts";

export interface Question {
  readonly asked: Asked;
  /** What it wants to do. */
  readonly words: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

export type Answer = Omit<AnsweredLine, "is" | "request">;

export interface Answered extends Answer, Pick<Asked, "request" | "tool"> {
  readonly words: string;
}

type Request = Asked["request"];

export interface Asking {
  /**
   * Carried out when it is answered: at once where it was before. False: there was one of that name already, so
   * nobody could tell which of the two an answer is for.
   */
  readonly put: (asked: Asked, carryOut: (answer: Answer) => void) => boolean;
  /** Nobody need answer them any more: those about that call, or all. */
  readonly drop: (toolId?: string) => readonly Asked[];
  readonly open: () => readonly Question[];
  readonly answered: () => readonly Answered[];
  /** Of a former life it is open, and this one has not heard it yet. */
  readonly isAhead: (request: Request) => boolean;
  /** Undefined: no such question is open. */
  readonly answer: (request: Request, answer: Omit<Answer, "at">) => Answered | undefined;
}

interface Put {
  readonly asked: Asked;
  readonly words: string;
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
      if (desk.seen.has(asked.request)) return false;
      desk.seen.add(asked.request);
      put(desk, { asked, words: wordsOf(asked), carryOut });
      return true;
    },
    drop: (toolId) => drop(desk, toolId),
    open: () => [...desk.open.values()],
    answered: () => [...desk.answered.values()],
    isAhead: (request) => record.of(request)?.is === "open" && !desk.seen.has(request),
    answer: (request, given) => {
      const question = desk.open.get(request);
      if (question === undefined) return undefined;
      const answer = { ...given, at: clock.now() };
      record.write({ is: "answered", request, ...answer });
      return settle(desk, question, answer);
    },
  };
}

function put(desk: Desk, one: Put): void {
  const { request } = one.asked;
  const known = desk.record.of(request);
  if (known?.is === "dropped") return;
  if (known?.is === "answered") {
    settle(desk, one, known);
    return;
  }
  desk.open.set(request, { ...one, since: sinceOf(desk, request) });
  desk.changed();
}

function settle({ open, answered, changed }: Desk, one: Put, answer: Answer): Answered {
  const { asked, words, carryOut } = one;
  const { request, tool } = asked;
  const { decision, why, by, at, key } = answer;
  const all = { request, tool, words, decision, why, by, at, key };
  open.delete(request);
  answered.set(request, all);
  carryOut(answer);
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

const FOR_GOOD = "for good, since it offers no answer for once";

/** "Bash: npm test", "Edit the list: /etc/hosts". */
function wordsOf({ tool, input, places, options }: Asked): string {
  const gist = gistOf(input);
  const what = gist === "" ? places.join(", ") : gist;
  const isOnce = options.length === 0 || options.some(({ kind }) => kind === "allow_once");
  return `${tool}${what === "" ? "" : `: ${what}`}${isOnce ? "" : ` (${FOR_GOOD})`}`;
}
