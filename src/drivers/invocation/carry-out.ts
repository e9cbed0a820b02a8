/**
 * One round: adopts the process that a former attempt has started, or starts one, and follows it to its end. It never
 * starts one twice: what was started before and left no trace is interrupted.
 */
import { statSync } from "node:fs";
import { join } from "node:path";

import type { Adapter, AgentTask, Command } from "#agent-cli/adapter.ts";
import { type Asking, openAsking } from "#agent-cli/asking.ts";
import { NO_COUNTERS, type Counters } from "#agent-cli/counters.ts";
import { lostWords } from "#agent-cli/exit-words.ts";
import { type Following, followRound } from "#agent-cli/follow-round.ts";
import { isFolder } from "#agent-cli/is-folder.ts";
import type { PriceTable } from "#agent-cli/prices.ts";
import { takeFolder } from "#agent-cli/supervisor/folder-lock.ts";
import { folderBytes } from "#agent-cli/supervisor/folder-size.ts";
import { FILES, type Machine, readLaunch } from "#agent-cli/supervisor/launch.ts";
import { endLost } from "#agent-cli/supervisor/lost.ts";
import type { Bounds } from "#agent-cli/supervisor/standing.ts";
import { adopt, start, type Supervised } from "#agent-cli/supervisor/supervise.ts";
import { diskFault } from "#domain/disk-fault.ts";
import { Fault } from "#domain/fault.ts";

import {
  accountOf,
  accountOfLost,
  accountWithout,
  progressAfter,
  type RoundAccount,
} from "./account.ts";
import type { DemandFolder } from "./allowed-folders.ts";
import { type Budget, isUsedUp, phraseUsedUp } from "./budget.ts";
import type { InvocationInput, Limits } from "./input.ts";
import type { Entry, LiveRounds } from "./live.ts";

export interface CarryOutNeeds {
  readonly machine: Machine;
  readonly prices: () => Promise<PriceTable>;
  readonly live: LiveRounds;
  /** The database of who works in which folder. */
  readonly places: string;
  /** The environment of what is started. @throws Fault `invalid` where what was given cannot be opened */
  readonly environment: (input: InvocationInput) => Readonly<Record<string, string>>;
  readonly adapterOf: (input: InvocationInput) => Adapter;
  readonly demandFolder: DemandFolder;
}

export interface RoundOrder {
  readonly id: string;
  readonly number: number;
  readonly input: InvocationInput;
  readonly task: AgentTask;
  /** Where its files are, or will be. */
  readonly folder: string;
  readonly counters: Counters | null;
  readonly budget: Budget | undefined;
  /** Fires when it is to be canceled. */
  readonly signal: AbortSignal;
  /** It is on record that it was started before. */
  readonly wasLaunched: boolean;
  /** Puts on record that it was started, at that time. */
  readonly begun: (at: number) => Promise<void>;
}

export async function carryOut(needs: CarryOutNeeds, order: RoundOrder): Promise<RoundAccount> {
  const entry = needs.live.begin(order.id, order.number, order.folder);
  try {
    return await carry(needs, order, entry);
  } catch (error) {
    if (error instanceof Fault && error.code === "lost") throw error;
    const isCommand = order.input.command !== null;
    return accountOfLost(`It can be watched no longer: ${whyOf(error)}`, isCommand);
  } finally {
    entry.over();
  }
}

async function carry(needs: CarryOutNeeds, order: RoundOrder, entry: Entry): Promise<RoundAccount> {
  const command = needs.adapterOf(order.input).start(order.task);
  const adopted = adopt(needs.machine, order.folder, boundsOf(order.input.limits));
  if (adopted !== undefined) return await follow(needs, order, entry, command, adopted);
  if (order.wasLaunched) return await endWithoutTrace(needs, order);
  const { budget } = order;
  if (budget !== undefined && isUsedUp(budget)) return tooDear(budget);
  const giveBack = await orFault(takeTurn(needs, order, entry));
  if (giveBack instanceof Fault) return notStarted(giveBack);
  if (giveBack === undefined) return accountWithout("canceled", null, null);
  try {
    const supervised = await orFault(begin(needs, order, command));
    if (supervised === undefined) return accountWithout("canceled", null, null);
    if (supervised instanceof Fault) return notStarted(supervised);
    return await follow(needs, order, entry, command, supervised);
  } finally {
    giveBack();
  }
}

/** Whatever goes wrong before there is a process: why there is none. @throws Fault `lost` */
async function orFault<Of>(work: Promise<Of>): Promise<Of | Fault> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Fault)) return diskFault(error) ?? new Fault("internal", whyOf(error));
    if (error.code === "lost") throw error;
    return error;
  }
}

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Its files are gone; what still runs of it is nobody's any more. */
async function endWithoutTrace(
  { machine }: CarryOutNeeds,
  { id, input }: RoundOrder,
): Promise<RoundAccount> {
  return accountOfLost(lostWords(await endLost(machine, id)), input.command !== null);
}

function tooDear(budget: Budget): RoundAccount {
  return accountWithout("failed", "budget", `It was not started: it ${phraseUsedUp(budget)}.`);
}

function notStarted({ message, suggestion }: Fault): RoundAccount {
  const text = suggestion === undefined ? message : `${message} ${suggestion}`;
  return accountWithout("failed", "not_started", text);
}

/** Until nobody else works in its folder; undefined: it was canceled meanwhile. @throws Fault `lost` */
async function takeTurn(
  { machine, places, live: { leaving } }: CarryOutNeeds,
  { id, input, folder: run, signal }: RoundOrder,
  entry: Entry,
): Promise<(() => void) | undefined> {
  if (signal.aborted) return undefined;
  // A person's command is theirs to place; a folder that is not there is told by the start.
  if (input.command !== null || !isFolder(input.folder)) return () => undefined;
  const taking = { machine, place: places, folder: input.folder, executionId: id, run };
  const waits = AbortSignal.any([signal, leaving]);
  entry.tell({ waitsFor: input.folder });
  try {
    return await takeFolder({ ...taking, shared: input.shared ?? false, signal: waits });
  } catch (error) {
    if (leaving.aborted) throw letGo();
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    entry.tell({ waitsFor: null });
  }
}

/** What takes longer to measure than this is not held up for it. */
const MEASURING_MS = 1000;

/** Undefined: it was canceled before. @throws Fault why it could not be started, `lost` */
async function begin(
  { machine, live, environment, demandFolder }: CarryOutNeeds,
  order: RoundOrder,
  { program, args, env, dialogue }: Command,
): Promise<Supervised | undefined> {
  const { id, input, folder } = order;
  if (live.leaving.aborted) throw letGo();
  const { folder: cwd, limits } = input;
  demandFolder(cwd);
  const whole = { ...environment(input), ...env };
  const before = await folderBytes(cwd, MEASURING_MS);
  if (live.leaving.aborted) throw letGo();
  if (order.signal.aborted) return undefined;
  const launching = { executionId: id, command: program, args, cwd, env: whole, folder };
  const how = { isSpokenTo: dialogue !== null, folderBytes: before };
  return start(machine, { ...launching, ...how }, boundsOf(limits));
}

/** Nobody reads more, and a process that never stops talking would fill the disk: 10 GiB, unless it is said. */
const MOST_OUTPUT = 10 * 1024 ** 3;

function boundsOf({
  totalMs,
  idleMs,
  memoryBytes,
  outputBytes = MOST_OUTPUT,
}: Limits = {}): Bounds {
  return {
    outputBytes,
    ...(totalMs !== undefined && { totalMs }),
    ...(idleMs !== undefined && { idleMs }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}

async function follow(
  needs: CarryOutNeeds,
  order: RoundOrder,
  entry: Entry,
  command: Command,
  supervised: Supervised,
): Promise<RoundAccount> {
  const { machine, live } = needs;
  const { input, folder, signal } = order;
  const startedAt = readLaunch(folder)?.startedAt ?? machine.clock.now();
  if (supervised.leader !== undefined) await order.begun(startedAt);
  entry.tell({ supervised, startedAt, since: startedAt });
  const cancel = (): void => {
    entry.tell({ isEnding: true, since: machine.clock.now() });
    // How it ended is told to whoever follows it.
    void supervised.end("canceled").catch(() => undefined);
  };
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const following = await followingOf(needs, order, entry, command, supervised);
    const end = await unlessLeft(followRound(following), live.leaving);
    const resources = supervised.resources();
    const outputBytes = sizeOf(join(folder, FILES.output));
    const { progress, asking } = entry.now;
    const [isCommand, answers] = [input.command !== null, asking?.answered() ?? []];
    const { budget } = order;
    const taken = { startedAt, outputBytes, resources, budget };
    return accountOf({ end, progress, answers, isCommand, ...taken });
  } catch (error) {
    if (live.leaving.aborted) supervised.leave();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

async function followingOf(
  needs: CarryOutNeeds,
  order: RoundOrder,
  entry: Entry,
  { dialogue }: Command,
  supervised: Supervised,
): Promise<Following> {
  const { clock } = needs.machine;
  const { input, folder, task } = order;
  return {
    supervised,
    folder,
    clock,
    adapter: needs.adapterOf(input),
    reading: await readingOf(needs, order),
    bounds: roundBounds(order),
    talk: dialogue === null ? undefined : { dialogue, task, asking: ask(needs, order, entry) },
    tell: (reads, round) => {
      const { progress: before } = entry.now;
      const progress = progressAfter(before, reads, round);
      const isOther = progress.last?.type !== before.last?.type;
      entry.tell({ progress, ...(isOther && { since: clock.now() }) });
    },
  };
}

/** Where people are asked, if it is to ask them. */
function ask(
  { machine }: CarryOutNeeds,
  { input }: RoundOrder,
  { now, tell }: Entry,
): Asking | undefined {
  const questions = now.supervised?.questions;
  if (input.asks !== true || questions === undefined) return undefined;
  const asking = openAsking(questions, machine.clock, () => tell({}));
  tell({ asking });
  return asking;
}

async function readingOf({ prices }: CarryOutNeeds, { input, counters }: RoundOrder) {
  const { model } = input;
  return {
    counters: counters ?? NO_COUNTERS,
    prices: await prices(),
    ...(model !== undefined && { model }),
  };
}

function roundBounds({ input, budget }: RoundOrder) {
  const stallMs = input.limits?.stallMs;
  return {
    ...(stallMs !== undefined && { stallMs }),
    ...(budget !== undefined && { nano: budget.most, spent: budget.spent }),
  };
}

/** The next life of Stint goes on with it. */
function letGo(): Fault {
  return new Fault("lost", "It goes on without this process.");
}

/** @throws Fault `lost` */
async function unlessLeft<Of>(work: Promise<Of>, leaving: AbortSignal): Promise<Of> {
  if (leaving.aborted) throw letGo();
  const left = Promise.withResolvers<never>();
  const leave = (): void => {
    left.reject(letGo());
  };
  leaving.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([work, left.promise]);
  } finally {
    leaving.removeEventListener("abort", leave);
  }
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
