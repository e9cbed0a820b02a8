/**
 * The lanes of one execution, run by the process that holds its lane 0. From outside only lane 0 is
 * claimed; the lanes that are due, or whose owner has gone, are claimed from here.
 */
import type { KeptFault } from "#domain/fault.ts";

import { parkBlocked } from "./blocked.ts";
import type { Core } from "./core.ts";
import { Gate } from "./gate.ts";
import type { LaneRun } from "./lane-run.ts";
import type { LaneOutcome } from "./lane.ts";
import { begin, endLane, readLane, type Begun, type Parent } from "./one-lane.ts";
import type { Stream } from "./stream.ts";
import type { JourneyView } from "./views.ts";

interface GroupOptions {
  readonly first: number;
  readonly count: number;
  readonly concurrency: number;
  /** A failure that ends the other lanes too. */
  readonly stopOn?: ((fault: KeptFault) => boolean) | undefined;
}

const NEVER = Number.POSITIVE_INFINITY;

export class LaneGroup {
  readonly #core: Core;
  readonly #parent: Parent;
  readonly #options: GroupOptions;
  readonly #no: number;
  readonly #gate: Gate;
  readonly #running = new Map<number, LaneRun>();
  #claiming: Promise<void> | undefined;
  #again = false;
  /** What this process holds is then nobody's: a lane whose end could not be written is run again. */
  #noneInMemory = true;
  #stopping: boolean;
  #earliest = NEVER;
  #disarm: (() => void) | undefined;
  #idle: (() => void) | undefined;

  constructor(core: Core, parent: Parent, options: GroupOptions) {
    this.#core = core;
    this.#parent = parent;
    this.#options = options;
    this.#no = parent.run.stream.no;
    this.#gate = new Gate(options.concurrency);
    const { signal } = parent.run.controller;
    this.#stopping = signal.aborted;
    signal.addEventListener("abort", () => {
      this.#parentStopped();
    });
    parent.run.onWake.add(() => {
      if (parent.run.isHeld) for (const run of this.#running.values()) run.hold();
      else if (this.#idle !== undefined) this.#claimSoon();
    });
  }

  /** Claims what is due, runs it, and settles when no lane is left in memory. */
  async runDue(): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#idle = done.resolve;
    this.#noneInMemory = true;
    await this.#claim();
    await done.promise;
  }

  #claim(): Promise<void> {
    if (this.#claiming !== undefined) {
      this.#again = true;
      return this.#claiming;
    }
    this.#claiming = this.#claimDue().finally(() => {
      this.#claiming = undefined;
      this.#settle();
    });
    return this.#claiming;
  }

  async #claimDue(): Promise<void> {
    const { ledger, clock, owner } = this.#core;
    const { first, count } = this.#options;
    const which = {
      op: "claimLanes",
      no: this.#no,
      first,
      last: first + count - 1,
      owner,
      epoch: this.#parent.run.stream.epoch,
    } as const;
    do {
      this.#again = false;
      if (this.#parent.run.isGone || this.#parent.run.isHeld) return;
      const held = this.#noneInMemory;
      this.#noneInMemory = false;
      const at = clock.now();
      const outcome = await ledger.append({ ...which, held, at });
      if (!outcome.ok) {
        this.#parent.run.drop();
        return;
      }
      const claimed = outcome.lanes;
      if (claimed.length > 0) await this.#parent.run.goOn();
      const ready = claimed.map((lane) =>
        begin(this.#core, this.#parent, { ...lane, claimedAt: at }, this.#gate),
      );
      for (const lane of await Promise.all(ready)) this.#start(lane);
    } while (this.#again);
  }

  #claimSoon(): void {
    this.#claim().catch((error: unknown) => {
      this.#warn("the lanes of an execution could not be claimed", { error: String(error) });
      this.#parent.run.drop();
    });
  }

  #start({ run, body, wake }: Begun): void {
    const { lane } = run.stream;
    this.#running.set(lane, run);
    this.#core.inMemory.add(this.#no, lane, run);
    this.#gate.join(run);
    if (this.#parent.run.isGone) run.drop();
    else if (this.#stopping) run.cancel({ by: "system" });
    else if (this.#parent.run.isHeld) run.hold();
    void run
      .run(body, wake)
      .then((outcome) => this.#end(run, outcome))
      .catch((error: unknown) => {
        this.#warn("a lane could not be ended", { lane, error: String(error) });
      })
      .finally(() => {
        this.#gate.leave(run);
        this.#running.delete(lane);
        this.#core.inMemory.remove(this.#no, lane);
        this.#settle();
      });
  }

  async #end(run: LaneRun, outcome: LaneOutcome): Promise<void> {
    if (outcome.type === "parked") {
      if (outcome.due !== null) this.#alarm(outcome.due);
      return;
    }
    if (outcome.type === "lost") return;
    if (outcome.type === "blocked") {
      await parkBlocked(this.#core, run.stream, run.wake, outcome.path);
      return;
    }
    const fault = endLane(run.stream as Stream<JourneyView>, outcome);
    await run.stream.end({});
    if (fault !== undefined && this.#options.stopOn?.(fault) === true) this.#stopAll();
  }

  #alarm(due: number): void {
    if (due >= this.#earliest) return;
    this.#earliest = due;
    this.#disarm?.();
    this.#disarm = this.#core.clock.at(due, () => {
      this.#earliest = NEVER;
      this.#claimSoon();
    });
  }

  #settle(): void {
    if (this.#running.size > 0 || this.#claiming !== undefined) return;
    this.#disarm?.();
    this.#earliest = NEVER;
    this.#idle?.();
    this.#idle = undefined;
  }

  /** What the others have begun may end: a mail that was counted is sent, and what was sent is on record. */
  #stopAll(): void {
    this.#stopping = true;
    const reason = "Another journey has stopped the run.";
    for (const run of this.#running.values()) run.cancelGently({ by: "system", reason });
  }

  #parentStopped(): void {
    this.#stopping = true;
    const { isGone } = this.#parent.run;
    const reason = "The execution was canceled.";
    for (const run of this.#running.values()) {
      if (isGone) run.drop();
      else run.cancel({ by: "system", reason });
    }
  }

  #warn(message: string, facts: Readonly<Record<string, unknown>>): void {
    this.#core.log.warn(message, { no: this.#no, ...facts });
  }
}

const LAST_LANE = 2 ** 31 - 1;

/** Ends the lanes that are still open when their execution ends: nobody will run them any more. */
export async function closeLanes(
  core: Core,
  { no, epoch }: Pick<Stream, "no" | "epoch">,
  reason: string,
): Promise<void> {
  const claimedAt = core.clock.now();
  const outcome = await core.ledger.append({
    op: "claimLanes",
    epoch,
    no,
    first: 1,
    last: LAST_LANE,
    owner: core.owner,
    at: claimedAt,
    all: true,
  });
  if (!outcome.ok) return; // its own end will be refused as well
  await Promise.all(
    outcome.lanes.map(async (lane) => {
      const entries = await core.ledger.read(no, lane.lane);
      const { stream } = readLane(core, { ...lane, claimedAt }, entries, new Map());
      endLane(stream, { type: "canceled", by: "system", reason });
      await stream.end({});
    }),
  );
}
