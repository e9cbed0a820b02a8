/** What all rounds of an invocation come to. */
import type { Figures } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";

import type { RoundAccount, RoundFigures } from "./account.ts";

/**
 * How its last round failed; null: it has not. It stands in a fact and is shown to everybody, so what the process said
 * is no part of it: that stands with the round.
 * @param isCommand nobody can send it a message
 */
export function faultOf(
  { outcome, reason, message, isOwnWord }: RoundAccount,
  isCommand: boolean,
): KeptFault | null {
  if (outcome === "succeeded") return null;
  const code = outcome === "failed" ? (reason ?? "crash") : outcome;
  const suggestion = (isCommand ? OF_COMMANDS : SUGGESTIONS)[code];
  return {
    code,
    message: (isOwnWord && message) || (MESSAGES[code] ?? "It failed."),
    ...(suggestion !== undefined && { suggestion }),
  };
}

const MESSAGES: Readonly<Record<string, string>> = {
  crash: "Its process ended with an error.",
  interrupted: "Its process is gone, and did not say how it ended.",
  canceled: "It was canceled.",
  no_closing_event: "It ended without saying that it was done.",
  auth: "Its provider does not let it in.",
  rate_limit: "Its provider let no more requests through.",
  api_error: "Its provider failed.",
  limit: "It came to a limit of its own.",
  budget: "It had spent what it may.",
  denied: "It was denied what it needed.",
  refused: "Its model refused.",
  bad_usage: "It does not know one of its options.",
  not_started: "It could not be started.",
  bad_session: "The session that it was to go on with is not there.",
};

const SUGGESTIONS: Readonly<Record<string, string>> = {
  interrupted: "Send a message to go on where it was.",
  auth: "Sign in with its Agent CLI on this machine, as the user who runs Stint, or give the key in its environment.",
  rate_limit: "Go on later, with a message.",
  limit: "Go on with a message, or start it anew with a greater limit.",
  budget: "Go on with a message that gives it a higher limit of cost, or start it anew with one.",
  denied: "Start it anew with a greater permission, or tell it another way in a message.",
  bad_session: "Start a new one: its session was deleted, or belongs to another folder or machine.",
  bad_usage: "Check its options and the version of its Agent CLI.",
};

const OF_COMMANDS: typeof SUGGESTIONS = {
  interrupted: "Start it again.",
  limit: "Start it again with a greater limit.",
};

/** Counts by name, over all rounds. */
export function figuresOfAll(rounds: readonly RoundFigures[]): Figures {
  const tools = addTools(rounds);
  const calls = Object.values(tools).reduce((sum, n) => sum + n, 0);
  const sum = (of: (round: RoundFigures) => number): number =>
    rounds.reduce((all, round) => all + of(round), 0);
  const counts = {
    rounds: rounds.length,
    toolCalls: calls,
    toolErrors: sum(({ toolErrors }) => toolErrors),
    providerRetries: sum(({ retries }) => retries),
    denials: sum(({ denials }) => denials),
  };
  const byTool = Object.entries(tools).map(([name, n]): [string, number] => [`tool.${name}`, n]);
  const said = [...Object.entries(counts), ...byTool.slice(0, MOST_TOOLS)];
  return Object.fromEntries(said.filter(([, n]) => n > 0));
}

const MOST_TOOLS = 50;

function addTools(
  rounds: readonly Pick<RoundFigures, "tools">[],
): Readonly<Record<string, number>> {
  const all = new Map<string, number>();
  for (const { tools } of rounds)
    for (const [name, n] of Object.entries(tools)) all.set(name, (all.get(name) ?? 0) + n);
  return Object.fromEntries(all);
}
