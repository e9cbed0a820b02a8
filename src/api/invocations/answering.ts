/** A person answers what a running agent asks; of several answers the first counts. */
import type { Answered, Asking } from "#agent-cli/asking.ts";
import type {
  InvocationAnswer,
  InvocationAnswered,
} from "#contract/shapes/invocation-questions.ts";
import { diskFault } from "#domain/disk-fault.ts";
import { Fault } from "#domain/fault.ts";
import { isMissing } from "#domain/missing-file.ts";
import { keysOfName, type RequestKey, storedKey } from "#drivers/automation/request-key.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Audit } from "#workspace/audit.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { keyed } from "../executions/acting.ts";
import type { ExecutionRow } from "../executions/rows.ts";
import { showAnswer } from "./questions.ts";
import { type ReadingNeeds, rowOfInvocation } from "./reading.ts";
import { readWhole, type Told } from "./told.ts";

export interface AnsweringNeeds extends ReadingNeeds {
  readonly audit: Audit;
}

/** @throws Fault `conflict` where it was answered before, `not_found` where no such question is open */
export async function answerQuestion(
  needs: AnsweringNeeds,
  entered: Entered,
  id: string,
  given: InvocationAnswer,
  key: string | undefined,
): Promise<InvocationAnswered> {
  const row = await rowOfInvocation(needs, entered.workspace.no, id);
  const actors = await needs.executions.actors(entered.workspace.no);
  const told = await readWhole(needs.past, row.no);
  const { round } = given;
  const how = {
    ...standingOf(row, told, round),
    by: writeBy(entered.actor),
    key: keyed(key, ["answer", row.id], given),
  };
  const outcome = orHindered(row, () => giveAnswer(needs.live.of(row.id), row, given, how));
  const shown = showAnswer(round, outcome.one, actors);
  await recordAnswer(needs, entered, row, shown);
  if (outcome.isLate) throw wasAnswered(shown);
  return shown;
}

/** By whoever asks for it next, where it could not be recorded at first. What the agent said of it stays with its round. */
async function recordAnswer(
  { audit }: AnsweringNeeds,
  { workspace }: Entered,
  { id }: ExecutionRow,
  { round, request, decision, by }: InvocationAnswered,
): Promise<void> {
  await audit.recordOnce(workspace.no, {
    by,
    action: "invocation.answered",
    target: { type: "execution", id, name: null },
    changes: { round, request, decision },
  });
}

interface Standing {
  /** What was answered in that round, where it is over. */
  readonly over: readonly Answered[];
  /** The round goes on, and is to ask: if nobody follows it now, somebody is about to. */
  readonly isWatched: boolean;
}

function standingOf({ state }: ExecutionRow, told: Told | undefined, round: number): Standing {
  const isLast = state === "running" && told?.rounds === round;
  return {
    over: told?.over.get(round)?.account?.answers ?? [],
    isWatched: isLast && told.input?.asks === true,
  };
}

interface How extends Standing {
  /** Who answers, as facts name them. */
  readonly by: string;
  readonly key: RequestKey | undefined;
}

interface Outcome {
  /** Another was first. */
  readonly isLate: boolean;
  readonly one: Answered;
}

/** Nothing is waited for in here: nobody comes between looking and answering. */
function giveAnswer(
  live: LiveRound | undefined,
  row: ExecutionRow,
  given: InvocationAnswer,
  how: How,
): Outcome {
  const asking = live?.number === given.round ? live.asking : null;
  asking?.sayUnsaid();
  const before = outcomeBefore(asking?.answered() ?? how.over, given.request, how.key);
  return before ?? giveFirst(asking, row, given, how);
}

function outcomeBefore(
  answers: readonly Answered[],
  request: InvocationAnswer["request"],
  key: RequestKey | undefined,
): Outcome | undefined {
  const repeated = key && repeatedOf(answers, key);
  if (repeated !== undefined) return { isLate: false, one: repeated };
  const late = answers.find((one) => one.request === request);
  return late && { isLate: true, one: late };
}

function giveFirst(
  asking: Asking | null,
  row: ExecutionRow,
  { round, request, decision, why }: InvocationAnswer,
  { by, key, isWatched }: How,
): Outcome {
  const stored = key === undefined ? null : storedKey(key);
  const one = asking?.answer(request, { decision, why: why ?? null, by, key: stored });
  if (one !== undefined) return { isLate: false, one };
  const isAhead = asking?.isAhead(request) ?? isWatched;
  throw isAhead ? notYet(row) : notOpen(row, round, request);
}

/** What the same request with that key has answered. @throws Fault `conflict` where it was another one */
function repeatedOf(answers: readonly Answered[], key: RequestKey): Answered | undefined {
  const [first, last] = keysOfName(key);
  const found = answers.find((one) => one.key !== null && one.key >= first && one.key <= last);
  if (found === undefined || found.key === storedKey(key)) return found;
  throw new Fault("conflict", "This Idempotency-Key was used for another answer", {
    suggestion: "Take a new key for each answer, and the same one only to repeat it unchanged",
  });
}

/** @throws Fault that says what of its files hinders that it is answered */
function orHindered<Value>({ id }: ExecutionRow, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    if (isMissing(error)) throw filesGone(id, error);
    throw diskFault(error) ?? error;
  }
}

function filesGone(id: string, cause: unknown): Fault {
  return new Fault("conflict", `The files of ${id} were deleted: its agent cannot be answered`, {
    cause,
    suggestion: "Cancel it, and start it again",
  });
}

const DECIDED = { allow: "allowed", deny: "denied" } as const;

function wasAnswered({ request, decision, by, at }: InvocationAnswered): Fault {
  return new Fault("conflict", `This was ${DECIDED[decision]} by ${by.name} already`, {
    suggestion: "One answer counts; to end the agent instead, cancel it",
    facts: { request, decision, by, at },
  });
}

/** It may be open: whoever follows the agent has not heard so far yet. */
function notYet({ id }: ExecutionRow): Fault {
  return new Fault("unavailable", `${id} is just being looked at again after a restart`, {
    suggestion: "Try again in a moment",
  });
}

function notOpen({ id }: ExecutionRow, round: number, request: string | number): Fault {
  return new Fault("not_found", `In round ${round} of ${id} no question ${request} is open`, {
    suggestion: "GET …/invocations/:executionId lists those that are, under `questions`",
  });
}
