/** What an agent asks while a command stands by it: whoever started it at a terminal answers with a key; all others are told how. */
import type { InvocationQuestion } from "#contract/shapes/invocation-questions.ts";
import { visible } from "#contract/visible.ts";
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";

import { oneLine } from "../telling/harmless.ts";
import type { Keys } from "./keys.ts";
import { requestOption } from "./request-option.ts";

export interface QuestionsOptions {
  readonly id: string;
  /** Null: nobody answers here. */
  readonly keys: Keys | null;
  readonly clock: Clock;
  readonly tell: (question: InvocationQuestion, lines: readonly string[]) => void;
  readonly say: (text: string) => void;
  /** What stands below meanwhile; empty: nothing is asked any more. */
  readonly hold: (words: string) => void;
  readonly answer: (question: InvocationQuestion, decision: Decision) => Promise<void>;
}

export interface Questions extends Disposable {
  /** Those that are open now. */
  readonly see: (open: readonly InvocationQuestion[]) => void;
}

/** What was typed before a question was the one that is asked was meant for none, or for the one before it. */
const NOT_BEFORE_MS = 500;

type Decision = "allow" | "deny";
const DECISIONS: Readonly<Record<string, Decision>> = { y: "allow", n: "deny" };
const SAID = { allow: "Allowed.", deny: "Denied." } as const;

const nameOf = ({ round, request }: InvocationQuestion): string => JSON.stringify([round, request]);

export function openQuestions(options: QuestionsOptions): Questions {
  const { keys, clock, tell, hold } = options;
  const told = new Set<string>();
  const answered = new Set<string>();
  let current: { readonly name: string; readonly heard: Disposable } | null = null;

  function leave(): void {
    current?.heard[Symbol.dispose]();
    if (current !== null) hold("");
    current = null;
  }

  function ask(question: InvocationQuestion, from: Keys): void {
    const name = nameOf(question);
    const since = clock.now();
    hold("y allows it, n denies it");
    const heard = from.hear((key) => {
      const decision = DECISIONS[key];
      if (decision === undefined || clock.now() - since < NOT_BEFORE_MS) return;
      answered.add(name);
      leave();
      void give(options, question, decision);
    });
    current = { name, heard };
  }

  return {
    see: (open) => {
      for (const question of open.filter((one) => !told.has(nameOf(one)))) {
        told.add(nameOf(question));
        tell(question, linesOf(question, options));
      }
      if (current !== null && !open.some((one) => nameOf(one) === current?.name)) leave();
      const next = open.find((one) => !answered.has(nameOf(one)));
      if (keys !== null && current === null && next !== undefined) ask(next, keys);
    },
    [Symbol.dispose]: leave,
  };
}

function linesOf(question: InvocationQuestion, { id, keys }: QuestionsOptions): readonly string[] {
  const { words } = question;
  const how =
    keys === null
      ? `: \`stint answer ${id} allow ${requestOption(question)}\`, or deny`
      : ": y allows it, n denies it";
  return [`? It waits for an answer to ${oneLine(visible(words))}${how}`, ...restOf(question, id)];
}

/** What is let do is told whole, or where it is to be read. */
function restOf({ words, input, places, whole }: InvocationQuestion, id: string): string[] {
  const rest = whole === "words" || input === null ? [] : [visible(JSON.stringify(input, null, 2))];
  const where = places
    .filter((place) => !words.includes(place))
    .map((place) => oneLine(visible(place)));
  if (where.length > 0) rest.push(`In ${where.join(", ")}`);
  if (whole === "output")
    rest.push(`This is not all of it: \`stint follow ${id} --json\` tells the rest`);
  return rest;
}

/** It was answered, or is open no longer. */
const OVER: ReadonlySet<string> = new Set(["conflict", "not_found"]);

async function give(
  { id, answer, say }: QuestionsOptions,
  question: InvocationQuestion,
  decision: Decision,
): Promise<void> {
  try {
    await answer(question, decision);
    say(SAID[decision]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // Somebody else was faster, or it waits for it no longer. Otherwise it waits still, and no key is heard for it again.
    const isOver = error instanceof Fault && OVER.has(error.code);
    say(
      isOver
        ? why
        : `${why}. To say it again: \`stint answer ${id} ${decision} ${requestOption(question)}\``,
    );
  }
}
