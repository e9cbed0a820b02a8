/** A claimed lane, made ready to run; and how its end is put on record. */
import type { FactOf } from "#domain/facts.ts";
import { keepFault, type KeptFault } from "#domain/fault.ts";
import { openJourney } from "#domain/journey.ts";
import type { Claimed } from "#ledger/items.ts";
import { payloadKey, type Entry, type Payloads } from "#ledger/ledger.ts";

import { jsonOf } from "./answer.ts";
import { laneContext, type Birth } from "./context.ts";
import type { Core } from "./core.ts";
import type { Gate } from "./gate.ts";
import { type History, readHistory, readRecord } from "./history.ts";
import { LaneFailed, LaneSkipped } from "./lane-ends.ts";
import { LaneRun } from "./lane-run.ts";
import { never, type LaneOutcome } from "./lane.ts";
import { hearMove, type Inputs, type MoveWord } from "./moving.ts";
import type { AnyProgram, LaneContext } from "./program.ts";
import { lastOf, Stream } from "./stream.ts";
import { journeyView, type JourneyView } from "./views.ts";

/** The execution that a lane belongs to. */
export interface Parent {
  readonly run: LaneRun;
  readonly birth: Birth;
  readonly keyBase: string;
  readonly sharesKeys: boolean;
  readonly program: AnyProgram;
  readonly inputs: Inputs;
}

/** A claimed lane, and when its claim was asked for. */
export interface ClaimedLane extends Claimed {
  readonly claimedAt: number;
}

export interface Begun {
  readonly run: LaneRun;
  readonly body: () => Promise<unknown>;
  readonly wake: number;
}

/** Reads a claimed lane and makes it ready to run. */
export async function begin(
  core: Core,
  parent: Parent,
  claimed: ClaimedLane,
  gate: Gate,
): Promise<Begun> {
  const { no, lane } = claimed;
  const { entries, payloads } = await readRecord(core.ledger, no, lane);
  const { name, item, moved, stream } = readLane(core, claimed, entries, payloads);
  const { journey } = stream.view;
  const run: LaneRun = new LaneRun({
    ledger: core.ledger,
    clock: core.clock,
    stream,
    history: readHistory(entries, payloads),
    claimed: true,
    replaying: entries.length > 1,
    waiting: journey.state === "waiting",
    blocked: claimed.blocked !== null,
    onInbox: (kind, word, seq) => {
      if (kind === "move") hearMoveOf(parent, run, moved, word as MoveWord, seq);
    },
  });
  const keyBase = `${parent.keyBase}/${journey.entity ?? lane}`;
  const { sharesKeys } = parent;
  const place = { lane: run, keyBase, sharesKeys, random: core.random, gate };
  const lanes = parent.program.lanes as Readonly<
    Record<string, (lane: LaneContext, item: unknown) => Promise<unknown>>
  >;
  const body = async (): Promise<unknown> => {
    if (run.history.endedBefore !== undefined) return endAgain(run, run.history.endedBefore);
    const now = inputNow(parent, run, moved);
    if (now === undefined) return run.block(`lane ${name}`);
    const context: LaneContext = { ...laneContext(place, parent.birth), lane, ...now };
    return Object.hasOwn(lanes, name) ? lanes[name]?.(context, item) : run.block(`lane ${name}`);
  };
  return { run, body, wake: claimed.wake };
}

/** What its function gets: after its own moves, else after those that its execution had taken when it was opened. */
function inputNow(
  { inputs }: Parent,
  { history }: LaneRun,
  opened: string | undefined,
): { readonly input: unknown } | undefined {
  return inputs.after(history.moves.at(-1)?.key ?? opened);
}

/** What its execution has not taken yet, and what comes when its function has started, stays in its inbox. */
function hearMoveOf(
  parent: Parent,
  run: LaneRun,
  opened: string | undefined,
  word: MoveWord,
  seq: number,
): void {
  const { program, inputs } = parent;
  const move = inputs.givenBy(word.key);
  const now = inputNow(parent, run, opened);
  if (run.hasBegun || move === undefined || now === undefined) return;
  const hearing = { run, program, given: move.given, ...now };
  hearMove(hearing, word, seq, (key, by) => ({ t: "moved", key, by }));
}

/** Ends as the lane did in the execution that is tried again. */
function endAgain(run: LaneRun, { end, value }: NonNullable<History["endedBefore"]>): unknown {
  if (end.t === "skipped") throw new LaneSkipped(end.reason, value);
  if (end.t === "failed") throw new LaneFailed(end.fault, value);
  if (end.t === "completed") return value;
  const { by, reason } = end;
  run.cancel({ by, ...(reason !== undefined && { reason }) });
  return never();
}

interface ReadLane {
  readonly name: string;
  readonly moved: string | undefined;
  readonly item: unknown;
  readonly stream: Stream<JourneyView>;
}

export function readLane(
  core: Core,
  claimed: ClaimedLane,
  entries: readonly Entry[],
  payloads: Payloads,
): ReadLane {
  const [first] = entries;
  const opened = first?.facts[0];
  if (first === undefined || opened?.t !== "laneOpened")
    throw new Error("a lane begins by being opened");
  let view = journeyView(openJourney(opened));
  for (const { facts, at } of entries) view = view.after(facts, at) as JourneyView;
  const item =
    opened.part === undefined ? opened.item : payloads.get(payloadKey(first.version, opened.part));
  const { no, lane, epoch, claimedAt } = claimed;
  return {
    name: opened.name,
    moved: opened.moved,
    item,
    stream: new Stream(core.ledger, core.clock, view, {
      no,
      lane,
      epoch,
      claimedAt,
      ...lastOf(entries),
    }),
  };
}

/** What stands on a lane's last fact beside how it ended. */
type Beside = Pick<FactOf<"completed">, "tally" | "again">;

/** Records how a lane ended; answers with the fault if it failed. */
export function endLane(stream: Stream<JourneyView>, outcome: LaneOutcome): KeptFault | undefined {
  const { steps, retries, spending, endsAgain } = stream.upcoming.journey; // the last step may not be written yet
  const tally = { steps, retries, ...(spending !== null && { spending }) };
  const beside = { tally, ...(endsAgain && { again: true as const }) };
  if (outcome.type === "returned") {
    return recordReturned(stream, outcome.value, beside);
  } else if (outcome.type === "canceled") {
    const { by, reason } = outcome;
    stream.record({ t: "canceled", by, ...beside, ...(reason !== undefined && { reason }) });
  } else if (outcome.type === "threw") {
    return recordThrown(stream, outcome.error, beside);
  }
  return undefined;
}

/** An answer that cannot be kept is a failure of the lane: it must end all the same. */
function recordReturned(stream: Stream, value: unknown, beside: Beside): KeptFault | undefined {
  try {
    stream.recordAnswer({ t: "completed", ...beside }, jsonOf(value, "a lane"), value);
    return undefined;
  } catch (error) {
    const fault = keepFault(error);
    stream.record({ t: "failed", fault, ...beside });
    return fault;
  }
}

function recordThrown(stream: Stream, error: unknown, beside: Beside): KeptFault | undefined {
  const output =
    error instanceof LaneSkipped || error instanceof LaneFailed ? error.output : undefined;
  const json = jsonOf(output, "a lane");
  if (error instanceof LaneSkipped) {
    stream.recordAnswer({ t: "skipped", reason: error.message, ...beside }, json, output);
    return undefined;
  }
  const fault = error instanceof LaneFailed ? error.fault : keepFault(error);
  stream.recordAnswer({ t: "failed", fault, ...beside }, json, output);
  return fault;
}
