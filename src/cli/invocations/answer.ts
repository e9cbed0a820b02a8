/** `stint answer`: lets an agent do what it asks for, or does not. */
import type {
  InvocationAnswered,
  InvocationQuestion,
} from "#contract/shapes/invocation-questions.ts";
import { Fault } from "#domain/fault.ts";

import { type DeskOptions, findExecutionId, openDesk } from "../desk.ts";
import { EXIT } from "../exit-codes.ts";
import { oneLine } from "../telling/harmless.ts";
import type { Screen } from "../terminal.ts";
import { requestOption } from "./request-option.ts";
import { readInvocation } from "./watch.ts";

export interface AnswerOptions extends DeskOptions {
  readonly request?: string;
  readonly why?: string;
}

const SAID = { allow: "was allowed", deny: "was denied" } as const;

export async function answerAny(
  screen: Screen,
  given: string,
  decision: "allow" | "deny",
  { request: wanted, why, ...options }: AnswerOptions,
): Promise<number> {
  await using desk = await openDesk(options);
  const id = await findExecutionId(desk, given);
  const { questions } = await readInvocation(desk, id);
  const { round, request } = meantOf(id, questions, wanted);
  const answered = (await desk.client.ask({
    method: "POST",
    path: `${desk.base}/invocations/${id}/answers`,
    body: { round, request, decision, ...(why !== undefined && { why }) },
  })) as InvocationAnswered;
  screen.out(
    options.json ? JSON.stringify(answered) : `${oneLine(answered.words)} ${SAID[decision]}`,
  );
  return EXIT.done;
}

/** @throws Fault `conflict` where nothing is open, or more than one and none of them is named */
function meantOf(
  id: string,
  questions: readonly InvocationQuestion[],
  wanted: string | undefined,
): InvocationQuestion {
  const meant = questions.filter(({ request }) => wanted === undefined || `${request}` === wanted);
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  if (only === undefined) throw new Fault("conflict", `${id} waits for no such answer now`);
  const each = questions.map((one) => `${requestOption(one)}  ${oneLine(one.words)}`);
  throw new Fault("conflict", `${id} waits for several answers`, {
    suggestion: `Name the one that is meant: ${each.join("; ")}`,
  });
}
