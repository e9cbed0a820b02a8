/**
 * The durable function of invocations: a round for what it was started with, and one for each follow-up. The round's
 * process outlives Stint; whoever runs the function next goes on with it (`carry-out.ts`).
 */
import { createHash } from "node:crypto";
import { join } from "node:path";

import type { AgentTask } from "#agent-cli/adapter.ts";
import type { CreatedFact, Figures } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import type { Closing } from "#engine/closing.ts";
import type { Conclusion } from "#engine/execution-end.ts";
import type { ProgramContext, Runnable } from "#engine/program.ts";
import { NO_RETRY } from "#engine/retry.ts";

import { figuresOf, type RoundAccount, spentBy } from "./account.ts";
import { type Budget, budgetOf, dollarsLeft, limitsAfter } from "./budget.ts";
import { carryOut, type CarryOutNeeds, type RoundOrder } from "./carry-out.ts";
import { DRIVERS, type FollowUp, type InvocationInput } from "./input.ts";
import { faultOf, figuresOfAll } from "./sum-up.ts";

export interface InvocationNeeds extends CarryOutNeeds {
  /** Where the files of all rounds are. */
  readonly folder: string;
}

/** What it answers to whoever awaits it. */
export interface InvocationAnswer {
  readonly rounds: number;
  readonly session: string | null;
  /** Of the last round. */
  readonly text: string;
  readonly figures: Figures;
  readonly fault: KeptFault | null;
  /** When its last process ended; null: it had none. */
  readonly when: number | null;
}

export type InvocationProgram = Runnable<InvocationInput, InvocationAnswer>;

/** Names of what is put on record about a round. */
const NAMES = {
  round: (number: number) => ["round", number],
  /** Its process was started. */
  launch: (number: number) => ["launch", number],
  figures: (number: number) => ["figures", number],
  spend: (number: number) => ["spend", number],
} as const;

/** One for each family of Agent CLIs: they differ by name alone, by which lists tell them apart. */
export function invocationPrograms(needs: InvocationNeeds): readonly InvocationProgram[] {
  return DRIVERS.map((name) => ({
    name,
    version: "1",
    kind: "invocation",
    lanes: {},
    apart: true,
    countedIn: ({ target }: CreatedFact) => target ?? undefined,
    run: (run: ProgramContext, input) => invoke(needs, run, input),
    close: (closing: Closing, input: InvocationInput) => closeRound(needs, closing, input),
    conclude: ({ figures, fault, when }: InvocationAnswer): Conclusion => ({
      figures,
      ...(fault !== null && { fault }),
      ...(when !== null && { when }),
    }),
  }));
}

async function invoke(
  needs: InvocationNeeds,
  run: ProgramContext,
  input: InvocationInput,
): Promise<InvocationAnswer> {
  const prompts = promptsOf(input, run.reopenings);
  const accounts: RoundAccount[] = [];
  for (const [index, prompt] of prompts.entries()) {
    const number = index + 1;
    const imported = importedRound(run, input, number);
    const account = await doRound(needs, run, {
      input: inputAt(input, run.reopenings, number),
      number,
      prompt,
      before: accounts,
      imported,
    });
    record(run, number, account);
    accounts.push(account);
  }
  return answerOf(accounts, input.command !== null);
}

/** A command has no prompt. */
function promptsOf(
  { prompt }: InvocationInput,
  reopenings: readonly { readonly given: unknown }[],
): readonly string[] {
  return [prompt ?? "", ...reopenings.map(({ given }) => (given as FollowUp).prompt)];
}

/** With the limits that stand in that round. */
function inputAt(
  input: InvocationInput,
  reopenings: readonly { readonly given: unknown }[],
  number: number,
): InvocationInput {
  const followUps = reopenings.slice(0, number - 1).map(({ given }) => given as FollowUp);
  return { ...input, limits: limitsAfter(input.limits, followUps) };
}

/** What came of that round without Stint. A retry does it anew. */
function importedRound(
  { createdAt, reopenings }: ProgramContext,
  input: InvocationInput,
  number: number,
): RoundAccount | undefined {
  if (number > 1) return (reopenings[number - 2]?.given as FollowUp | undefined)?.imported;
  return createdAt === input.imported?.startedAt ? input.imported : undefined;
}

interface Ahead {
  readonly input: InvocationInput;
  readonly number: number;
  readonly prompt: string;
  readonly before: readonly RoundAccount[];
  readonly imported?: RoundAccount | undefined;
}

async function doRound(
  needs: InvocationNeeds,
  run: ProgramContext,
  ahead: Ahead,
): Promise<RoundAccount> {
  const { number, imported } = ahead;
  const launch = NAMES.launch(number);
  const wasLaunched = run.noted(launch) === run.id;
  if (wasLaunched) run.note(launch, run.id); // a replay asks for all that is on record
  return await run.step(
    NAMES.round(number),
    async ({ signal }) => {
      if (imported !== undefined) return await takeOver(run, imported);
      return await carryOut(needs, {
        ...orderOf(needs, run.id, ahead),
        signal,
        wasLaunched,
        begun: async (at) => {
          if (!wasLaunched) run.note(launch, run.id);
          await run.begun(at);
        },
      });
    },
    { apart: true, anew: true, retry: NO_RETRY },
  );
}

async function takeOver(run: ProgramContext, imported: RoundAccount): Promise<RoundAccount> {
  if (imported.startedAt !== null) await run.begun(imported.startedAt);
  return imported;
}

type Standing = Pick<RoundOrder, "signal" | "wasLaunched" | "begun">;

function orderOf(
  { folder, adapterOf }: InvocationNeeds,
  id: string,
  { input, number, prompt, before }: Ahead,
): Omit<RoundOrder, keyof Standing> {
  const session = before.findLast((one) => one.session !== null)?.session ?? input.session;
  const begins = session === undefined || session === null;
  const budget = budgetOf(input.limits, before);
  const named = adapterOf(input).namesSessions ? sessionOf(id, number) : undefined;
  return {
    id,
    number,
    input,
    folder: roundFolder(folder, id, number),
    // A round that had no process tells nothing: its session stands where it stood.
    counters: before.findLast((one) => one.counters !== null)?.counters ?? null,
    budget,
    task: {
      ...taskOf(input, prompt, budget),
      ...(!begins && { session: { id: session, how: "resume" } }),
      ...(begins && named !== undefined && { session: { id: named, how: "start" } }),
    },
  };
}

export const roundFolder = (folder: string, id: string, number: number): string =>
  join(folder, id, String(number));

function taskOf(input: InvocationInput, prompt: string, budget: Budget | undefined): AgentTask {
  const { permission, folder, model, maxTurns, asks } = input;
  return {
    prompt,
    permission,
    folder,
    ...(model !== undefined && { model }),
    ...(asks !== undefined && { asks }),
    ...(budget !== undefined && { maxDollars: dollarsLeft(budget) }),
    ...(maxTurns !== undefined && { maxTurns }),
  };
}

/** The same in every attempt: one that was started and said nothing yet is not lost. */
export function sessionOf(id: string, number: number): string {
  const hex = createHash("sha256").update(`${id}/${number}`).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join("-");
}

function record(
  on: Pick<ProgramContext, "note" | "spend">,
  number: number,
  account: RoundAccount,
): void {
  const figures = figuresOf(account);
  on.note(NAMES.figures(number), figures);
  const spent = spentBy(figures);
  if (spent !== undefined) on.spend(NAMES.spend(number), spent);
}

function answerOf(accounts: readonly RoundAccount[], isCommand: boolean): InvocationAnswer {
  const last = accounts.at(-1);
  return {
    rounds: accounts.length,
    session: accounts.findLast(({ session }) => session !== null)?.session ?? null,
    text: last?.text ?? "",
    figures: figuresOfAll(accounts),
    fault: last === undefined ? null : faultOf(last, isCommand),
    when: last?.completedAt ?? null,
  };
}

/** Canceled while nobody had it in memory: its process is ended, and the round is put on record. */
async function closeRound(
  needs: InvocationNeeds,
  closing: Closing,
  input: InvocationInput,
): Promise<void> {
  const prompts = promptsOf(input, closing.reopenings);
  const number = prompts.length;
  const before = accountsOf(closing, number - 1);
  const prompt = prompts.at(-1);
  const wasLaunched = closing.noted(NAMES.launch(number)) === closing.id;
  const isDone = closing.answerOf(NAMES.round(number)) !== undefined;
  if (prompt === undefined || isDone) return;
  const account = await carryOut(needs, {
    ...orderOf(needs, closing.id, {
      input: inputAt(input, closing.reopenings, number),
      number,
      prompt,
      before,
    }),
    signal: AbortSignal.abort(),
    wasLaunched,
    begun: async () => undefined,
  });
  const { startedAt, completedAt } = account;
  const ms = startedAt === null || completedAt === null ? 0 : completedAt - startedAt;
  closing.done(NAMES.round(number), account, ms);
  record(closing, number, account);
}

/** Of the rounds up to that one. */
function accountsOf(closing: Closing, last: number): readonly RoundAccount[] {
  return Array.from({ length: last }, (_, index) =>
    closing.answerOf(NAMES.round(index + 1)),
  ).flatMap((done) => (done === undefined ? [] : [done.value as RoundAccount]));
}
