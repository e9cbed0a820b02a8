import type { Tally } from "#domain/facts.ts";
import { keepFault, type KeptFault } from "#domain/fault.ts";
/**
 * The lanes of one execution, run by the process that holds its lane 0. From outside only lane 0 is
 * claimed; the lanes that are due, or whose owner has gone, are claimed from here.
 */
import { openJourney } from "#domain/journey.ts";
import type { Claimed } from "#ledger/items.ts";
import { payloadKey, type Entry, type Payloads } from "#ledger/ledger.ts";

import { parkBlocked } from "./blocked.ts";
import { laneContext, type Birth } from "./context.ts";
import type { Core } from "./core.ts";
import { Gate } from "./gate.ts";
import { namesPayloads, readHistory } from "./history.ts";
import { LaneRun } from "./lane-run.ts";
import type { LaneOutcome } from "./lane.ts";
import type { AnyProgram, LaneContext } from "./program.ts";
import { Stream } from "./stream.ts";
import { journeyView, type JourneyView } from "./views.ts";

/** Thrown in a lane's function: the lane ends as skipped, which counts as through. */
export class LaneSkipped extends Error {
  override readonly name = "LaneSkipped";
  readonly output: unknown;

  constructor(reason: string, output?: unknown) {
    super(reason);
    this.output = output;
  }
}

/** Thrown in a lane's function: it has failed, and this is what it had come to. */
export class LaneFailed extends Error {
  override readonly name = "LaneFailed";
  readonly fault: KeptFault;
  readonly output: unknown;

  constructor(fault: KeptFault, output?: unknown) {
    super(fault.message);
    this.fault = fault;
    this.output = output;
  }
}

export interface LaneGroup {
  /** Claims what is due, runs it, and settles when no lane is left in memory. */
  readonly runDue: () => Promise<void>;
}

interface Parent {
  readonly run: LaneRun;
  readonly birth: Birth;
  readonly keyBase: string;
  readonly program: AnyProgram;
  readonly input: unknown;
}

interface GroupOptions {
  readonly first: number;
  readonly count: number;
  readonly concurrency: number;
  /** A failure that ends the other lanes too. */
  readonly stopOn?: ((fault: KeptFault) => boolean) | undefined;
}

export function openLanes(core: Core, parent: Parent, options: GroupOptions): LaneGroup {
  const { no } = parent.run.stream;
  const gate = new Gate(options.concurrency);
  const last = options.first + options.count - 1;
  const which = { no, first: options.first, last, owner: core.owner };
  const running = new Map<number, LaneRun>();
  let claiming: Promise<void> | undefined;
  let again = false;
  let stopping = parent.run.controller.signal.aborted;
  let disarm: (() => void) | undefined;
  let idle: (() => void) | undefined;

  async function claimDue(): Promise<void> {
    do {
      again = false;
      if (parent.run.isGone) return;
      const at = core.clock.now();
      const claimed = await core.ledger.append({ op: "claimLanes", ...which, at });
      if (claimed.length > 0) await parent.run.goOn();
      const begun = await Promise.all(claimed.map((lane) => begin(core, parent, lane, gate)));
      for (const lane of begun) start(lane);
    } while (again);
  }

  function claim(): Promise<void> {
    if (claiming !== undefined) {
      again = true;
      return claiming;
    }
    claiming = claimDue().finally(() => {
      claiming = undefined;
      settle();
    });
    return claiming;
  }

  function start({ run, body, wake }: Begun): void {
    const { lane } = run.stream;
    running.set(lane, run);
    core.inMemory.add(no, lane, run);
    gate.join(run);
    if (parent.run.isGone) run.drop();
    else if (stopping) run.cancel({ by: "system" });
    void run
      .run(body, wake)
      .then((outcome) => end(run, outcome))
      .catch((error: unknown) => {
        core.log.warn("a lane could not be ended", { no, lane, error: String(error) });
      })
      .finally(() => {
        gate.leave(run);
        running.delete(lane);
        core.inMemory.remove(no, lane);
        settle();
      });
  }

  async function end(run: LaneRun, outcome: LaneOutcome): Promise<void> {
    if (outcome.type === "parked") {
      if (outcome.due !== null) alarm(outcome.due);
      return;
    }
    if (outcome.type === "lost") return;
    if (outcome.type === "blocked") {
      await parkBlocked(core, run.stream, run.wake, outcome.path);
      return;
    }
    const fault = endLane(run.stream as Stream<JourneyView>, outcome);
    await run.stream.end({});
    if (fault !== undefined && options.stopOn?.(fault) === true) stopAll();
  }

  let earliest = Number.POSITIVE_INFINITY;
  function alarm(due: number): void {
    if (due >= earliest) return;
    earliest = due;
    disarm?.();
    disarm = core.clock.at(due, () => {
      earliest = Number.POSITIVE_INFINITY;
      claimSoon();
    });
  }

  function settle(): void {
    if (running.size > 0 || claiming !== undefined) return;
    disarm?.();
    earliest = Number.POSITIVE_INFINITY;
    idle?.();
    idle = undefined;
  }

  /** What the others have begun may end: a mail that was counted is sent, and what was sent is on record. */
  function stopAll(): void {
    stopping = true;
    for (const run of running.values())
      run.cancelGently({ by: "system", reason: "Another journey has stopped the run." });
  }

  function cancelAll(reason: string): void {
    stopping = true;
    for (const run of running.values()) run.cancel({ by: "system", reason });
  }

  function claimSoon(): void {
    claim().catch((error: unknown) => {
      core.log.warn("the lanes of an execution could not be claimed", { no, error: String(error) });
      parent.run.drop();
    });
  }

  parent.run.onWake.add(() => {
    if (idle !== undefined) claimSoon();
  });
  parent.run.controller.signal.addEventListener("abort", () => {
    if (parent.run.isGone) for (const run of running.values()) run.drop();
    else cancelAll("The execution was canceled.");
  });

  return {
    runDue: async () => {
      const done = new Promise<void>((resolve) => {
        idle = resolve;
      });
      await claim();
      await done;
    },
  };
}

interface Begun {
  readonly run: LaneRun;
  readonly body: () => Promise<unknown>;
  readonly wake: number;
}

/** Reads a claimed lane and makes it ready to run. */
async function begin(core: Core, parent: Parent, claimed: Claimed, gate: Gate): Promise<Begun> {
  const { no, lane } = claimed;
  const entries = await core.ledger.read(no, lane);
  const payloads = namesPayloads(entries)
    ? await core.ledger.readPayloads(no, lane)
    : new Map<string, unknown>();
  const { name, item, stream } = readLane(core, claimed, entries, payloads);
  const { journey } = stream.view;
  const run = new LaneRun({
    ledger: core.ledger,
    clock: core.clock,
    stream,
    history: readHistory(entries, payloads),
    replaying: entries.length > 1,
    waiting: journey.state === "waiting",
    blocked: claimed.blocked !== null,
  });
  const keyBase = `${parent.keyBase}/${journey.entity ?? lane}`;
  const place = { lane: run, keyBase, random: core.random, gate };
  const context: LaneContext = {
    ...laneContext(place, parent.birth),
    lane,
    input: parent.input,
  };
  const lanes = parent.program.lanes as Readonly<
    Record<string, (lane: LaneContext, item: unknown) => Promise<unknown>>
  >;
  const body = async (): Promise<unknown> => await lanes[name]?.(context, item);
  return { run, body, wake: claimed.wake };
}

interface ReadLane {
  readonly name: string;
  readonly item: unknown;
  readonly stream: Stream<JourneyView>;
}

function readLane(
  core: Core,
  claimed: Claimed,
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
  const lastAt = entries.at(-1)?.at ?? 0;
  const { no, lane, version, epoch } = claimed;
  return {
    name: opened.name,
    item,
    stream: new Stream(core.ledger, core.clock, view, { no, lane, version, epoch, lastAt }),
  };
}

/** Records how a lane ended; answers with the fault if it failed. */
function endLane(stream: Stream<JourneyView>, outcome: LaneOutcome): KeptFault | undefined {
  const { steps, retries } = stream.view.journey;
  const tally = { steps, retries };
  if (outcome.type === "returned") {
    const json = JSON.stringify(outcome.value) as string | undefined;
    stream.recordAnswer({ t: "completed", tally }, json, outcome.value);
  } else if (outcome.type === "canceled") {
    const { by, reason } = outcome;
    stream.record({ t: "canceled", by, tally, ...(reason !== undefined && { reason }) });
  } else if (outcome.type === "threw") {
    return recordThrown(stream, outcome.error, tally);
  }
  return undefined;
}

function recordThrown(stream: Stream, error: unknown, tally: Tally): KeptFault | undefined {
  const output =
    error instanceof LaneSkipped || error instanceof LaneFailed ? error.output : undefined;
  const json = JSON.stringify(output) as string | undefined;
  if (error instanceof LaneSkipped) {
    stream.recordAnswer({ t: "skipped", reason: error.message, tally }, json, output);
    return undefined;
  }
  const fault = error instanceof LaneFailed ? error.fault : keepFault(error);
  stream.recordAnswer({ t: "failed", fault, tally }, json, output);
  return fault;
}

const LAST_LANE = 2 ** 31 - 1;

/** Ends the lanes that are still open when their execution ends: nobody will run them any more. */
export async function closeLanes(core: Core, no: number, reason: string): Promise<void> {
  const claimed = await core.ledger.append({
    op: "claimLanes",
    no,
    first: 1,
    last: LAST_LANE,
    owner: core.owner,
    at: core.clock.now(),
    all: true,
  });
  await Promise.all(
    claimed.map(async (lane) => {
      const entries = await core.ledger.read(no, lane.lane);
      const { stream } = readLane(core, lane, entries, new Map());
      endLane(stream, { type: "canceled", by: "system", reason });
      await stream.end({});
    }),
  );
}
