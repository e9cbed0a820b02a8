/** What agents ask of people while they run: what is open, and who answered how. */
import { inputOf } from "#agent-cli/asked-words.ts";
import type { Answered, Question } from "#agent-cli/asking.ts";
import type {
  InvocationAnswered,
  InvocationQuestion,
} from "#contract/shapes/invocation-questions.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";

import type { Actors } from "../executions/actors.ts";
import { showTime } from "../times.ts";

export function showQuestions(live: LiveRound | undefined): InvocationQuestion[] {
  const open = live?.isEnding === false ? (live.asking?.open() ?? []) : [];
  return open.map((question) => showQuestion(live?.number ?? 0, question));
}

function showQuestion(
  round: number,
  { asked, tool, words, places, whole, since }: Question,
): InvocationQuestion {
  return {
    round,
    request: asked.request,
    tool,
    words,
    input: inputOf(asked) ?? null,
    whole,
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
