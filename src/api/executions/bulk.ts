/**
 * Cancels or retries one execution after the other. It is an execution itself: it goes on after a crash, can be watched
 * and canceled, and does nothing twice.
 */
import { Fault, type FaultCode } from "#domain/fault.ts";
import type { Conclusion } from "#engine/execution-end.ts";
import { program, type ProgramContext, type Runnable } from "#engine/program.ts";
import type { Entered } from "#workspace/workspaces.ts";

import type { Retrying } from "./retry.ts";
import type { Runs } from "./runs.ts";

export type BulkAct =
  | { readonly act: "cancel"; readonly reason: string | undefined }
  | { readonly act: "retry"; readonly how: Retrying };

export interface BulkInput {
  readonly asked: BulkAct;
  /** Who asked, and what they might do then. */
  readonly entered: Entered;
  readonly ids: readonly string[];
}

/** How many came to what: `done`, or the code of what refused it. */
type Tally = Readonly<Record<string, number>>;
export type BulkProgram = Runnable<BulkInput, Tally>;

/** Canceling is quick, and again is harmless. */
const CANCELED_AT_ONCE = 25;

/** @param acting who carries it out; known once the server is put together */
export function bulk(acting: Promise<Pick<Runs, "cancel" | "retry">>): BulkProgram {
  const many = program("bulk", (run, input: BulkInput) =>
    input.asked.act === "cancel" ? cancelAll(run, input, acting) : retryAll(run, input, acting),
  );
  return { ...many, conclude };
}

/** What was refused is a warning each; nobody else is held up by it. */
function conclude({ done = 0, ...refused }: Tally): Conclusion {
  const warnings = Object.values(refused).reduce((sum, n) => sum + n, 0);
  return { figures: { executionsDone: done }, warnings };
}

async function cancelAll(
  run: ProgramContext,
  { asked, entered, ids }: BulkInput,
  acting: Promise<Pick<Runs, "cancel">>,
): Promise<Tally> {
  const reason = asked.act === "cancel" ? asked.reason : undefined;
  const outcomes: string[] = [];
  for (let from = 0; from < ids.length; from += CANCELED_AT_ONCE) {
    const some = ids.slice(from, from + CANCELED_AT_ONCE);
    const canceled = await run.step(["cancel", from + 1], async () => {
      const { cancel } = await acting;
      return Promise.all(
        some.map((id) => outcomeOf(async () => void (await cancel(entered, id, reason)))),
      );
    });
    outcomes.push(...canceled.map(({ code }) => code));
  }
  return tallyOf(outcomes);
}

const LONGEST_WAIT_MS = 60_000;
/** About a day. */
const MOST_WAITS = 1440;

async function retryAll(
  run: ProgramContext,
  { asked, entered, ids }: BulkInput,
  acting: Promise<Pick<Runs, "retry">>,
): Promise<Tally> {
  if (asked.act !== "retry") return {};
  const outcomes: string[] = [];
  for (const [index, id] of ids.entries()) {
    const key = `${run.id} ${index}`;
    const retry = async (): Promise<void> =>
      void (await (await acting).retry(entered, id, asked.how, key));
    outcomes.push(await retryInTurn(run, index + 1, retry));
  }
  return tallyOf(outcomes);
}

/** An agent runs once at a time, and so many times a minute: the next one waits for its turn. */
async function retryInTurn(
  run: ProgramContext,
  number: number,
  retry: () => Promise<void>,
): Promise<string> {
  for (let turn = 1; ; turn += 1) {
    const { code, waitMs } = await run.step(["retry", number, turn], () => outcomeOf(retry));
    const mayCome = code === "already_running" || code === "rate_limited";
    if (!mayCome || turn === MOST_WAITS) return code;
    const ms = Math.max(waitMs, Math.min(1000 * 2 ** turn, LONGEST_WAIT_MS));
    await run.sleep(["turn", number, turn], ms);
  }
}

interface Outcome {
  readonly code: "done" | FaultCode;
  readonly waitMs: number;
}

/** What refused one is told with its code; a bug ends the whole. */
async function outcomeOf(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return { code: "done", waitMs: 0 };
  } catch (error) {
    if (!(error instanceof Fault) || error.code === "unavailable") throw error;
    return { code: error.code, waitMs: error.retryAfterMs ?? 0 };
  }
}

function tallyOf(outcomes: readonly string[]): Tally {
  const counts = Map.groupBy(outcomes, (outcome) => outcome);
  return Object.fromEntries([...counts].map(([outcome, { length }]) => [outcome, length]));
}
