/** What one round came to: its events folded. */
import type { Spending } from "#domain/spending.ts";

import type { AgentEvent, End } from "./events.ts";
import { ownIn } from "./fields.ts";
import { addTokens, knownTokens, NOT_SAID, type TokenCounts } from "./tokens.ts";

export interface Round {
  readonly session: string | null;
  readonly model: string | null;
  /** The final answer, as far as it has come. */
  readonly text: string;
  readonly tokens: TokenCounts;
  /** Nano-dollars, as far as they are known; null: none are. */
  readonly nano: bigint | null;
  /** How often it was not known what something cost. */
  readonly unknownCosts: number;
  /** Calls, by the tool's name. */
  readonly tools: Readonly<Record<string, number>>;
  /** Calls that began and have not ended, by their ids. */
  readonly open: readonly string[];
  readonly toolErrors: number;
  readonly retries: number;
  readonly denials: number;
  /** What rules denied, when no tool has run since: the agent found no other way. */
  readonly stuckAt: string | null;
  readonly warnings: readonly string[];
  readonly unread: number;
  readonly end: End | null;
}

export const NO_ROUND: Round = {
  session: null,
  model: null,
  text: "",
  tokens: NOT_SAID,
  nano: null,
  unknownCosts: 0,
  tools: {},
  open: [],
  toolErrors: 0,
  retries: 0,
  denials: 0,
  stuckAt: null,
  warnings: [],
  unread: 0,
  end: null,
};

const MOST_WARNINGS = 20;
/** Characters of the answer that are kept at the least: its end. All of it is in the output. */
const MOST_TEXT = 256 * 1024;

/** Cut only when there is twice as much, so that a long output is not copied at each of its lines. */
function atMost(text: string): string {
  return text.length > 2 * MOST_TEXT ? text.slice(-MOST_TEXT) : text;
}

type Of<Type extends AgentEvent["type"]> = Extract<AgentEvent, { readonly type: Type }>;
type Evolve<Type extends AgentEvent["type"]> = (round: Round, event: Of<Type>) => Round;

const EVOLVE: { readonly [Type in AgentEvent["type"]]: Evolve<Type> } = {
  session: (round, { id, model }) => ({ ...round, session: id, model: model ?? round.model }),
  text: (round, { text, form, under }) => {
    if (under !== null || form === "preview") return round;
    return { ...round, text: atMost(form === "piece" ? round.text + text : text) };
  },
  thinking: (round) => round,
  tool_started: (round, { id, name }) => ({
    ...round,
    text: "",
    tools: { ...round.tools, [name]: (ownIn(round.tools, name) ?? 0) + 1 },
    open: [...round.open, id],
  }),
  tool_ended: (round, { id, ok }) => ({
    ...round,
    open: round.open.filter((each) => each !== id),
    toolErrors: round.toolErrors + (ok === false ? 1 : 0),
    stuckAt: ok === true ? null : round.stuckAt,
  }),
  usage: (round, { tokens }) => ({ ...round, tokens: addTokens(round.tokens, tokens) }),
  cost: (round, { nano }) => ({
    ...round,
    nano: nano === null ? round.nano : (round.nano ?? 0n) + nano,
    unknownCosts: round.unknownCosts + (nano === null ? 1 : 0),
  }),
  retry: (round) => ({ ...round, retries: round.retries + 1 }),
  asked: (round) => round,
  denied: (round, { tool, message, by }) => ({
    ...round,
    denials: round.denials + 1,
    stuckAt: by === "rules" ? (message ?? tool ?? "a tool") : round.stuckAt,
  }),
  warning: (round, { message }) => ({
    ...round,
    warnings: round.warnings.length < MOST_WARNINGS ? [...round.warnings, message] : round.warnings,
  }),
  end: (round, end) => ({ ...round, end, text: end.text ?? round.text }),
  unread: (round) => ({ ...round, unread: round.unread + 1 }),
};

export function evolveRound(round: Round, event: AgentEvent): Round {
  // Each entry takes the event of its own type, which an index by a union cannot say.
  const evolve = EVOLVE[event.type] as (round: Round, event: AgentEvent) => Round;
  return evolve(round, event);
}

/** For sums over executions. A round that told no cost at all has one that is unknown. */
export function spendingOfRound({ nano, unknownCosts, tokens }: Round): Spending {
  const nothingTold = nano === null && unknownCosts === 0;
  return {
    cost: nano === null ? null : Number(nano),
    unknown: nothingTold ? 1 : unknownCosts,
    tokens: knownTokens(tokens),
  };
}
