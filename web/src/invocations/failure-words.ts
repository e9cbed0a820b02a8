/** Why a round failed, and what to do about it. */
import type { InvocationRound } from "#contract/shapes/invocations.ts";

interface Why {
  readonly title: string;
  readonly suggestion: string;
}

const NOT_STARTED: Why = {
  title: "It could not be started",
  suggestion: "Try it again once that is mended.",
};

const REASONS: Readonly<Record<string, Why>> = {
  api_error: {
    title: "Its provider failed",
    suggestion: "Send a follow-up to go on once the provider answers again.",
  },
  rate_limit: {
    title: "Its provider's rate limit was reached",
    suggestion: "Wait until the limit is lifted, then send a follow-up to go on.",
  },
  auth: {
    title: "It is not signed in with its provider",
    suggestion: "Sign the Agent CLI in on the server's machine, or give its key with the start.",
  },
  limit: {
    title: "It reached a limit",
    suggestion: "Send a follow-up to go on, or start it with a higher limit.",
  },
  budget: {
    title: "Its budget is used up",
    suggestion: "Send a follow-up to go on, or start it with a higher limit of cost.",
  },
  denied: {
    title: "It was denied what it needed",
    suggestion: "Start it with a wider permission, or ask for something that needs less.",
  },
  refused: {
    title: "The model refused",
    suggestion: "Say in a follow-up what is wanted in other words.",
  },
  bad_session: {
    title: "Its session is gone",
    suggestion: "It cannot go on where it was: start a new one.",
  },
  bad_usage: {
    title: "The Agent CLI did not accept how it was started",
    suggestion: "Look at its error output: a model or an option may be wrong.",
  },
  interrupted: {
    title: "It was interrupted",
    suggestion: "Send a follow-up to go on from where it was.",
  },
  crash: {
    title: "Its process ended before the work was done",
    suggestion: "Look at its error output, then send a follow-up to go on.",
  },
  no_closing_event: {
    title: "It ended without saying how",
    suggestion: "Look at what it did last, then send a follow-up to go on.",
  },
};

type Ended = Pick<InvocationRound, "outcome" | "reason" | "message" | "exitCode" | "signal">;

type Failure = Why & { readonly detail: string };

/** There is no session to go on with, so it can only be started again. */
function whyOfCommand({ reason, outcome }: Ended): Why {
  const title =
    reason === "limit" || outcome === "interrupted"
      ? REASONS[reason ?? "interrupted"]?.title
      : "The command failed";
  return {
    title: title ?? "It failed",
    suggestion: "Look at its error output, then start it again.",
  };
}

const UNKNOWN: Why = { title: "It failed", suggestion: "Look at its error output." };

function whyOf(round: Ended, isPlain: boolean): Why {
  const { reason, outcome } = round;
  if (reason === "not_started") return NOT_STARTED;
  return isPlain ? whyOfCommand(round) : (REASONS[reason ?? outcome ?? ""] ?? UNKNOWN);
}

/** Why a round did not succeed; null where it did, or still goes on, or somebody canceled it. */
export function failureOf(round: Ended, isPlain: boolean): Failure | null {
  const { outcome, message } = round;
  if (outcome !== "failed" && outcome !== "interrupted") return null;
  return { ...whyOf(round, isPlain), detail: message ?? phraseExit(round) };
}

function phraseExit({ exitCode, signal }: Pick<Ended, "exitCode" | "signal">): string {
  if (signal !== null) return `It was ended by ${signal}.`;
  return exitCode === null ? "Nobody saw it end." : `It ended with exit code ${exitCode}.`;
}
