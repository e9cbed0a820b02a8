/** The lines of one session of Claude Code become its rounds: a prompt, and what came of it. */
import { nanoDollars } from "#domain/money.ts";

import { enter, openAccount, type Account } from "../account.ts";
import type { Verdict } from "../adapter.ts";
import { costSourceAfter } from "../cost-source.ts";
import type { AgentEvent, End, Said } from "../events.ts";
import { judgeBy, reasonOfWords } from "../judging.ts";
import type { PriceTable } from "../prices.ts";
import { evolveRound, NO_ROUND, type Round } from "../round.ts";
import type { PastRound } from "./past.ts";
import type { AnswerLine } from "./session-line.ts";
import { outputOf } from "./session-output.ts";
import type { Stretch } from "./stretch.ts";

export interface Rounds {
  readonly id: string;
  readonly prices: PriceTable;
}

/** Those that have an answer, or were stopped before one; a command of the Agent CLI's own is no round. */
export function roundsOf(rounds: Rounds, stretches: readonly Stretch[]): readonly PastRound[] {
  return stretches.filter(isRound).map((stretch) => roundOf(rounds, stretch));
}

function isRound({ prompt, lines, answers }: Stretch): boolean {
  if (answers.size > 0) return true;
  return (
    lines.some(({ type }) => type === "stop") && prompt !== null && !prompt.text.startsWith("/")
  );
}

function roundOf({ id, prices }: Rounds, stretch: Stretch): PastRound {
  const account = openAccount({ prices });
  const events = sayingOf(id, stretch).flatMap((said) => enter(account, said));
  const spent = [...stretch.answers.values()].flatMap((answer) => spendingOf(account, answer));
  const whole = reported(stretch, [...events, ...spent]);
  const round = [...whole, endOf(stretch)].reduce(evolveRound, NO_ROUND);
  const times = [...stretch.lines, ...stretch.answers.values()].map(({ at }) => at);
  const startedAt = stretch.prompt?.at ?? Math.min(...times);
  const completedAt = Math.max(startedAt, ...times);
  const prompt = stretch.prompt?.text ?? "";
  const costSource = costSourceAfter(null, whole);
  const past = { prompt, startedAt, completedAt, round, verdict: verdictOf(round), costSource };
  return { ...past, output: outputOf(stretch, past) };
}

function sayingOf(id: string, { lines, answers }: Stretch): readonly Said[] {
  const models = [...answers.values()].filter(({ isAside }) => !isAside).map(({ model }) => model);
  const model = models.findLast((each) => each !== null) ?? null;
  const session: Said = { type: "session", id, model, version: null, billing: null };
  return [session, ...lines.flatMap((line) => ("said" in line && !line.isAside ? line.said : []))];
}

function spendingOf(account: Account, answer: AnswerLine): readonly AgentEvent[] {
  const { model, tokens, dollars, isBeyondLists, error } = answer;
  if (error !== null) return [];
  // A cost that is told comes first, so that the list is not asked.
  const cost: Said = { type: "cost", model, dollars, scope: "stretch", estimate: false };
  const isTold = dollars !== null || isBeyondLists;
  const told = isTold ? enter(account, cost) : [];
  const usage = enter(account, { type: "usage", model, tokens, scope: "stretch" });
  account.costIsTold = false;
  return [...told, ...usage];
}

/** What its process said counts, also for requests of which the session tells nothing. */
function reported({ dollars }: Stretch, events: readonly AgentEvent[]): readonly AgentEvent[] {
  if (dollars === null) return events;
  const others = events.filter(({ type }) => type !== "cost");
  const plain = { counting: "difference", estimate: false, notional: false, table: null } as const;
  const nano = nanoDollars(dollars);
  return [...others, { type: "cost", model: null, nano, source: "reported", ...plain }];
}

function endOf(stretch: Stretch): End {
  const turns = [...stretch.answers.values()].filter(({ isAside }) => !isAside).length;
  const [claim, reason, message] = claimOf(stretch);
  return { type: "end", claim, reason, message, text: null, turns, ms: null };
}

type Claim = readonly [End["claim"], End["reason"], string | null];

const STOPPED: Claim = ["interrupted", "interrupted", "A person stopped it."];
const IN_THE_MIDDLE: Claim = [
  "interrupted",
  "interrupted",
  "Its process ended in the middle of it.",
];

/** The last line of its own tells. */
function claimOf({ lines }: Stretch): Claim {
  const last = lines.findLast(({ isAside }) => !isAside);
  if (last?.type === "stop") return STOPPED;
  if (last?.type !== "answer") return IN_THE_MIDDLE;
  if (last.error !== null) return ["failed", reasonOfWords(last.error), last.error];
  return last.said.some(({ type }) => type === "tool_started")
    ? IN_THE_MIDDLE
    : ["succeeded", null, null];
}

const judge = judgeBy({ closes: true });

function verdictOf(round: Round): Verdict {
  return judge({ exit: null, cancelRequested: false, stderr: "", round });
}

/** Whether it may still be going on: it has no end, and said something not long ago. */
export function isUnfinished({ verdict, completedAt }: PastRound, now: number): boolean {
  return (
    verdict.outcome === "interrupted" &&
    verdict.message !== STOPPED[2] &&
    now - completedAt < WHILE_MS
  );
}

const WHILE_MS = 3_600_000;
