/** What agents ask of people while they run: what is open, and who answered how. */
import type { Answered, Question } from "#agent-cli/asking.ts";
import type {
  InvocationAnswered,
  InvocationQuestion,
} from "#contract/shapes/invocation-questions.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";

import type { Actors } from "../executions/actors.ts";
import { showTime } from "../times.ts";

/** What is larger is read where it was written. */
const MOST_INPUT = 16 * 1024;

export function showQuestions(live: LiveRound | undefined): InvocationQuestion[] {
  const open = live?.isEnding === false ? (live.asking?.open() ?? []) : [];
  return open.map((question) => showQuestion(live?.number ?? 0, question));
}

function showQuestion(round: number, { asked, words, since }: Question): InvocationQuestion {
  const { request, tool, places, input } = asked;
  const isLarge = (JSON.stringify(input) ?? "").length > MOST_INPUT;
  return {
    round,
    request,
    tool,
    words,
    input: isLarge ? null : input,
    places: [...places],
    since: showTime(since),
  };
}

export function showAnswers(
  round: number,
  answers: readonly Answered[] = [],
  actors: Actors,
): InvocationAnswered[] {
  return answers.map((answer) => showAnswer(round, answer, actors));
}

export function showAnswer(round: number, answer: Answered, actors: Actors): InvocationAnswered {
  const { key: _key, by, at, ...told } = answer;
  return { ...told, round, by: actors.of(by), at: showTime(at) };
}
