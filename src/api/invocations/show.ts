/** An invocation as the API shows it. */
import { join } from "node:path";

import { FILES } from "#agent-cli/supervisor/launch.ts";
import type { Invocation, InvocationItem, InvocationRound } from "#contract/shapes/invocations.ts";
import { type ExecutionId, nodeIds } from "#domain/id.ts";
import { hasEnded } from "#domain/kinds.ts";
import { toolsOf, type RoundAccount, type RoundFigures } from "#drivers/invocation/account.ts";
import { limitsAfter } from "#drivers/invocation/budget.ts";
import { sizeOf } from "#drivers/invocation/carry-out.ts";
import { type InvocationInput, NO_INPUT } from "#drivers/invocation/input.ts";
import { roundFolder } from "#drivers/invocation/invocation.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";

import type { Actors } from "../executions/actors.ts";
import { showFault } from "../executions/item.ts";
import type { ExecutionRow } from "../executions/rows.ts";
import { showTime, showTimeOr } from "../times.ts";
import { showProcess } from "./process.ts";
import { showAnswers, showQuestions } from "./questions.ts";
import { latestOf, resourcesOf, seriesOf } from "./resources.ts";
import { moneyOf, usedBy, usedIn, usedNow, type Used } from "./sums.ts";
import type { Told, ToldRound } from "./told.ts";

export interface Parts {
  readonly row: ExecutionRow;
  readonly told: Told;
  readonly live: LiveRound | undefined;
  readonly index: number | null;
  readonly actors: Actors;
  readonly now: number;
}

const LONGEST_PROMPT = 200;

export function showItem({ row, told, live, index, actors, now }: Parts): InvocationItem {
  const { created, rounds, fault } = told;
  const input = told.input ?? NO_INPUT;
  const used = usedBy(told, live, now);
  const isOver = row.endedAt !== null;
  return {
    id: row.id as ExecutionId,
    cli: input.cli,
    label: row.label,
    prompt: wordsOf(input),
    folder: input.folder,
    status: statusOf(row),
    outcome: outcomeOf(row, told),
    nodeId: nodeIds.is(created.target) ? created.target : null,
    executionIndex: index,
    ...timesOf(row, used),
    rounds,
    ...lastOf(used, input),
    ...moneyOf(used),
    error: isOver && fault !== null ? showFault(fault) : null,
    questions: showQuestions(live),
    now: live === undefined ? null : showNow(live),
    trigger: { type: created.trigger.type, by: actors.of(created.trigger.by) },
  };
}

function showNow(live: LiveRound): InvocationItem["now"] {
  const { number, startedAt } = live;
  const { state } = showProcess(live);
  return { round: number, state, startedAt: showTimeOr(startedAt), look: latestOf(live) };
}

function wordsOf({ prompt, command }: InvocationInput): string {
  return (prompt ?? (command ?? []).join(" ")).slice(0, LONGEST_PROMPT);
}

type Times = "createdAt" | "startedAt" | "completedAt" | "durationMs" | "activeMs";

function timesOf(row: ExecutionRow, used: readonly Used[]): Pick<InvocationItem, Times> {
  const { createdAt, startedAt, endedAt } = row;
  return {
    createdAt: showTime(createdAt),
    startedAt: showTimeOr(startedAt),
    completedAt: showTimeOr(endedAt),
    durationMs: spanOf(startedAt, endedAt),
    activeMs: startedAt === null ? null : used.reduce((sum, { activeMs }) => sum + activeMs, 0),
  };
}

const spanOf = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : to - from;

/** Which model answered last, and where it goes on. */
function lastOf(used: readonly Used[], input: InvocationInput) {
  const last = (what: "model" | "session"): string | null =>
    used.findLast((one) => one[what] !== null)?.[what] ?? input[what] ?? null;
  return { model: last("model"), session: last("session") };
}

function statusOf({ kind, state }: ExecutionRow): InvocationItem["status"] {
  if (hasEnded(kind, state)) return "completed";
  return state === "idle" ? "idle" : "running";
}

function outcomeOf({ state }: ExecutionRow, { fault }: Told): InvocationItem["outcome"] {
  if (state === "completed") return "succeeded";
  if (state === "canceled") return "canceled";
  if (state !== "failed") return null;
  return fault?.code === "interrupted" ? "interrupted" : "failed";
}

/** @param folder where the files of all rounds are */
export function showInvocation(parts: Parts, folder: string): Invocation {
  const { told, live } = parts;
  const input = told.input ?? NO_INPUT;
  return {
    ...showItem(parts),
    permission: input.permission,
    asks: input.asks === true,
    maxTurns: input.maxTurns ?? null,
    limits: { ...limitsAfter(input.limits, told.followUps) },
    envNames: [...(input.env?.names ?? [])],
    command: input.command === null ? null : [...input.command],
    roundList: Array.from({ length: told.rounds }, (_, index) =>
      showRound(parts, index + 1, promptOf(told, input, index)),
    ),
    process: live === undefined ? null : showProcess(live),
    resources: resourcesOf(told, live),
    series: seriesOf(told, live, roundFolder(folder, parts.row.id, told.rounds)),
    payloads: "full",
  };
}

function promptOf({ followUps }: Told, { prompt }: InvocationInput, index: number): string {
  return (index === 0 ? prompt : followUps[index - 1]?.prompt) ?? "";
}

function showRound(parts: Parts, number: number, prompt: string): InvocationRound {
  const { live, now, actors } = parts;
  const over = parts.told.over.get(number);
  if (over !== undefined && over.figures !== null)
    return showOver(number, prompt, { ...over, figures: over.figures }, actors);
  if (live?.number !== number) return { ...NOTHING, number, prompt };
  return showLive(prompt, live, now, actors);
}

const NOTHING: Omit<InvocationRound, "number" | "prompt"> = {
  startedAt: null,
  completedAt: null,
  durationMs: null,
  outcome: null,
  reason: null,
  message: null,
  exitCode: null,
  signal: null,
  session: null,
  model: null,
  turns: null,
  text: "",
  tokens: null,
  cost: null,
  costSource: null,
  notional: false,
  costUnknown: 0,
  tools: {},
  toolErrors: 0,
  retries: 0,
  denials: 0,
  warnings: [],
  answers: [],
  unread: 0,
  outputBytes: 0,
};

function showOver(
  number: number,
  prompt: string,
  { figures, account }: ToldRound & { readonly figures: RoundFigures },
  actors: Actors,
): InvocationRound {
  const { resources: _resources, nano: _nano, ...shown } = figures;
  const { startedAt, completedAt } = figures;
  return {
    ...shown,
    ...moneyOf([usedIn(figures)]),
    ...textsOf(account),
    number,
    prompt,
    startedAt: showTimeOr(startedAt),
    completedAt: showTimeOr(completedAt),
    durationMs: spanOf(startedAt, completedAt),
    signal: signalOf(figures.exitCode),
    tools: { ...figures.tools },
    answers: showAnswers(number, account?.answers, actors),
  };
}

function textsOf(account: RoundAccount | null) {
  const { message = null, text = "", warnings = [] } = account ?? {};
  return { message, text, warnings: [...warnings] };
}

/** A shell tells a death by a signal as 128 and its number; a program may end so by itself. */
const SIGNALS: Readonly<Record<number, string>> = {
  129: "SIGHUP",
  130: "SIGINT",
  131: "SIGQUIT",
  137: "SIGKILL",
  143: "SIGTERM",
};

const signalOf = (exitCode: number | null): string | null =>
  exitCode === null ? null : (SIGNALS[exitCode] ?? null);

function showLive(prompt: string, live: LiveRound, now: number, actors: Actors): InvocationRound {
  const { number, startedAt, progress } = live;
  const { round, costSource } = progress;
  return {
    ...NOTHING,
    ...moneyOf([usedNow(live, now)]),
    number,
    prompt,
    startedAt: showTimeOr(startedAt),
    session: round.session,
    model: round.model,
    turns: round.end?.turns ?? null,
    text: round.text,
    costSource,
    tools: { ...toolsOf(round) },
    toolErrors: round.toolErrors,
    retries: round.retries,
    denials: round.denials,
    warnings: [...round.warnings],
    answers: showAnswers(number, live.asking?.answered(), actors),
    unread: round.unread,
    outputBytes: sizeOf(join(live.folder, FILES.output)),
  };
}
