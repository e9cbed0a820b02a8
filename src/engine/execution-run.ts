/** One execution while this process runs it: from its claim (or its start) to its end or its parking. */
import { createExecution, evolveAll } from "#domain/execution.ts";
import type { CreatedFact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import { phaseOf } from "#domain/kinds.ts";
import { payloadKey, type Entry } from "#ledger/ledger.ts";
import { endedRow } from "#ledger/rows.ts";

import { parkBlocked } from "./blocked.ts";
import { doChild, hearChild, type ChildEnd } from "./children.ts";
import { openClosing } from "./closing.ts";
import { laneContext } from "./context.ts";
import type { Core } from "./core.ts";
import { beginsWhenRun } from "./create.ts";
import { doEach } from "./each.ts";
import { type End, recordEnd } from "./execution-end.ts";
import { emptyHistory, readHistory, readRecord, type History } from "./history.ts";
import { readTally } from "./lane-results.ts";
import { LaneRun } from "./lane-run.ts";
import { CLOSING_GRACE_MS, type LaneOutcome } from "./lane.ts";
import { closeLanes } from "./lanes.ts";
import { type MoveWord, hearMove, openInputs } from "./moving.ts";
import { cancelOffspring, passOnPause } from "./offspring.ts";
import type { AnyProgram, ProgramContext } from "./program.ts";
import { lastOf, Stream } from "./stream.ts";
import { executionView, type ExecutionView } from "./views.ts";

/** An execution that this process holds the claim of. */
export interface Held {
  readonly no: number;
  readonly version: number;
  readonly epoch: number;
  readonly wake: number;
  readonly lastAt: number;
  /** When its claim was asked for. */
  readonly claimedAt: number;
  readonly view: ExecutionView;
  readonly history: History;
  readonly claimed: boolean;
  readonly replaying: boolean;
  /** It was blocked when it was claimed. */
  readonly blocked: boolean;
  readonly input: unknown;
}

/** Reads what a claim is about. @throws what the ledger said */
export async function readHeld(
  core: Core,
  claimed: {
    readonly no: number;
    readonly epoch: number;
    readonly wake: number;
    readonly blocked: string | null;
  },
  claimedAt: number,
): Promise<Held> {
  const { no, epoch, wake } = claimed;
  const { entries, payloads } = await readRecord(core.ledger, no, 0);
  const [first] = entries;
  const created = first?.facts[0];
  if (first === undefined || created?.t !== "created")
    throw new Error("an execution begins by being created");
  const input =
    created.part === undefined
      ? created.input
      : payloads.get(payloadKey(first.version, created.part));
  return {
    no,
    epoch,
    wake,
    input,
    claimedAt,
    ...lastOf(entries),
    view: fold(created, entries),
    history: readHistory(entries, payloads),
    claimed: true,
    replaying: entries.length > 1,
    blocked: claimed.blocked !== null,
  };
}

function fold(created: CreatedFact, entries: readonly Entry[]): ExecutionView {
  let execution = createExecution(created, entries[0]?.at ?? 0);
  for (const { facts, at } of entries) execution = evolveAll(execution, facts, at);
  return executionView(execution);
}

/** One that was just created by this process, with nothing to replay. */
export function fresh(no: number, view: ExecutionView, count: number, at: number): Held {
  const { input } = view.execution.created;
  const isPlain = typeof input !== "object" || input === null;
  return {
    no,
    version: count,
    epoch: 1,
    wake: 0,
    lastAt: at,
    claimedAt: at,
    view,
    history: emptyHistory(),
    claimed: false,
    replaying: false,
    blocked: false,
    input: isPlain ? input : JSON.parse(JSON.stringify(input)), // what a replay will read
  };
}

/** Runs it until it leaves this process. Undefined: it has not ended. */
export async function runExecution(core: Core, held: Held): Promise<End | undefined> {
  const { created } = held.view.execution;
  const stream = new Stream(core.ledger, core.clock, held.view, { ...held, lane: 0 });
  const { driverVersion } = held.view.execution;
  const program = core.programs.find(created.driver, driverVersion);
  const run = openRun(core, stream, held, program);
  core.inMemory.add(held.no, 0, run);
  try {
    const body = async (): Promise<unknown> => {
      if (isToBegin(held.view)) stream.record({ t: "started" });
      if (program !== undefined && program.version !== driverVersion)
        stream.record({ t: "upgraded", driverVersion: program.version });
      if (program === undefined) return run.block(`program ${created.driver}`);
      const { input } = inputNow(run, held, program);
      const context = programContext(core, run, held, program);
      return await (program.run as Run)(context, input);
    };
    const outcome = await run.run(body, held.wake);
    return await leave(core, stream, run, program, outcome, held.input);
  } finally {
    core.inMemory.remove(held.no, 0);
  }
}

function isToBegin({ state, execution: { created } }: ExecutionView): boolean {
  return phaseOf(created.kind, state) === "pending" && beginsWhenRun(created.kind);
}

type Run = (context: ProgramContext, input: unknown) => Promise<unknown>;

/** What its function gets, after all moves that it has taken. */
function inputNow(
  { history }: LaneRun,
  { input }: Held,
  program: AnyProgram | undefined,
): { readonly input: unknown } {
  const last = history.moves.at(-1)?.key;
  return openInputs(program, input, history).after(last) ?? { input };
}

/** One whose function has started takes no move before it is claimed again: the word stays where it is. */
function hearOwnMove(
  run: LaneRun,
  held: Held,
  program: AnyProgram | undefined,
  word: MoveWord,
  seq: number,
): void {
  if (run.hasBegun) return;
  const { given } = word;
  const hearing = { run, program, given, ...inputNow(run, held, program) };
  hearMove(hearing, word, seq, (key, by) => ({ t: "moved", key, by, given }));
}

function openRun(core: Core, stream: Stream, held: Held, program: AnyProgram | undefined): LaneRun {
  const { created } = held.view.execution;
  const run: LaneRun = new LaneRun({
    ledger: core.ledger,
    clock: core.clock,
    stream,
    history: held.history,
    claimed: held.claimed,
    replaying: held.replaying,
    waiting: held.view.state === "waiting",
    blocked: held.blocked,
    guards: created.guards ?? [],
    ...(program?.close !== undefined && { graceMs: CLOSING_GRACE_MS }),
    passOn: () => passOnPause(core, run),
    onInbox: (kind, body, seq) => {
      if (kind === "child") hearChild(run, body as ChildEnd, seq);
      if (kind === "move") hearOwnMove(run, held, program, body as MoveWord, seq);
    },
  });
  return run;
}

function programContext(
  core: Core,
  lane: LaneRun,
  { view, input }: Held,
  program: AnyProgram,
): ProgramContext {
  const { created, createdAt } = view.execution;
  const keyBase = created.origin ?? created.id;
  const sharesKeys = created.origin !== undefined;
  const place = { lane, keyBase, sharesKeys, random: core.random };
  const birth = { id: created.id, ws: created.ws, createdAt };
  const inputs = openInputs(program, input, lane.history);
  const each = { core, lane, created, birth, keyBase, sharesKeys, program, inputs };
  return {
    ...laneContext(place, birth),
    reopenings: lane.history.reopenings,
    begun: (when) => recordBeginning(lane, created, when),
    child: (name, child, given) =>
      doChild(core, lane, created, name, child as unknown as AnyProgram, given),
    each: (name, items, options) => doEach(each, name, items, options) as never,
  };
}

async function recordBeginning(
  lane: LaneRun,
  { kind }: CreatedFact,
  when: number | undefined,
): Promise<void> {
  if (phaseOf(kind, lane.stream.upcoming.state) === "pending")
    lane.stream.record({ t: "started", ...(when !== undefined && { when }) });
  await lane.flush();
}

async function leave(
  core: Core,
  stream: Stream<ExecutionView>,
  run: LaneRun,
  program: AnyProgram | undefined,
  outcome: LaneOutcome,
  input: unknown,
): Promise<End | undefined> {
  if (outcome.type === "parked") {
    if (outcome.due !== null) core.dueAt(outcome.due);
    return undefined;
  }
  if (outcome.type === "lost") {
    if (!(outcome.error instanceof Fault)) throw outcome.error;
    return undefined;
  }
  if (outcome.type === "blocked") {
    await parkBlocked(core, stream, run.wake, outcome.path);
    return undefined;
  }
  if (outcome.type === "canceled" && !(await closeOutside(stream, run, program, input)))
    return undefined;
  if (run.history.nextLane > 1) {
    await closeLanes(core, stream, "The execution has ended.");
    await countLanes(core, stream, run);
  }
  await cancelOffspring(core, run, outcome.type === "canceled" ? outcome.by : "system");
  const end = recordEnd(stream, program, outcome);
  await write(core, stream);
  return end;
}

/** False: this process lets go of it, and the next life does it. */
async function closeOutside(
  { view }: Stream<ExecutionView>,
  run: LaneRun,
  program: AnyProgram | undefined,
  input: unknown,
): Promise<boolean> {
  try {
    await program?.close?.(openClosing(run, view.execution.created.id), input as never);
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === "lost") return false;
    throw error;
  }
}

/** What lanes did and spent counts too where the execution ended before it could hear of their end. */
async function countLanes(core: Core, stream: Stream, { history }: LaneRun): Promise<void> {
  for (const [path, { lanes, done, failed }] of history.paths) {
    if (lanes === undefined || done !== undefined || failed !== undefined) continue;
    stream.record({ t: "lanesClosed", path, ...(await readTally(core, stream.no, lanes)) });
  }
}

async function write(core: Core, stream: Stream<ExecutionView>): Promise<void> {
  const { created } = stream.view.execution;
  const { parent, guards, ws } = created;
  await stream.end(
    {
      ...(guards !== undefined && { release: guards }),
    },
    ({ execution }) => endedRow(execution, core.dayOf(ws, execution.endedAt ?? 0)),
    parent === undefined
      ? undefined
      : ({ state }) => ({
          no: parent.no,
          lane: parent.lane,
          body: JSON.stringify({ path: parent.path, id: created.id, state }),
        }),
  );
  if (parent !== undefined && !core.inMemory.hint(parent.no, parent.lane))
    core.dueAt(core.clock.now());
}
