/**
 * The engine: it starts executions, runs what it has claimed, and tells what others have to say.
 * All it knows is in the ledger; what it holds in memory can be lost at any moment.
 */
import { systemClock, type Clock } from "#domain/clock.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { tryAgain } from "./blocked.ts";
import { openInMemory, type Core, type EngineLog } from "./core.ts";
import { Dispatcher } from "./dispatcher.ts";
import { readHeld } from "./execution-run.ts";
import { isRated, type Limits } from "./limits/limits.ts";
import { Places } from "./limits/places.ts";
import { whyInLine, type InLine } from "./limits/why.ts";
import type { AnyProgram, Runnable } from "./program.ts";
import { openPrograms } from "./programs.ts";
import { reopen, type Reopened, type ReopenOptions } from "./reopen.ts";
import { Room } from "./room.ts";
import { type RetryOptions, startAgain } from "./start-again.ts";
import { start, type Started, type StartOptions } from "./start.ts";
import { Teller } from "./teller.ts";
import { openWaiters, readEnd, type Waiters } from "./waiters.ts";

export interface EngineOptions {
  readonly ledger: Ledger;
  /** Several of one name are versions of it, the latest last. */
  readonly programs: readonly AnyProgram[];
  readonly clock?: Clock;
  readonly log?: EngineLog;
  /** How many executions run at once; what comes on top is queued in the store. Default 1,000. */
  readonly concurrency?: number;
  /** How much of that each workspace and agent may have. */
  readonly limits?: Limits;
  readonly random?: () => number;
  readonly dayOf?: (ws: number, at: number) => number;
}

export interface Engine {
  /** @throws Fault `already_running` with the holder's id, `unknown_program` */
  readonly start: <Input>(
    program: Runnable<Input>,
    input: Input,
    options?: StartOptions,
  ) => Promise<Started>;
  /** Tries one that has ended again, as a new execution that is linked with it. @throws Fault `conflict` */
  readonly retry: (id: string, options?: RetryOptions) => Promise<Started>;
  /** Opens one that has ended again, as itself, with what it is given now. @throws Fault `not_found`, `conflict` */
  readonly reopen: (id: string, given: unknown, options?: ReopenOptions) => Promise<Reopened>;
  /** Its answer, when it has ended; no polling. @throws Fault as it failed, `canceled`, `not_found` */
  readonly result: (id: string) => Promise<unknown>;
  /** Input for a waiting execution. False: it has ended. @throws Fault `not_found` */
  readonly signal: (
    id: string,
    name: string,
    value?: unknown,
    options?: { readonly key?: string; readonly by?: string; readonly lane?: number },
  ) => Promise<boolean>;
  /** Cancels it and what runs under it. False: it had ended. @throws Fault `not_found` */
  readonly cancel: (id: string, by: string, reason?: string) => Promise<boolean>;
  /**
   * Pauses it and what runs under it: steps under way end, none begins, no wait ends, until somebody
   * resumes it; waits then end when they would have. False: it has ended. @throws Fault `not_found`
   */
  readonly pause: (id: string, by: string) => Promise<boolean>;
  /** Lets what is paused go on. False: it has ended. @throws Fault `not_found` */
  readonly resume: (id: string, by: string) => Promise<boolean>;
  /** Ends one of its lanes where it is, and no other. False: that has ended. @throws Fault `not_found` */
  readonly stopLane: (id: string, lane: number, by: string, reason?: string) => Promise<boolean>;
  /** Has what is blocked of it looked at again, as the next start would. False: nothing of it is. */
  readonly tryAgain: (id: string) => Promise<boolean>;
  /** The version with which an execution of a program goes on that is on `version`. */
  readonly versionOf: (program: string, version: string) => string | undefined;
  /** Ends the timers that are open now: of one lane, or of all. */
  readonly skipWait: (id: string, by: string, lane?: number) => Promise<boolean>;
  /** What an execution of an agent (0: of none) that never began waits for. */
  readonly inLine: (ws: number, agent: number) => Promise<InLine>;
  /** Others have written into inboxes by themselves: whom they wrote to hears it now, not at the next sweep. */
  readonly listen: () => void;
  /** Others than the engine have put something into the inbox of a lane. */
  readonly hint: (no: number, lane: number) => void;
  /** How many executions are in memory now. */
  readonly running: () => number;
  /**
   * Claims nothing more, and gives what runs a moment to end or park. What is still running then goes
   * on at the next start, as after a crash.
   */
  readonly stop: (graceMs?: number) => Promise<void>;
}

const DAY_MS = 86_400_000;

function chosen(options: EngineOptions): Pick<Core, "programs" | "log" | "random" | "dayOf"> {
  return {
    programs: openPrograms(options.programs),
    log: options.log ?? STDERR_LOG,
    random: options.random ?? Math.random,
    dayOf: options.dayOf ?? ((_ws, at): number => Math.floor(at / DAY_MS)),
  };
}

/** Opens it: what its former lives held is free again, and what is due goes on. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { ledger, clock = systemClock } = options;
  const { owner } = ledger;
  const inMemory = openInMemory();
  const dueAt = (at: number): void => running.dispatcher.dueAt(at);
  const teller = new Teller({ ledger, clock, inMemory, dueAt });
  const core: Core = {
    ...chosen(options),
    ledger,
    clock,
    owner,
    inMemory,
    dueAt,
    tell: (id, kind, body, key) => teller.tell(id, kind, body, { key }),
  };
  const running = openRunning(core, options);
  await ledger.append({ op: "recover", owner, at: clock.now() });
  running.dispatcher.look();
  return engineOf({ core, teller, ...running });
}

/** The places of this process, and who gets them. */
function openRunning(core: Core, { concurrency = 1000, limits = {} }: EngineOptions): Running {
  const { ledger, clock, owner } = core;
  const waiters = openWaiters();
  const places = new Places(concurrency, limits);
  const room = new Room(core, {
    places,
    waiters,
    mustQueue: (ws, agent) => isRated(limits, agent) || dispatcher.isBehind(ws, agent),
    onLeft: (ws, agent) => dispatcher.placeLeft(ws, agent),
  });
  const dispatcher: Dispatcher = new Dispatcher({
    ledger,
    clock,
    owner,
    places,
    limits,
    run: (claimed, at) => {
      void room.hold(claimed, claimed.no, () => readHeld(core, claimed, at));
    },
    failed: (error) => core.log.warn("claiming failed", { error: String(error) }),
  });
  const inLine: Engine["inLine"] = (ws, agent) =>
    whyInLine({ ledger, clock, limits, places }, ws, agent);
  return { room, waiters, dispatcher, inLine };
}

interface Running {
  readonly room: Room;
  readonly waiters: Waiters;
  readonly dispatcher: Dispatcher;
  readonly inLine: Engine["inLine"];
}

interface Parts extends Running {
  readonly core: Core;
  readonly teller: Teller;
}

function engineOf({ core, room, teller, waiters, dispatcher, inLine }: Parts): Engine {
  return {
    start: (program, input, more) => start(core, room, program, input, more),
    retry: (id, options) => startAgain(core, room, id, options),
    reopen: (id, given, options) => reopen(core, id, given, options),
    result: (id) =>
      waiters.result(id, async () => (room.holds(id) ? undefined : readEnd(core.ledger, id))),
    signal: (id, name, value, { key, by, lane } = {}) =>
      teller.say(id, "signal", { name, value, ...(by !== undefined && { by }) }, { lane, key }),
    cancel: (id, by, reason) =>
      teller.say(id, "cancel", { by, ...(reason !== undefined && { reason }) }),
    pause: (id, by) => teller.say(id, "pause", { by }),
    resume: (id, by) => teller.say(id, "resume", { by }),
    stopLane: (id, lane, by, reason) =>
      teller.say(id, "cancel", { by, ...(reason !== undefined && { reason }) }, { lane }),
    tryAgain: (id) => tryAgain(core, id),
    versionOf: (name, version) => core.programs.find(name, version)?.version,
    skipWait: (id, by, lane) => teller.skipWait(id, by, lane),
    inLine,
    listen: () => {
      core.inMemory.hintAll();
      dispatcher.look();
    },
    hint: (no, lane) => teller.hint(no, lane),
    running: () => room.running,
    stop: async (graceMs) => {
      room.close();
      await dispatcher.stop();
      await room.empty(graceMs);
    },
  };
}

/** Without a log of the caller's own, what goes wrong is at least said. */
export const STDERR_LOG: EngineLog = {
  warn: (message, facts) => {
    process.stderr.write(`stint: ${message} ${JSON.stringify(facts)}\n`);
  },
};
