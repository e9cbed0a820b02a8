/**
 * The engine: it starts executions, runs what it has claimed, and tells what others have to say.
 * All it knows is in the ledger; what it holds in memory can be lost at any moment.
 */
import { systemClock, type Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import { tryAgain } from "./blocked.ts";
import { openInMemory, type Core, type EngineLog } from "./core.ts";
import { Dispatcher } from "./dispatcher.ts";
import { readHeld } from "./execution-run.ts";
import type { AnyProgram, Runnable } from "./program.ts";
import { Room } from "./room.ts";
import { type RetryOptions, startAgain } from "./start-again.ts";
import { start, type Started, type StartOptions } from "./start.ts";
import { Teller } from "./teller.ts";
import { openWaiters, readEnd, type Waiters } from "./waiters.ts";

export interface EngineOptions {
  readonly ledger: Ledger;
  readonly programs: readonly AnyProgram[];
  readonly clock?: Clock;
  readonly log?: EngineLog;
  /** How many executions run at once; what comes on top is queued in the store. Default 1,000. */
  readonly concurrency?: number;
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
  /** Ends one of its lanes where it is, and no other. False: that has ended. @throws Fault `not_found` */
  readonly stopLane: (id: string, lane: number, by: string, reason?: string) => Promise<boolean>;
  /** Has what is blocked of it looked at again, as the next start would. False: nothing of it is. */
  readonly tryAgain: (id: string) => Promise<boolean>;
  /** The version of a program that was given to this engine. */
  readonly versionOf: (program: string) => string | undefined;
  /** Ends the timers that are open now: of one lane, or of all. */
  readonly skipWait: (id: string, by: string, lane?: number) => Promise<boolean>;
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
    programs: byName(options.programs),
    log: options.log ?? STDERR_LOG,
    random: options.random ?? Math.random,
    dayOf: options.dayOf ?? ((_ws, at): number => Math.floor(at / DAY_MS)),
  };
}

/** @throws Fault `bad_request` where two programs have one name: executions name theirs by it. */
function byName(programs: readonly AnyProgram[]): ReadonlyMap<string, AnyProgram> {
  const found = new Map<string, AnyProgram>();
  for (const program of programs) {
    const other = found.get(program.name);
    if (other !== undefined && other !== program) {
      throw new Fault("bad_request", `Two programs are named "${program.name}".`, {
        suggestion: "Give each its own name: an execution finds its program by it.",
      });
    }
    found.set(program.name, program);
  }
  return found;
}

/** Opens it: what its former lives held is free again, and what is due goes on. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { ledger, clock = systemClock, concurrency = 1000 } = options;
  const { owner } = ledger;
  const waiters = openWaiters();
  const inMemory = openInMemory();
  const dueAt = (at: number): void => dispatcher.dueAt(at);
  const teller = new Teller({ ledger, clock, inMemory, dueAt });
  const core: Core = {
    ...chosen(options),
    ledger,
    clock,
    owner,
    inMemory,
    dueAt,
    tell: (id, kind, body, lane) => teller.tell(id, kind, body, { lane }),
  };
  const room = new Room(core, {
    concurrency,
    waiters,
    isBehind: () => dispatcher.isBehind,
    onRoom: () => dispatcher.look(),
  });
  const dispatcher: Dispatcher = new Dispatcher({
    ledger,
    clock,
    owner,
    room: () => room.left(),
    run: (claimed) => {
      void room.hold(claimed.id, () => readHeld(core, claimed));
    },
    failed: (error) => core.log.warn("claiming failed", { error: String(error) }),
  });
  await ledger.append({ op: "recover", owner, at: clock.now() });
  dispatcher.look();

  return engineOf({ core, room, teller, waiters, dispatcher });
}

interface Parts {
  readonly core: Core;
  readonly room: Room;
  readonly teller: Teller;
  readonly waiters: Waiters;
  readonly dispatcher: Dispatcher;
}

function engineOf({ core, room, teller, waiters, dispatcher }: Parts): Engine {
  return {
    start: (program, input, more) => start(core, room, program, input, more),
    retry: (id, options) => startAgain(core, room, id, options),
    result: (id) =>
      waiters.result(id, async () => (room.holds(id) ? undefined : readEnd(core.ledger, id))),
    signal: (id, name, value, { key, by, lane } = {}) =>
      teller.say(id, "signal", { name, value, ...(by !== undefined && { by }) }, { lane, key }),
    cancel: (id, by, reason) =>
      teller.say(id, "cancel", { by, ...(reason !== undefined && { reason }) }),
    stopLane: (id, lane, by, reason) =>
      teller.say(id, "cancel", { by, ...(reason !== undefined && { reason }) }, { lane }),
    tryAgain: (id) => tryAgain(core, id),
    versionOf: (name) => core.programs.get(name)?.version,
    skipWait: (id, by, lane) => teller.skipWait(id, by, lane),
    running: () => room.running,
    stop: async (graceMs) => {
      room.close();
      await dispatcher.stop();
      await room.empty(graceMs);
    },
  };
}

/** Without a log of the caller's own, what goes wrong is at least said. */
const STDERR_LOG: EngineLog = {
  warn: (message, facts) => {
    process.stderr.write(`stint: ${message} ${JSON.stringify(facts)}\n`);
  },
};
