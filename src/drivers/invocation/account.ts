/** What one round came to, as it is kept: plain JSON. */
import type { Outcome } from "#agent-cli/adapter.ts";
import type { Answered } from "#agent-cli/asking.ts";
import { costSourceAfter } from "#agent-cli/cost-source.ts";
import type { Counters } from "#agent-cli/counters.ts";
import type { AgentEvent, CostSource } from "#agent-cli/events.ts";
import { exitWarnings } from "#agent-cli/exit-words.ts";
import type { RoundEnd } from "#agent-cli/follow-round.ts";
import { isLimit } from "#agent-cli/limit-words.ts";
import type { Read } from "#agent-cli/reading.ts";
import { NO_ROUND, type Round } from "#agent-cli/round.ts";
import type { Resources } from "#agent-cli/supervisor/sampling.ts";
import { NOT_SAID, type TokenCounts } from "#agent-cli/tokens.ts";
import type { Spent } from "#domain/spending.ts";

import { type Budget, phraseOverspent } from "./budget.ts";

/** What is shown of it in lists; it stands in a fact. */
export interface RoundFigures {
  /** Epoch milliseconds; null: it never began. */
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly exitCode: number | null;
  readonly session: string | null;
  readonly model: string | null;
  readonly turns: number | null;
  /** Null: nothing was told. */
  readonly tokens: TokenCounts | null;
  /** Nano-dollars in digits. */
  readonly nano: string | null;
  readonly costUnknown: number;
  readonly costSource: CostSource | null;
  readonly notional: boolean;
  readonly tools: Readonly<Record<string, number>>;
  readonly toolErrors: number;
  readonly retries: number;
  readonly denials: number;
  readonly unread: number;
  readonly outputBytes: number;
  readonly resources: Resources | null;
}

/** All of it; kept apart from the facts, as it holds texts. */
export interface RoundAccount extends RoundFigures {
  readonly message: string | null;
  /** The message is Stint's: it holds nothing of what the process said. */
  readonly isOwnWord?: true;
  readonly warnings: readonly string[];
  /** The final answer. */
  readonly text: string;
  /** For the session's next round. */
  readonly counters: Counters | null;
  /** What people answered to its questions: the last of them. */
  readonly answers?: readonly Answered[];
}

/** A round while it goes on. */
export interface Progress {
  readonly round: Round;
  readonly costSource: CostSource | null;
  readonly notional: boolean;
  /** Of the last event. */
  readonly last: AgentEvent | null;
}

export const NO_PROGRESS: Progress = {
  round: NO_ROUND,
  costSource: null,
  notional: false,
  last: null,
};

/** @param round what it has come to with these */
export function progressAfter(before: Progress, reads: readonly Read[], round: Round): Progress {
  const events = reads.map(({ event }) => event);
  return {
    round,
    costSource: costSourceAfter(before.costSource, events),
    notional: before.notional || events.some((event) => event.type === "cost" && event.notional),
    last: events.at(-1) ?? before.last,
  };
}

const MOST_TEXT = 256 * 1024;
/** As JSON, where much of it is written in six characters each. */
const MOST_JSON = 600 * 1024;
const MOST_MESSAGE = 4000;
const MOST_WARNING = 1000;
const MOST_NAMES = 200;
const MOST_ANSWERS = 100;
const MOST_OF_ANSWER = 200;

/** The end of a long answer. */
function keptText(text: string): string {
  const end = text.slice(-MOST_TEXT);
  return JSON.stringify(end).length > MOST_JSON ? end.slice(-MOST_JSON / 6) : end;
}

const cut = (text: string): string => text.slice(0, MOST_MESSAGE);

function keptAnswers(answers: readonly Answered[]): Pick<RoundAccount, "answers"> {
  if (answers.length === 0) return {};
  const kept = answers.slice(-MOST_ANSWERS).map((answer) => ({
    ...answer,
    tool: answer.tool.slice(0, MOST_OF_ANSWER),
    words: answer.words.slice(0, MOST_OF_ANSWER),
    why: answer.why?.slice(0, MOST_OF_ANSWER) ?? null,
  }));
  return { answers: kept };
}

export function toolsOf({ tools }: Round): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(tools)
      .slice(0, MOST_NAMES)
      .map(([name, n]) => [name.slice(0, 200), n]),
  );
}

export function tokensOf({ tokens }: Round): TokenCounts | null {
  return Object.values(tokens).some((count) => count !== null) ? tokens : null;
}

export interface Ended {
  readonly end: RoundEnd;
  readonly progress: Progress;
  readonly startedAt: number;
  readonly outputBytes: number;
  readonly resources: Resources;
  readonly budget: Budget | undefined;
  readonly answers: readonly Answered[];
  /** A command costs nothing that anybody would tell. */
  readonly isCommand: boolean;
}

/** An Agent CLI that told no cost at all has one that is not known. */
function unknownCosts({ nano, unknownCosts: unknown }: Round, isCommand: boolean): number {
  const isSilent = nano === null && unknown === 0;
  return isSilent && !isCommand ? 1 : unknown;
}

function warningsOf({ end: { round, verdict, exit }, budget }: Ended): readonly string[] {
  const all = [...round.warnings, ...exitWarnings(exit)];
  const said = all.map((warning) => warning.slice(0, MOST_WARNING));
  const overspent = verdict.reason === "budget" ? null : phraseOverspent(budget, round.nano);
  return overspent === null ? said : [...said, overspent];
}

export function accountOf(ended: Ended): RoundAccount {
  const { end, progress, startedAt, outputBytes, resources, isCommand } = ended;
  const { round, verdict, exit, counters } = end;
  return {
    startedAt,
    completedAt: exit.at,
    outcome: verdict.outcome,
    reason: verdict.reason,
    message: verdict.message === null ? null : cut(verdict.message),
    ...(isLimit(exit.told) && { isOwnWord: true }),
    exitCode: exit.code,
    session: round.session,
    model: round.model,
    turns: round.end?.turns ?? null,
    tokens: tokensOf(round),
    nano: round.nano === null ? null : String(round.nano),
    costUnknown: unknownCosts(round, isCommand),
    costSource: progress.costSource,
    notional: progress.notional,
    tools: toolsOf(round),
    toolErrors: round.toolErrors,
    retries: round.retries,
    denials: round.denials,
    unread: round.unread,
    outputBytes,
    resources,
    warnings: warningsOf(ended),
    text: keptText(round.text),
    counters,
    ...keptAnswers(ended.answers),
  };
}

const NOTHING: Omit<RoundAccount, "outcome" | "reason" | "message"> = {
  startedAt: null,
  completedAt: null,
  exitCode: null,
  session: null,
  model: null,
  turns: null,
  tokens: null,
  nano: null,
  costUnknown: 0,
  costSource: null,
  notional: false,
  tools: {},
  toolErrors: 0,
  retries: 0,
  denials: 0,
  unread: 0,
  outputBytes: 0,
  resources: null,
  warnings: [],
  text: "",
  counters: null,
};

/** Of a round of which there is no process, or none any more. */
export function accountWithout(
  outcome: Outcome,
  reason: string | null,
  message: string | null,
): RoundAccount {
  return { ...NOTHING, outcome, reason, message, isOwnWord: true };
}

/** Of a round that was lost: what an agent has spent in it nobody knows. */
export function accountOfLost(message: string, isCommand: boolean): RoundAccount {
  const account = accountWithout("interrupted", "interrupted", message);
  return { ...account, costUnknown: isCommand ? 0 : 1 };
}

/** What of it stands in a fact: no texts, nothing that only the next round needs. */
export function figuresOf(account: RoundAccount): RoundFigures {
  const { message: _m, isOwnWord: _o, warnings: _w, text: _t, ...rest } = account;
  const { counters: _c, answers: _a, ...figures } = rest;
  return figures;
}

/** For sums; undefined: there was nothing to spend. */
export function spentBy({ tokens, nano, costUnknown }: RoundFigures): Spent | undefined {
  if (tokens === null && nano === null && costUnknown === 0) return undefined;
  const { input, cacheRead, cacheWrite, output } = tokens ?? NOT_SAID;
  const known = Object.entries({ input, cacheRead, cacheWrite, output }).filter(
    ([, count]) => count !== null,
  );
  return {
    dollars: nano === null ? null : Number(nano) / 1e9,
    unknown: costUnknown,
    tokens: Object.fromEntries(known),
  };
}
