/**
 * The engine: it starts executions, runs what it has claimed, and tells what others have to say.
 * All it knows is in the ledger; what it holds in memory can be lost at any moment.
 */
import { systemClock, type Clock } from "#domain/clock.ts";
import type { CreatedFact, Trigger } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import { programIds, runIds, type ExecutionId } from "#domain/id.ts";
import type { Ledger } from "#ledger/ledger.ts";
import type { Write } from "#store/store.ts";

import { answerOf } from "./children.ts";
import { openInMemory, type Core, type EngineLog } from "./core.ts";
import { creation } from "./create.ts";
import { Dispatcher } from "./dispatcher.ts";
import { fresh, readHeld, runExecution, type End, type Held } from "./execution-run.ts";
import type { AnyProgram, Runnable } from "./program.ts";
import { executionView } from "./views.ts";
import { openWaiters } from "./waiters.ts";

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

export interface StartOptions {
  /** Idempotency: a second start with the same key in the workspace answers with the first one. */
  readonly key?: string;
  readonly workspace?: number;
  readonly label?: string;
  readonly target?: string;
  readonly trigger?: Trigger;
  readonly agent?: { readonly no: number; readonly version: number };
  /** Unique keys that it takes; one that is taken refuses the start. */
  readonly guards?: readonly string[];
  /** The execution that this one tries again. */
  readonly retryOf?: string;
  /** The execution whose `once` effects count as this one's; a retry from the start has its own. */
  readonly origin?: string;
  /** The input holds people's data: it is kept apart from the facts. */
  readonly apart?: boolean;
  /** Changes that belong to the start; where they are overtaken it is refused as `stale`. */
  readonly writes?: readonly Write[];
}

export interface Started {
  readonly id: ExecutionId;
  /** It had been started before with the same key. */
  readonly repeated: boolean;
}

export interface Engine {
  /** @throws Fault `already_running` with the holder's id, `unknown_program` */
  readonly start: <Input>(
    program: Runnable<Input>,
    input: Input,
    options?: StartOptions,
  ) => Promise<Started>;
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
const GRACE_MS = 5_000;

export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { ledger, clock = systemClock, concurrency = 1000 } = options;
  const { owner } = ledger;
  const waiters = openWaiters();
  /** Executions in memory: their end will be told here. */
  const held = new Set<string>();
  let running = 0;
  let stopped = false;
  let emptied: (() => void) | undefined;
  const programs = new Map(options.programs.map((program) => [program.name, program]));
  const inMemory = openInMemory();
  const log = options.log ?? STDERR_LOG;

  async function tell(
    id: string,
    kind: string,
    body: unknown,
    lane = 0,
    key?: string,
  ): Promise<boolean> {
    const at = clock.now();
    const outcome = await ledger.append({
      op: "signal",
      id,
      lane,
      kind,
      body: JSON.stringify(body),
      at,
      ...(key !== undefined && { key }),
    });
    if (!outcome.ok) return false;
    if (!inMemory.hint(outcome.no, lane) && !inMemory.hint(outcome.no, 0)) dispatcher.dueAt(at);
    return true;
  }

  const core: Core = {
    ledger,
    clock,
    owner,
    programs,
    log,
    inMemory,
    random: options.random ?? Math.random,
    dayOf: options.dayOf ?? ((_ws, at): number => Math.floor(at / DAY_MS)),
    dueAt: (at) => {
      dispatcher.dueAt(at);
    },
    tell: (id, kind, body, lane) => tell(id, kind, body, lane),
  };

  const dispatcher = new Dispatcher({
    ledger,
    clock,
    owner,
    room: () => (stopped ? 0 : concurrency - running),
    run: (claimed) => {
      void hold(claimed.id, () => readHeld(core, claimed));
    },
    failed: (error) => {
      log.warn("claiming failed", { error: String(error) });
    },
  });

  /** Runs one execution in memory and tells whoever awaits it how it ended. */
  async function hold(id: string, read: () => Promise<Held>): Promise<void> {
    running += 1;
    held.add(id);
    try {
      const end = await runExecution(core, await read());
      if (end !== undefined) waiters.end(id, end);
    } catch (error) {
      log.warn("an execution could not be run", { id, error: String(error) });
    } finally {
      running -= 1;
      held.delete(id);
      if (running === concurrency - 1) dispatcher.look();
      if (running === 0) emptied?.();
    }
  }

  async function start<Input>(
    program: Runnable<Input>,
    input: Input,
    more: StartOptions = {},
  ): Promise<Started> {
    if (stopped) throw new Fault("unavailable", "The engine is stopping.");
    if (!programs.has(program.name)) {
      throw new Fault("unknown_program", `No program "${program.name}" was given to this engine.`, {
        suggestion: "Name it in the list of programs when you open Stint.",
      });
    }
    const at = clock.now();
    const created = createdFact(program, input, more);
    const here = running < concurrency;
    const command = more.key === undefined ? undefined : { key: more.key, answer: created.id };
    const { item, execution } = creation(created, at, here ? owner : undefined, {
      command,
      apart: more.apart,
      writes: more.writes,
    });
    if (here) running += 1; // the place is taken while the append is under way
    const outcome = await ledger.append(item).finally(() => {
      if (here) running -= 1;
    });
    if (!outcome.ok && outcome.why === "repeated") {
      return { id: outcome.answer as ExecutionId, repeated: true };
    }
    if (!outcome.ok) throw outcome.why === "stale" ? new Fault("stale") : guarded(outcome.holder);
    if (here)
      void hold(created.id, async () =>
        fresh(outcome.no, executionView(execution), item.count, at),
      );
    else dispatcher.dueAt(at);
    return { id: created.id as ExecutionId, repeated: false };
  }

  async function must(id: string): Promise<void> {
    if ((await ledger.find(id)) === undefined) throw notFound(id);
  }

  async function say(
    id: string,
    kind: string,
    body: unknown,
    lane?: number,
    key?: string,
  ): Promise<boolean> {
    if (await tell(id, kind, body, lane, key)) return true;
    await must(id);
    return false;
  }

  await ledger.append({ op: "recover", owner, at: clock.now() });
  dispatcher.look();

  return {
    start,
    result: (id) => waiters.result(id, async () => (held.has(id) ? undefined : readEnd(core, id))),
    signal: (id, name, value, { key, by, lane } = {}) =>
      say(id, "signal", { name, value, ...(by !== undefined && { by }) }, lane, key),
    cancel: (id, by, reason) => say(id, "cancel", { by, ...(reason !== undefined && { reason }) }),
    skipWait: async (id, by, lane) => {
      const found = await ledger.find(id);
      if (found === undefined) throw notFound(id);
      const lanes = lane === undefined ? [0, ...(await ledger.parkedLanes(found.no))] : [lane];
      const told = await Promise.all(lanes.map((one) => tell(id, "skipWait", { by }, one)));
      return told.some(Boolean);
    },
    running: () => running,
    stop: async (graceMs = GRACE_MS) => {
      stopped = true;
      await dispatcher.stop();
      if (running === 0) return;
      const empty = Promise.withResolvers<void>();
      emptied = empty.resolve;
      const timer = setTimeout(empty.resolve, graceMs);
      await empty.promise;
      clearTimeout(timer);
    },
  };
}

function createdFact(program: AnyProgram, input: unknown, more: StartOptions): CreatedFact {
  const ids = program.kind === "automation" ? runIds : programIds;
  const { agent, guards, origin, retryOf, target = null, label = null } = more;
  return {
    t: "created",
    id: ids.create(),
    ws: more.workspace ?? 0,
    kind: program.kind,
    agent: agent?.no ?? 0,
    ...(agent !== undefined && { agentVersion: agent.version }),
    target,
    driver: program.name,
    driverVersion: program.version,
    trigger: more.trigger ?? { type: "api", by: "system" },
    label,
    ...(origin !== undefined && { origin }),
    ...(retryOf !== undefined && { retryOf }),
    ...(guards !== undefined && guards.length > 0 && { guards }),
    ...(input !== undefined && { input }),
  };
}

function guarded(holder: string): Fault {
  return new Fault(
    "already_running",
    "Agent is already running. Wait for current execution to complete.",
    {
      facts: { executionId: holder },
    },
  );
}

function notFound(id: string): Fault {
  return new Fault("not_found", `There is no execution ${id}.`);
}

/** How an ended execution ended; undefined while it is open. */
async function readEnd(core: Core, id: string): Promise<End | undefined> {
  const found = await core.ledger.find(id);
  if (found === undefined) throw notFound(id);
  if (!found.ended) return undefined;
  const last = (await core.ledger.read(found.no, 0)).at(-1);
  const fact = last?.facts.at(-1);
  if (fact?.t === "failed") return { state: found.state, fault: fact.fault };
  if (fact?.t !== "completed") return { state: found.state };
  return { state: found.state, output: await answerOf(core, found.no, last?.version ?? 0, fact) };
}

/** Without a log of the caller's own, what goes wrong is at least said. */
const STDERR_LOG: EngineLog = {
  warn: (message, facts) => {
    process.stderr.write(`stint: ${message} ${JSON.stringify(facts)}\n`);
  },
};
