/** How an execution is started: here and now where there is room, else queued in the store. */
import type { CreatedFact, Trigger } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import { KIND_IDS, type ExecutionId } from "#domain/id.ts";
import type { CreateOutcome } from "#ledger/items.ts";
import type { Write } from "#store/store.ts";

import { type Again, prepareAgain, type Prepared } from "./again.ts";
import type { Core } from "./core.ts";
import { creation, type CreationOptions } from "./create.ts";
import { fresh, type Held } from "./execution-run.ts";
import type { AnyProgram, Runnable } from "./program.ts";
import type { Room } from "./room.ts";
import { executionView } from "./views.ts";

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
  readonly again?: Again;
  /** The input holds people's data: it is kept apart from the facts. */
  readonly apart?: boolean;
  /** Changes that belong to the start; where they are overtaken it is refused as `stale`. */
  readonly writes?: readonly Write[];
  /** When it was begun, epoch milliseconds, where that was before it is put on record. */
  readonly when?: number;
}

export interface Started {
  readonly id: ExecutionId;
  /** It had been started before with the same key. */
  readonly repeated: boolean;
}

/** @throws Fault `already_running` with the holder's id, `stale`, `unknown_program`, `unavailable` */
export function start<Input>(
  core: Core,
  room: Room,
  program: Runnable<Input>,
  input: Input,
  more: StartOptions = {},
): Promise<Started> {
  const turn = room.intake.enter();
  if (turn === undefined) return startNow(core, room, program, input, more);
  return turn.then(() => startNow(core, room, program, input, more));
}

async function startNow(
  core: Core,
  room: Room,
  program: AnyProgram,
  input: unknown,
  more: StartOptions,
): Promise<Started> {
  try {
    demandProgram(core, room, program.name);
    const now = core.clock.now();
    const at = Math.min(now, more.when ?? now);
    const again = more.again && (await prepareAgain(core.ledger, more.again));
    const created = { ...createdFact(program, input, more), ...again?.created };
    const here = again === undefined && room.hasPlaceForNew(created);
    const owner = here ? core.owner : undefined;
    const given = besides(program, created, more, again);
    const { item, execution } = creation(created, at, owner, given);
    const appended = core.ledger.append(item);
    const outcome = await (here ? room.keepPlace(created, appended) : appended);
    if (!outcome.ok) return refusedStart(outcome);
    const { no } = outcome;
    if (!here) core.dueAt(now);
    else {
      const begun = fresh(no, executionView(execution), item.count, at);
      const read = async (): Promise<Held> => ({ ...begun, claimedAt: now });
      void room.hold(created, no, read);
    }
    return { id: created.id as ExecutionId, repeated: false };
  } finally {
    room.intake.leave();
  }
}

function besides(
  program: AnyProgram,
  created: CreatedFact,
  { key, apart = program.apart, writes }: StartOptions,
  again: Prepared | undefined,
): CreationOptions {
  const command = key === undefined ? undefined : { key, answer: created.id };
  const counted = program.countedIn?.(created);
  return { command, apart, writes, counted, carried: again?.carried };
}

function demandProgram({ programs }: Core, room: Room, name: string): void {
  if (room.isClosed) throw new Fault("unavailable", "The engine is stopping.");
  if (programs.has(name)) return;
  throw new Fault("unknown_program", `No program "${name}" was given to this engine.`, {
    suggestion: "Name it in the list of programs when you open Stint.",
  });
}

function refusedStart(outcome: Extract<CreateOutcome, { readonly ok: false }>): Started {
  if (outcome.why === "repeated") return { id: outcome.answer as ExecutionId, repeated: true };
  if (outcome.why === "stale") throw new Fault("stale");
  throw new Fault(
    "already_running",
    "Agent is already running. Wait for current execution to complete.",
    { facts: { executionId: outcome.holder } },
  );
}

const BY_PROGRAM: Trigger = { type: "api", by: "system" };

function createdFact(program: AnyProgram, input: unknown, more: StartOptions): CreatedFact {
  const { workspace: ws = 0, trigger = BY_PROGRAM, target = null, label = null } = more;
  return {
    t: "created",
    id: KIND_IDS[program.kind].create(),
    ws,
    kind: program.kind,
    target,
    driver: program.name,
    driverVersion: program.version,
    trigger,
    label,
    ...agentOf(more),
    ...guardsOf(more),
    ...(input !== undefined && { input }),
  };
}

function agentOf({ agent }: StartOptions): Pick<CreatedFact, "agent" | "agentVersion"> {
  return agent === undefined ? { agent: 0 } : { agent: agent.no, agentVersion: agent.version };
}

function guardsOf({ guards = [] }: StartOptions): Pick<CreatedFact, "guards"> {
  return guards.length > 0 ? { guards } : {};
}
