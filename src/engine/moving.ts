/**
 * An execution that waits can be moved onto another input: what it has done stands, what follows is the
 * other's. The word goes into the inbox of the execution and of its lanes. Each takes it when it is
 * claimed next, before its function starts, where its program says that it would have come to the same
 * place with the other input; that is a fact of its own stream, so every replay knows it. A lane never
 * takes what its execution has not taken.
 */
import type { Fact } from "#domain/facts.ts";

import type { History, Move } from "./history.ts";
import type { LaneRun } from "./lane-run.ts";
import type { AnyProgram } from "./program.ts";

/** What a program says of inputs that may follow one another. */
export interface Moving<Input> {
  /** Whether a stream that has these paths on record would have come to them with the other input, too. */
  readonly may: (input: Input, given: unknown, done: ReadonlySet<string>) => boolean;
  /** The input that follows. */
  readonly apply: (input: Input, given: unknown) => unknown;
}

/** What an execution was started with, and what it was moved onto since. */
export interface Inputs {
  /** After the move of that key; undefined, no key: what it was started with. Unknown keys answer undefined. */
  readonly after: (key: string | undefined) => { readonly input: unknown } | undefined;
  readonly givenBy: (key: string) => Move | undefined;
}

export function openInputs(
  program: AnyProgram | undefined,
  started: unknown,
  { moves }: Pick<History, "moves">,
): Inputs {
  return {
    givenBy: (key) => moves.find((move) => move.key === key),
    after: (key) => {
      if (key === undefined) return { input: started };
      const index = moves.findIndex((move) => move.key === key);
      if (index === -1) return undefined;
      const taken = moves.slice(0, index + 1);
      return { input: taken.reduce((input, move) => apply(program, input, move), started) };
    },
  };
}

function apply(program: AnyProgram | undefined, input: unknown, { given }: Move): unknown {
  const moving = program?.moving as Moving<unknown> | undefined;
  return moving === undefined ? input : moving.apply(input, given);
}

/** As it stands in an inbox; a lane's says nothing of what is given. */
export interface MoveWord {
  readonly key: string;
  readonly by: string;
  readonly given?: unknown;
}

export interface Hearing {
  readonly run: LaneRun;
  readonly program: AnyProgram | undefined;
  /** What its function would get now. */
  readonly input: unknown;
  /** What is given, as far as the execution has taken it. */
  readonly given: unknown;
}

/** Puts it on record where it fits; it is taken out of the inbox either way. */
export function hearMove(
  { run, program, input, given }: Hearing,
  { key, by }: MoveWord,
  seq: number,
  fact: (key: string, by: string) => Fact,
): void {
  run.stream.consume(seq);
  const moving = program?.moving as Moving<unknown> | undefined;
  const done = new Set(run.history.paths.keys());
  if (moving === undefined || !moving.may(input, given, done)) return;
  run.stream.record(fact(key, by));
  run.history.moves.push({ key, given });
}
