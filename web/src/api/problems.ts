/** Every failure as the problem that a person reads: what happened, why, what to do. */
import { ProblemError } from "#contract/client.ts";
import type { Problem } from "#contract/problem.ts";

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof TypeError) {
    return {
      type: "about:blank",
      title: "Stint cannot be reached",
      status: 0,
      detail: "The server did not answer. It may be stopped, or the network is down.",
      code: "unreachable",
      suggestion: "Executions are kept and go on once the server runs again. Try again then.",
    };
  }
  return {
    type: "about:blank",
    title: "The page made a mistake",
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    code: "page",
    suggestion: "Load the page again. If it stays so, report it with these words.",
  };
}

/** Only what may pass by itself is worth asking again without a person. */
export function mayPass(error: unknown): boolean {
  const { status } = problemOf(error);
  return status === 0 || status === 502 || status === 503 || status === 504;
}

/** The messages of a problem by the field they are about, for forms. */
export function errorsByField(problem: Problem): Readonly<Record<string, string>> {
  const errors = (problem.errors ?? []).filter(({ path }) => path !== "");
  return Object.fromEntries(errors.map(({ path, message }) => [path.split(".")[0], message]));
}
