/**
 * One lane while it is in memory. Its function runs; what it asks for is answered from its history or
 * done anew. When every branch of it waits, it parks: what it waits for is written, its claim given
 * back, and all of it dropped; a branch that waits is then a promise that never settles.
 *
 * - `during` counts the work under way; with none, and something awaited, the lane parks.
 * - A wait says how it can be over (`ready`); waits are polled when the inbox was read or a time came.
 * - A replay is over when its branches have come to rest. If something on record was not asked for by
 *   then, the function no longer matches its history: the lane is blocked, nothing of this run is kept.
 * - What came in before it was in memory is read before the function starts: so a cancel ends even what
 *   is blocked, and a signal that came in time is taken although its time is up by now.
 * - After a pause no new work begins and no wait ends; when the work under way has ended, it parks until
 *   somebody lets it go on. It is then read anew, also where that word came before it had left.
 * - After a cancel no new work begins; when the work under way has ended, so has the lane.
 */
import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { History, Recorded, Use } from "./history.ts";
import { openInbox, type Cancel, type InboxReader, type Listener } from "./inbox.ts";
import { cancelGraceMs, never, type LaneOutcome, type LaneStart, type Wait } from "./lane.ts";
import { Alarm, openActivity, Repeating } from "./pace.ts";
import { openReplay, type Replay } from "./replay.ts";
import type { Along, Stream } from "./stream.ts";
import { openWaiting, type Waiting } from "./waiting.ts";

export class LaneRun implements Listener {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly stream: Stream;
  readonly history: History;
  readonly controller = new AbortController();
  /** How many signals had come when the inbox was read last. */
  wake = 0;
  /** Called when a signal came for the execution, this lane's or another's. */
  readonly onWake = new Set<() => void>();
  readonly #work = openActivity();
  /** Branches that are about to begin work: the lane does not park before they have. */
  #arriving = 0;
  #gone = false;
  #begun = false;
  readonly #replay: Replay;
  #checking = false;
  #canceling: Cancel | undefined;
  #holding = false;
  readonly #alarm: Alarm;
  /** Reads its inbox, once more where something came meanwhile. */
  readonly #reading = new Repeating(() => this.#readInbox());
  readonly #start: LaneStart;
  readonly #waits: Waiting;
  #inbox: InboxReader | undefined;
  readonly #outcome = Promise.withResolvers<LaneOutcome>();

  constructor(start: LaneStart) {
    this.#start = start;
    this.ledger = start.ledger;
    this.clock = start.clock;
    this.stream = start.stream;
    this.history = start.history;
    this.#alarm = new Alarm(start.clock);
    this.#replay = openReplay(start.history, start.replaying);
    this.#waits = openWaiting(start.stream, start.waiting, start.guards);
    if (!start.replaying) this.#unblock();
  }

  /** Runs the function until it ends, parks, blocks, is canceled or lost. */
  run(body: () => Promise<unknown>, wake: number): Promise<LaneOutcome> {
    this.wake = wake;
    if (this.history.cancelAsked !== undefined) this.cancel(this.history.cancelAsked);
    void this.#begin(body);
    return this.#outcome.promise;
  }

  async #begin(body: () => Promise<unknown>): Promise<void> {
    if (this.#start.claimed) await this.during(() => this.#readInbox());
    if (this.history.pause?.on === true) this.#hold();
    else if (this.history.pause !== undefined) await this.during(() => this.#passOn());
    if (this.isStopping) return;
    this.#begun = true;
    body().then(
      (value) => this.#finish({ type: "returned", value }),
      (error: unknown) => this.#finish({ type: "threw", error }),
    );
  }

  /** Its function has started. */
  get hasBegun(): boolean {
    return this.#begun;
  }

  /** It has left memory, and what it had under way with it. */
  get isGone(): boolean {
    return this.#gone;
  }

  /** It has left memory or is about to: nothing new begins. */
  get isStopping(): boolean {
    return this.#gone || this.#holding || this.isCanceled;
  }

  get isCanceled(): boolean {
    return this.#canceling !== undefined;
  }

  /** It is paused, or the execution that it belongs to. */
  get isHeld(): boolean {
    return this.#holding;
  }

  /** What is on record for a path. @throws Fault `step_name_reused` */
  visit(path: string, use: Use): Recorded | undefined {
    const recorded = this.#replay.visit(path);
    if (recorded === undefined || recorded.use === use) return recorded;
    if (recorded.carried !== true) this.block(path);
    return undefined;
  }

  /** To be awaited before anything happens outside: the replay is over, all before it is on disk. */
  async beforeEffect(): Promise<void> {
    this.#arriving += 1;
    if (!this.#replay.isOver()) await this.#comeToRest();
    const flushing = this.stream.flush();
    if (flushing !== undefined) await this.#orLost(flushing);
    if (this.stream.isInDoubt) await this.#orLost(this.stream.confirm());
    this.#arriving -= 1;
    this.#look();
    if (this.isStopping) await never();
  }

  /** Counts work: the lane neither parks nor ends while some is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#work.add(1);
    try {
      return await work();
    } finally {
      this.#work.add(-1);
      if (this.#gone) await never();
      this.#look();
    }
  }

  /** Settles when the wait is over; out of memory in between, if nothing else goes on. */
  wait(path: string, wait: Wait): Promise<void> {
    if (this.isStopping) return never();
    if (wait.ready(this.clock.now())) {
      this.#waits.end();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waits.add(path, wait, resolve);
      this.#look();
    });
  }

  /** Settles when all that was recorded so far is on disk; a lane that lost its stream stops here. */
  flush(): Promise<unknown> {
    return this.#orLost(Promise.resolve(this.stream.flush()));
  }

  /** Writes what was recorded, with what belongs to it; a lane that lost its stream stops here. */
  async write(along: Along, record?: () => void): Promise<{ readonly parked: boolean }> {
    return await this.#orLost(this.stream.write(along, record));
  }

  /** @throws Fault `stale`, or what refused the writes */
  async writeWith(record: () => void, writes: NonNullable<Along["writes"]>): Promise<void> {
    try {
      await this.stream.writeWith(record, writes);
    } catch (error) {
      if (error instanceof Fault && error.code !== "lost") throw error;
      await this.#orLost(Promise.reject(error));
    }
  }

  /** Something is in the inbox. */
  hint(): void {
    if (this.#gone) return;
    const reading = this.#reading.ask();
    if (reading === undefined) return;
    void this.during(async () => {
      await reading;
      for (const wake of this.onWake) wake();
      this.poll();
    });
  }

  /** Ends every wait that is over by now. */
  poll(): void {
    if (this.isStopping) return;
    this.#waits.take(this.clock.now(), (resolve) => {
      this.#waits.end();
      resolve();
    });
    this.#look();
  }

  /** Its lanes move again, although no wait of its own is over: it waits no more, for all to see. */
  async goOn(): Promise<void> {
    if (this.isStopping || !this.#waits.isOnRecord()) return;
    this.#waits.end();
    await this.flush();
  }

  /** Begins nothing more, and aborts what is under way; `cancelGently` lets that end first. */
  cancel(cancel: Cancel): void {
    if (this.#gone || this.isCanceled) return;
    this.cancelGently(cancel);
    this.controller.abort(new Fault("canceled", `Canceled by ${cancel.by}.`));
  }

  cancelGently({ by, reason }: Cancel): void {
    if (this.#gone || this.isCanceled) return;
    this.#canceling = reason === undefined ? { by } : { by, reason };
    this.#waits.clear();
    this.#alarm.set(this.clock.now() + cancelGraceMs(this.#start), () => {
      this.#settleCanceled();
    });
    this.#look();
  }

  /** Begins nothing more and lets no wait end; it leaves memory when what is under way has ended. */
  hold(): void {
    this.#replay.whenOver(() => {
      this.#hold();
    });
  }

  #hold(): void {
    if (this.isStopping) return;
    this.#holding = true;
    this.#waits.clear();
    this.#alarm.clear();
    this.#look();
  }

  /** It does not match its history: whatever this run recorded is forgotten, what came in stays there. */
  block(path: string): void {
    if (this.isStopping) return;
    this.stream.discard();
    this.#leave({ type: "blocked", path });
  }

  /** Leaves memory without a word: whoever claims it next goes on from what is on record. */
  drop(): void {
    this.#leave({ type: "lost", error: new Fault("lost") });
  }

  async #readInbox(): Promise<void> {
    this.#inbox ??= openInbox(this, this.#start.onInbox);
    this.wake = Math.max(this.wake, await this.#orLost(this.#inbox.read()));
  }

  /** Ends the waits that are open: now, or when the replay has come to them. */
  skipWaits(seq: number, by: string): void {
    this.#replay.whenOver(() => {
      if (this.#holding) return; // it stays in the inbox
      this.stream.consume(seq);
      this.history.skipped = by;
      this.poll();
      delete this.history.skipped;
    });
  }

  /** Looks, once everything that can go on by itself has gone on, whether there is nothing left to do but wait. */
  #look(): void {
    if (this.#checking || this.#gone) return;
    if (this.#waits.size() === 0 && !this.isStopping) return;
    this.#checking = true;
    setImmediate(() => {
      this.#checking = false;
      if (this.#gone) return;
      if (this.#canceling !== undefined) {
        if (this.#work.count() === 0) this.#settleCanceled();
      } else if (this.#holding) {
        if (this.#work.count() === 0) void this.#parkHeld();
      } else if (this.#work.count() + this.#arriving > 0) this.#watch();
      else if (this.#waits.size() > 0) void this.#park();
    });
  }

  async #park(): Promise<void> {
    if (!this.#replay.isOver()) {
      if (this.#atRest()) this.#look();
      return;
    }
    const due = this.#waits.due();
    if (due !== null && due <= this.clock.now()) {
      this.poll();
      return;
    }
    this.#waits.begin(due);
    await this.during(() => this.#giveBack(due, this.#start.guards));
  }

  /** What it was told goes on to its children first. */
  async #parkHeld(): Promise<void> {
    await this.during(async () => {
      await this.#passOn();
      if (this.isCanceled) return;
      await this.#giveBack(this.history.pause?.on === true ? null : this.clock.now());
    });
  }

  async #giveBack(readyAt: number | null, release: readonly string[] = []): Promise<void> {
    const { parked } = await this.write({ park: { wake: this.wake, readyAt }, release });
    if (parked) this.#leave({ type: "parked", due: readyAt });
    else this.hint();
  }

  #passOn(): Promise<void> {
    return this.#orLost(this.#start.passOn?.() ?? Promise.resolve());
  }

  /** While work goes on beside a wait, the lane stays, and its times are watched from here. */
  #watch(): void {
    this.#alarm.set(this.#waits.due(), () => {
      this.poll();
    });
  }

  async #finish(outcome: LaneOutcome): Promise<void> {
    if (this.isStopping) return;
    if (!this.#replay.isOver()) await this.#comeToRest();
    if (this.#work.count() > 0)
      this.controller.abort(new Fault("canceled", "The program has ended."));
    await this.#work.idle();
    if (this.isStopping) return;
    this.#waits.end();
    this.#leave(outcome);
  }

  #settleCanceled(): void {
    if (this.#canceling === undefined) return;
    this.#leave({ type: "canceled", ...this.#canceling });
  }

  /** Everything on record was asked for again; else the lane is blocked. */
  #atRest(): boolean {
    if (this.isStopping) return false;
    const path = this.#replay.unasked();
    if (path !== undefined) {
      this.block(path);
      return false;
    }
    this.#unblock();
    this.#replay.end();
    return true;
  }

  #unblock(): void {
    if (this.#start.blocked === true) this.stream.goesAlong({ blocked: null });
  }

  /** Settles when no branch of the replay can go on by itself any more. */
  async #comeToRest(): Promise<void> {
    do {
      await this.#work.idle();
      await new Promise((resolve) => setImmediate(resolve));
    } while (!this.#replay.isOver() && this.#work.count() > 0 && !this.#gone);
    if (!this.#replay.isOver() && !this.#gone && !this.#atRest()) await never();
    if (this.#gone) await never();
  }

  async #orLost<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.#leave({ type: "lost", error });
      return await never();
    }
  }

  #leave(outcome: LaneOutcome): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#alarm.clear();
    this.#waits.clear();
    if (outcome.type !== "returned" && outcome.type !== "canceled")
      this.controller.abort(new Fault("canceled", "The lane has left this process."));
    this.#outcome.resolve(outcome);
  }
}
